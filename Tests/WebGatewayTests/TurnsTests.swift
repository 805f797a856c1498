import RecordExchange
import Synchronization
import TestSupport
import Testing
import Vocabulary
import WebGateway

@Suite("Work waits for its turn") struct TurnsTests {
    /// How many work, did at most at once, and have done so.
    private final class Meter: Sendable {
        private struct Seen {
            var now = 0
            var most = 0
            var done = 0
        }

        private let seen = Mutex(Seen())

        func begin() {
            seen.withLock { seen in
                seen.now += 1
                seen.most = max(seen.most, seen.now)
            }
        }

        func end() {
            seen.withLock { seen in
                seen.now -= 1
                seen.done += 1
            }
        }

        var most: Int { seen.withLock(\.most) }
        var done: Int { seen.withLock(\.done) }
    }

    private struct Trouble: Error {}

    @Test func `a flood of one partner waits for itself, and each has its turn`() async throws {
        let turns = Turns<Partner.ID>(places: 1)
        let meter = Meter()
        let partner: Partner.ID = .numbered(1)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    await turns.taking(partner) {
                        meter.begin()
                        for _ in 0..<5 { await Task.yield() }
                        meter.end()
                    }
                }
            }
        }
        #expect(meter.most == 1 && meter.done == 50)
    }

    @Test(arguments: 1...4)
    func `of one key there works at once what has a place, and no more`(places: Int) async {
        let turns = Turns<Int>(places: places)
        let meter = Meter()
        await holding(places - 1, of: turns) {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        await turns.taking(1) {
                            meter.begin()
                            for _ in 0..<5 { await Task.yield() }
                            meter.end()
                        }
                    }
                }
            }
        }
        #expect(meter.most == 1 && meter.done == 20)
        // All the places are back, and those of another key were never taken.
        await holding(places, of: turns) { await turns.taking(2) { meter.begin() } }
        #expect(meter.most == 1 && meter.done == 20)
    }

    /// Works with so many places of one key taken.
    private func holding(_ count: Int, of turns: Turns<Int>, _ work: () async -> Void) async {
        guard count > 0 else { return await work() }
        await turns.taking(1) { await holding(count - 1, of: turns, work) }
    }

    @Test func `another partner does not wait, and who fails gives its turn on`() async throws {
        let turns = Turns<Partner.ID>(places: 1)
        let (mine, theirs): (Partner.ID, Partner.ID) = (.numbered(1), .numbered(2))
        let inner = await turns.taking(mine) { await turns.taking(theirs) { 7 } }
        #expect(inner == 7)
        await #expect(throws: Trouble.self) {
            try await turns.taking(mine) { () async throws -> Int in throw Trouble() }
        }
        let after = await turns.taking(mine) { 8 }
        #expect(after == 8)
    }
}
