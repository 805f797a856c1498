import RecordLocator
import Vocabulary

/// What is wrong with one row, each thing once.
struct RowProblems {
    let row: Int
    private(set) var all: [RefusedRow] = []

    init(row: Int) { self.row = row }

    mutating func note(_ column: String, _ reason: RefusedRow.Reason) {
        let problem = RefusedRow(row: row, column: column, reason: reason)
        if !all.contains(problem) { all.append(problem) }
    }

    mutating func note(_ problem: PersonName.Problem, _ reader: FeedRowReader) {
        switch problem {
        case .givenMissing: note(reader.name(of: .given), .missing)
        case .surnameMissing: note(reader.name(of: reader.surnameField), .missing)
        case .tooLong(let field): note(reader.name(of: reader.field(field)), .tooLong)
        case .hasControlCharacter(let field):
            note(reader.name(of: reader.field(field)), .controlCharacter)
        }
    }
}

extension FeedRowReader {
    var surnameField: FeedMapping.Field {
        mapping.columns[.paternalSurname] == nil ? .surnames : .paternalSurname
    }

    func field(_ field: PersonName.Field) -> FeedMapping.Field {
        switch field {
        case .given: .given
        case .middle: .middle
        case .paternalSurname: surnameField
        case .maternalSurname:
            mapping.columns[.maternalSurname] == nil ? .surnames : .maternalSurname
        }
    }
}
