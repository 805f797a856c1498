import StudentRecords
import Testing
import Vocabulary

@Suite("Whole answers") struct WholeAnswerTests {
    typealias Statement = Completeness.Statement

    static func completeness(_ statements: [RecordPart: Statement]) -> Completeness {
        Completeness(of: MergedRecord([]), for: .graduation, statements: statements)
    }

    private static func all(_ statement: Statement) -> [RecordPart: Statement] {
        Dictionary(uniqueKeysWithValues: RecordUse.graduation.parts.map { ($0, statement) })
    }

    @Test(arguments: [
        (Statement.sent, Wholeness.complete), (.noneOnFile, .complete), (.unsaid, .unsaid),
        (.toFollow, .partial), (.withheld, .partial),
    ])
    func `an answer is complete where every part came or is not on file`(
        statement: Statement,
        wholeness: Wholeness
    ) {
        #expect(Self.completeness(Self.all(statement)).wholeness == wholeness)
    }

    @Test(arguments: RecordUse.graduation.parts)
    func `one part of which nothing is said, or which is to follow, is enough`(part: RecordPart) {
        var statements = Self.all(.sent)
        statements[part] = nil
        #expect(Self.completeness(statements).wholeness == .partial)
        statements[part] = .toFollow
        #expect(Self.completeness(statements).wholeness == .partial)
        #expect(Self.completeness(statements).isComplete)
    }

    @Test(arguments: RecordUse.graduation.parts)
    func `one part that may be in the files is enough for nobody to call it complete`(
        part: RecordPart
    ) {
        var statements = Self.all(.sent)
        statements[part] = .unsaid
        let found = Self.completeness(statements)
        #expect(found.wholeness == .unsaid)
        #expect(found.rows.first { $0.part == part }?.standing == .unsaid)
        #expect(!found.rows.contains { $0.standing == .there })
    }

    @Test(
        arguments: [
            ([], Wholeness.complete), ([.complete], .complete), ([.complete, .unsaid], .unsaid),
            ([.unsaid, .partial, .complete], .partial), ([.partial, .unsaid], .partial),
        ] as [([Wholeness], Wholeness)]
    )
    func `what lacks counts before what nobody spoke of`(
        parts: [Wholeness],
        whole: Wholeness
    ) {
        #expect(Wholeness(of: parts) == whole)
        #expect(Wholeness(of: parts.reversed()) == whole)
    }
}
