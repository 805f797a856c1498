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

    private static let algebra = MergedRecord([
        StudentRecord([
            RecordEntry(
                .course,
                from: RecordSource(name: "", date: CivilDate(dayNumber: 0)),
                [.courseTitle: .value(.text("Algebra I")), .creditsGranted: .unreadable("one")]
            )
        ])
    ])

    @Test(arguments: [false, true])
    func `what a readable part lacks is named, and called possible where files came`(
        isUnread: Bool
    ) throws {
        let completeness = Completeness(
            of: Self.algebra,
            parts: [.transcript],
            unread: isUnread ? [.transcript] : []
        )
        let look = AnswerLook(completeness, phase: .third, hadFiles: isUnread)
        let row = try #require(look.groups.first?.rows.first)
        let credits = [Element.creditsGranted.name]
        #expect(look.groups.map(\.title) == [.place])
        #expect(row.lacks == (isUnread ? [] : credits))
        #expect(row.perhaps == (isUnread ? credits : []))
        #expect(!row.isAskable)
        #expect(PartLacks.all(of: completeness).map(\.isPerhaps) == [isUnread])
    }

    @Test(arguments: RecordUse.allCases)
    func `a look names every lacking part once, folded beyond a few`(use: RecordUse) {
        let look = AnswerLook(
            Completeness(of: MergedRecord([]), parts: use.parts + [.attendance]),
            phase: .third,
            hadFiles: false
        )
        #expect(look.groups.flatMap(\.rows).map(\.part) == use.parts)
        #expect(look.others.map(\.part) == [.attendance])
        #expect(look.isLong == (use.parts.count + 1 > 4))
        #expect(!look.lacksNothing)
    }

    @Test func `a look at what is not yet held or not on file says that nothing is lacking`() {
        let look = AnswerLook(
            Completeness(
                of: MergedRecord([]),
                parts: [.enrollment, .transcript],
                statements: [.enrollment: .noneOnFile],
                phase: 1
            ),
            phase: .first,
            hadFiles: false
        )
        #expect(look.lacksNothing && look.groups.isEmpty && look.others.isEmpty)
    }

    @Test func `only what is lacking can be asked for`() {
        let standings = PartStandings(
            Completeness(
                of: MergedRecord([]),
                for: .enrollment,
                statements: [.enrollment: .sent, .immunization: .toFollow]
            ),
            for: .enrollment,
            canAsk: true
        )
        #expect(standings.groups.flatMap(\.rows).map(\.isAskable) == [false, true, true])
    }

    @Test func `what was sent is called sent where nobody opened the record`() {
        let rows = Samples.standings.groups.flatMap(\.rows)
        #expect(rows.first { $0.part == .enrollment }?.standing == .sent)
        #expect(rows.first { $0.part == .assessment }?.standing == .missing)
        #expect(!rows.contains { $0.standing == .inFiles })
    }
}
