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
        (Statement.sent, true), (.noneOnFile, true), (.toFollow, false), (.withheld, false),
    ])
    func `an answer is whole where every part came or is not on file`(
        statement: Statement,
        isWhole: Bool
    ) {
        #expect(Self.completeness(Self.all(statement)).isWhole == isWhole)
    }

    @Test(arguments: RecordUse.graduation.parts)
    func `one part of which nothing is said, or which is to follow, is enough`(part: RecordPart) {
        var statements = Self.all(.sent)
        statements[part] = nil
        #expect(!Self.completeness(statements).isWhole)
        statements[part] = .toFollow
        #expect(!Self.completeness(statements).isWhole)
        #expect(Self.completeness(statements).isComplete)
    }
}
