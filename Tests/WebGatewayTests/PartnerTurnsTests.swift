import RecordExchange
import Synchronization
import TestSupport
import Testing
import Vocabulary
import WebGateway

@Suite("Bundles of one partner are opened one at a time") struct PartnerTurnsTests {
    private struct Seen: Sendable {
        var now = 0
        var most = 0
        var done = 0
    }

    private struct Trouble: Error {}

    @Test func `a flood of one partner waits for itself, and each has its turn`() async throws {
        let turns = PartnerTurns()
        let seen = Mutex(Seen())
        let partner: Partner.ID = .numbered(1)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    await turns.taking(partner) {
                        seen.withLock { seen in
                            seen.now += 1
                            seen.most = max(seen.most, seen.now)
                        }
                        for _ in 0..<5 { await Task.yield() }
                        seen.withLock { seen in
                            seen.now -= 1
                            seen.done += 1
                        }
                    }
                }
            }
        }
        let (most, done) = seen.withLock { ($0.most, $0.done) }
        #expect(most == 1 && done == 50)
    }

    @Test func `another partner does not wait, and who fails gives its turn on`() async throws {
        let turns = PartnerTurns()
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
