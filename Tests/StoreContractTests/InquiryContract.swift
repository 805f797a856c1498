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
