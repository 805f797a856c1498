import RecordExchange
import Rendering
import StudentRecords
import Testing
import Vocabulary

@Suite("How parts stand") struct PartStandingsTests {
    @Test(arguments: RecordUse.allCases)
    func `every part of a use stands once, under the first use that needs it`(use: RecordUse) {
        let standings = PartStandings(Completeness(of: MergedRecord([]), for: use), for: use)
        #expect(
            standings.groups.map(\.title)
                == RecordUse.allCases.filter { $0 <= use }.map(SheetTitle.init)
        )
        #expect(standings.groups.flatMap(\.rows).map(\.part) == use.parts)
        #expect(standings.groups.flatMap(\.rows).allSatisfy { $0.standing == .missing })
    }

    @Test func `what was sent is called sent where nobody opened the record`() {
        let rows = Samples.standings.groups.flatMap(\.rows)
        #expect(rows.first { $0.part == .enrollment }?.standing == .sent)
        #expect(rows.first { $0.part == .assessment }?.standing == .missing)
        #expect(!rows.contains { $0.standing == .inFiles })
    }
}
