import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

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
