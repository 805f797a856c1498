import Logging
import Operations
import Synchronization
import Testing

@Suite("Housekeeping")
struct HousekeepingTests {
    private struct Broken: Error, CustomStringConvertible {
        var description: String { "/srv/mochila/files/maria.pdf" }
    }

    private final class Diary: Sendable {
        let done = Mutex<[String]>([])
        let logged = Mutex<[String]>([])

        var logger: Logger {
            Logger(label: "house") { label in
                LineLogHandler(
                    label: label,
                    level: .info,
                    write: { line in self.logged.withLock { $0.append(line) } }
                )
            }
        }

        func chore(_ name: String, fails: Bool = false) -> Housekeeping.Chore {
            Housekeeping.Chore(name) {
                self.done.withLock { $0.append(name) }
                if fails { throw Broken() }
            }
        }
    }

    @Test func `every chore is done at once and then each hour, until it is told to stop`() async {
        let diary = Diary()
        let slept = Mutex<[Duration]>([])
        let house = Housekeeping(
            [diary.chore("uploads"), diary.chore("sessions")],
            logger: diary.logger
        ) { duration in
            let nights = slept.withLock { nights in
                nights.append(duration)
                return nights.count
            }
            if nights == 3 { withUnsafeCurrentTask { $0?.cancel() } }
        }
        await Task { await house.run() }.value
        #expect(
            diary.done.withLock { $0 }
                == Array(repeating: ["uploads", "sessions"], count: 3).flatMap { $0 }
        )
        #expect(slept.withLock { $0 } == Array(repeating: .seconds(3_600), count: 3))
    }

    @Test func `a chore that fails keeps no other from being done and is tried again`() async {
        let diary = Diary()
        let nights = Atomic<Int>(0)
        let house = Housekeeping(
            [diary.chore("uploads", fails: true), diary.chore("sessions")],
            logger: diary.logger
        ) { _ in
            if nights.wrappingAdd(1, ordering: .relaxed).newValue == 2 {
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        await Task { await house.run() }.value
        #expect(diary.done.withLock { $0 } == ["uploads", "sessions", "uploads", "sessions"])
        let lines = diary.logged.withLock { $0 }
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.contains("on=uploads") && $0.contains("trouble=Broken") })
        #expect(lines.allSatisfy { !$0.contains("maria") })
    }
}
