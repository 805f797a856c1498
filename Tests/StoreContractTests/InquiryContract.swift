import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Inquiries on file")
struct InquiryContract {
    @Test(arguments: Backend.allCases)
    func `an inquiry comes back as it was saved`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let request = RecordRequest.filed()
        let inquiry = Inquiry.asked(of: request).after(.open, .promise)

        try await store.write { session in
            try session.save(request)
            try session.save(inquiry)
        }

        #expect(try await store.read { try $0.inquiry(inquiry.id) } == inquiry)
        #expect(try await store.read { try $0.inquiry(.numbered(99)) } == nil)
    }

    @Test(arguments: Backend.allCases)
    func `an inquiry needs its request`(backend: Backend) async throws {
        let store = try await backend.makeStore()

        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.save(Inquiry.asked()) }
        }
    }

    @Test(arguments: Backend.allCases)
    func `two inquiries of a request never share a place`(backend: Backend) async throws {
        let store = try await backend.makeStore()

        await #expect(throws: StoreConflict("inquiry sequence")) {
            try await store.write { session in
                try session.save(RecordRequest.filed())
                try session.save(Inquiry.asked(1, sequence: 1))
                try session.save(Inquiry.asked(2, sequence: 1, at: .willow))
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func `a request's inquiries come in the order they were asked`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(RecordRequest.filed())
            // Identifiers and instants say otherwise on purpose.
            try session.save(Inquiry.asked(7, sequence: 2, on: .noon("2026-05-18")))
            try session.save(Inquiry.asked(9, sequence: 1, on: .noon("2026-05-19")))
            try session.save(Inquiry.asked(8, sequence: 3, on: .noon("2026-05-17")))
        }

        let found = try await store.read { try $0.inquiries(of: .numbered(1)) }

        #expect(found.map(\.id) == [.numbered(9), .numbered(7), .numbered(8)])
    }

    @Test(arguments: Backend.allCases)
    func `a holder sees what waits for it, oldest first, and nothing else`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            for number in 1...5 { try session.save(RecordRequest.filed(number)) }
            let old = Instant.noon("2026-05-11")
            try session.save(Inquiry.asked(1, of: .filed(1)))
            try session.save(Inquiry.asked(2, of: .filed(2), on: old))
            try session.save(Inquiry.asked(3, of: .filed(3)).after(.open, .sendAll))
            try session.save(Inquiry.asked(4, of: .filed(4), at: .willow))
            try session.save(Inquiry.asked(5, of: .filed(5)).after(.open, .hold))
        }

        let (all, first) = try await store.read { session in
            let maple = School.maple.organization
            return (
                try session.inquiries(waitingFor: maple, limit: 10).map(\.id),
                try session.inquiries(waitingFor: maple, limit: 1).map(\.id)
            )
        }

        #expect(all == [.numbered(2), .numbered(1), .numbered(5)])
        #expect(first == [.numbered(2)])
    }

    @Test(arguments: Backend.allCases)
    func `an inquiry at a closed school waits for its custodian`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(RecordRequest.filed())
            try session.save(Inquiry.asked(at: .elm))
        }

        let (custodian, school) = try await store.read { session in
            (
                try session.inquiries(waitingFor: .vault, limit: 10).count,
                try session.inquiries(waitingFor: School.elm.organization, limit: 10).count
            )
        }

        #expect(custodian == 1)
        #expect(school == 0)
    }

    @Test(arguments: Backend.allCases, Inquiry.Status.allCases)
    func `an inquiry in any status can be stored and waits exactly while it is live`(
        backend: Backend,
        status: Inquiry.Status
    ) async throws {
        let store = try await backend.makeStore()
        let inquiry = Inquiry.asked().brought(to: status)
        try await store.write { session in
            try session.save(RecordRequest.filed())
            try session.save(inquiry)
        }

        let (found, waiting) = try await store.read { session in
            (
                try session.inquiry(inquiry.id),
                try session.inquiries(waitingFor: School.maple.organization, limit: 10)
            )
        }

        #expect(found == inquiry)
        #expect(waiting.isEmpty == !inquiry.isLive)
    }
}

@Suite("Timers on file")
struct TimerContract {
    @Test(arguments: Backend.allCases)
    func `an inquiry has one timer, which can be moved and cleared`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let inquiry = Inquiry.ID.numbered(1)
        try await store.write { session in
            try session.save(RecordRequest.filed())
            try session.save(Inquiry.asked())
            try session.setTimer(inquiry, due: .noon("2026-05-20"))
            try session.setTimer(inquiry, due: .noon("2026-05-22"))
        }
        #expect(try await store.read { try $0.timer(of: inquiry) } == .noon("2026-05-22"))
        #expect(try await store.read { try $0.nextTimer() } == .noon("2026-05-22"))

