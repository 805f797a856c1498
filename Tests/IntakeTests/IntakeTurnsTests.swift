import DropLayout
import Intake
import SeededNumbers
import Testing

@Suite("Turns of partners whose files wait") struct IntakeTurnsTests {
    private func account(_ text: String) throws -> PartnerAccount {
        try #require(PartnerAccount(text))
    }

    @Test func `one file of a partner waits for one turn of two hundred of another's`() throws {
        let turns = IntakeTurns(atOnce: 1)
        let (flood, quick) = try (account("flood"), account("quick"))
        #expect(turns.begin([flood]) == [flood])
        #expect(turns.begin([quick]).isEmpty)
        // The flood's turn is over, though most of its files wait.
        #expect(turns.end(flood, hasMore: true) == quick)
        #expect(turns.end(quick, hasMore: false) == flood)
        for _ in 0..<8 { #expect(turns.end(flood, hasMore: true) == flood) }
        #expect(turns.end(flood, hasMore: false) == nil)
    }

    @Test func `beside a partner's turn others begin theirs at once`() throws {
        let turns = IntakeTurns(atOnce: 2)
        let (flood, quick, late) = try (account("flood"), account("quick"), account("late"))
        #expect(turns.begin([flood]) == [flood])
        #expect(turns.begin([flood, quick]) == [quick])
        #expect(turns.begin([late]).isEmpty)
        #expect(turns.end(quick, hasMore: false) == late)
    }

    @Test func `who rings in the own turn is looked at once more, and never twice at once`() throws
    {
        let turns = IntakeTurns()
        let oak = try account("oak")
        #expect(turns.begin([oak]) == [oak])
        #expect(turns.begin([oak]).isEmpty)
        #expect(turns.begin([oak]).isEmpty)
        #expect(turns.end(oak, hasMore: false) == oak)
        #expect(turns.end(oak, hasMore: false) == nil)
        #expect(turns.begin([oak]) == [oak])
    }

    @Test(arguments: 0..<20)
    func `everybody who rang is looked at, and nobody twice at once`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) &+ 0x71E5)
        let turns = IntakeTurns(atOnce: 3)
        let all = try (0..<9).map { try account("school-\($0)") }
        var running: Set<PartnerAccount> = []
        var waits: Set<PartnerAccount> = []
        for _ in 0..<500 {
            if Bool.random(using: &random), let rung = all.randomElement(using: &random) {
                waits.insert(rung)
                for begun in turns.begin([rung]) {
                    #expect(running.insert(begun).inserted)
                    waits.remove(begun)
                }
            } else if let ended = running.sorted(by: { "\($0)" < "\($1)" }).first {
                running.remove(ended)
                if let next = turns.end(ended, hasMore: Bool.random(using: &random)) {
                    #expect(running.insert(next).inserted)
                    waits.remove(next)
                }
            }
            #expect(running.count <= 3)
        }
        // Nobody is left behind.
        while let ended = running.popFirst() {
            if let next = turns.end(ended, hasMore: false) {
                running.insert(next)
                waits.remove(next)
            }
        }
        #expect(waits.isEmpty)
    }
}
