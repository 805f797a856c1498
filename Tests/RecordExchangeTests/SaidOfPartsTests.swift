import RecordExchange
import StudentRecords
import Testing
import Vocabulary

@Suite("What is said of a part") struct SaidOfPartsTests {
    typealias Status = RecordBundle.PartStatus

    private static let withheld = Status.withheld(reason: .feesOwed)
    private static let all: [Status] = [
        .sent, .unsaid, .noneOnFile, .toFollow(by: nil), withheld,
    ]

    /// One bundle for each answer, in their order.
    private func bundles(_ answers: [[RecordPart: Status]]) throws -> [RecordBundle] {
        try answers.enumerated().map { index, parts in
            let base = try Fixture.bundle(UInt128(index + 1))
            return RecordBundle(
                id: base.id,
                request: base.request,
                inquiry: base.inquiry,
                sequence: index + 1,
                holder: base.holder,
                certification: base.certification,
                parts: RecordPart.allCases.compactMap { part in
                    parts[part].map { RecordBundle.Part(part: part, status: $0) }
                },
                files: [],
                note: "",
                answeredAt: base.answeredAt
            )
        }
    }

    @Test(arguments: all, all)
    func `of two answers the later one counts, but silence takes no word back`(
        first: Status,
        second: Status
    ) throws {
        let said = try bundles([[.transcript: first], [.transcript: second]]).said
        let kept: [Status] = [.sent, .noneOnFile, Self.withheld]
        let expected = second == .unsaid && kept.contains(first) ? first : second
        #expect(said == [.transcript: expected])
    }

    @Test func `what was to follow may have followed with files of which nothing is said`() throws {
        let day = try day("2026-06-01")
        let answers = try bundles([
            [.transcript: .toFollow(by: day), .immunization: .sent], [.transcript: .unsaid],
        ])
        #expect(answers.said == [.transcript: .unsaid, .immunization: .sent])
        #expect(Array(answers.reversed()).said[.transcript] == .toFollow(by: day))
        #expect([RecordBundle]().said.isEmpty)
    }

    @Test(
        arguments: [
            ([], Wholeness.complete), ([.sent, .noneOnFile], .complete),
            ([.sent, .unsaid], .unsaid), ([.unsaid, .toFollow(by: nil)], .partial),
            ([.sent, withheld], .partial),
        ] as [([Status], Wholeness)]
    )
    func `nobody calls an answer complete of which a part was left open`(
        statuses: [Status],
        wholeness: Wholeness
    ) throws {
        let parts = Dictionary(uniqueKeysWithValues: zip(RecordPart.allCases, statuses))
        #expect(try bundles([parts]).first?.wholeness == wholeness)
    }
}