        try await store.write { try $0.clearTimer(inquiry) }

        #expect(try await store.read { try $0.timer(of: inquiry) } == nil)
        #expect(try await store.read { try $0.nextTimer() } == nil)
    }

    @Test(arguments: Backend.allCases)
    func `due timers come earliest first, the instant itself included, up to the limit`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(RecordRequest.filed())
            for (number, day) in [1: "23", 2: "21", 3: "22", 4: "24"].sorted(by: { $0.key < $1.key }
            ) {
                try session.save(Inquiry.asked(number, sequence: number))
                try session.setTimer(.numbered(number), due: .noon("2026-05-\(day)"))
            }
        }

        let (due, two, next) = try await store.read { session in
            (
                try session.dueTimers(by: .noon("2026-05-23"), limit: 10),
                try session.dueTimers(by: .noon("2026-05-23"), limit: 2),
                try session.nextTimer()
            )
        }

        #expect(due == [.numbered(2), .numbered(3), .numbered(1)])
        #expect(two == [.numbered(2), .numbered(3)])
        #expect(next == .noon("2026-05-21"))
    }

    @Test(arguments: Backend.allCases)
    func `a timer needs its inquiry`(backend: Backend) async throws {
        let store = try await backend.makeStore()

        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.setTimer(.numbered(1), due: .noon("2026-05-20")) }
        }
    }
}

@Suite("What a state contact watches")
struct QueueContract {
    @Test(arguments: Backend.allCases)
    func `the state queue holds what climbed to the state, oldest first`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            for number in 1...6 { try session.save(RecordRequest.filed(number)) }
            try session.save(Inquiry.asked(1, of: .filed(1), level: .tellState))
            try session.save(
                Inquiry.asked(2, of: .filed(2), on: .noon("2026-05-11"), level: .cap)
            )
            try session.save(Inquiry.asked(3, of: .filed(3), level: .tellDistrict))
            try session.save(Inquiry.asked(4, of: .filed(4), at: .willow, level: .tellState))
            try session.save(
                Inquiry.asked(5, of: .filed(5), level: .tellState).after(.open, .sendAll)
            )
            try session.save(
                Inquiry.asked(6, of: .filed(6), level: .cap).after(.timeOut)
            )
        }

        let (queue, all, one) = try await store.read { session in
            (
                try session.stateQueue(of: .california, all: false, limit: 10).map(\.id),
                try session.stateQueue(of: .california, all: true, limit: 10).map(\.id),
                try session.stateQueue(of: .california, all: false, limit: 1).map(\.id)
            )
        }

        #expect(queue == [.numbered(2), .numbered(1), .numbered(6)])
        #expect(all == [.numbered(2), .numbered(1), .numbered(3), .numbered(6)])
        #expect(one == [.numbered(2)])
    }

    @Test(arguments: Backend.allCases)
    func `an ended request leaves the state queue`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(RecordRequest.filed())
            try session.save(Inquiry.asked(level: .cap).after(.timeOut))
            try session.save(RecordRequest.filed().concluded(.closedUnfilled))
        }

        let queue = try await store.read {
            try $0.stateQueue(of: .california, all: true, limit: 10)
        }

        #expect(queue.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `a request without a school left belongs to its own state`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            for number in 1...6 {
                try session.save(
                    RecordRequest.filed(
                        number,
                        from: number == 5 ? .willow : .oak,
                        at: .noon("2026-05-18", plusSeconds: Int64(100 - number))
                    )
                )
            }
            try session.save(Inquiry.asked(2, of: .filed(2)).after(.open, .refuse))
            try session.save(Inquiry.asked(3, of: .filed(3)).after(.open, .sendAll))
            try session.save(Inquiry.asked(4, of: .filed(4)))
            try session.save(RecordRequest.filed(6).concluded())
        }

        let (found, one) = try await store.read { session in
            (
                try session.requestsWithoutLocation(ownedBy: .texas, limit: 10).map(\.id),
                try session.requestsWithoutLocation(ownedBy: .texas, limit: 1).map(\.id)
            )
        }

        #expect(found == [.numbered(2), .numbered(1)])
        #expect(one == [.numbered(2)])
    }
}

extension Inquiry {
    /// The same in `status`, by the shortest way the lifecycle's table knows.
    func brought(to status: Status) -> Inquiry {
        var reached: [Status: Inquiry] = [self.status: self]
        var frontier = [self]
        while reached[status] == nil, !frontier.isEmpty {
            let inquiry = frontier.removeFirst()
            for row in InquiryLifecycle.transitions where row.from == inquiry.status {
                let next = inquiry.after(row.on)
                guard reached[next.status] == nil else { continue }
                reached[next.status] = next
                frontier.append(next)
            }
        }
        return known(reached[status], "no way to \(status)")
    }
}
