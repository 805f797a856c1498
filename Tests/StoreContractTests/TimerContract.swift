import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

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
