import Casework
import RecordExchange
import Rendering
import Vocabulary

extension FormFields {
    subscript(field: FieldName) -> String { self[field.rawValue] ?? "" }

    /// What was typed, for showing it again.
    func typed(_ fields: FieldName...) -> [FieldName: String] {
        var values: [FieldName: String] = [:]
        for field in fields { values[field] = self[field] }
        return values
    }
}

extension FileRefusal {
    /// As the form says it; `nil` where the whole upload ends instead.
    var problem: FieldProblem {
        switch self {
        case .empty(let name): FieldProblem(.files, .fileEmpty(file: name))
        case .tooLarge(let name, let limit):
            FieldProblem(.files, .fileTooLarge(file: name, limit: ByteCount(limit)))
        case .typeNotAllowed(let name): FieldProblem(.files, .fileTypeNotAllowed(file: name))
        case .cutShort(let name): FieldProblem(.files, .fileCutShort(file: name))
        case .diskFull: FieldProblem(.files, .diskFull)
        }
    }
}

extension RequestDraft.Problem {
    var fieldProblem: FieldProblem {
        switch self {
        case .name(.givenMissing): FieldProblem(.given, .givenMissing)
        case .name(.surnameMissing): FieldProblem(.paternalSurname, .surnameMissing)
        case .name(.tooLong(let field)):
            FieldProblem(field.fieldName, .tooLong(limit: PersonName.longestField))
        case .name(.hasControlCharacter(let field)):
            FieldProblem(field.fieldName, .controlCharacter)
        case .birthDateMissing: FieldProblem(.birthDate, .birthDateMissing)
        case .birthDateImpossible: FieldProblem(.birthDate, .birthDateImpossible)
        case .birthDateInFuture: FieldProblem(.birthDate, .birthDateInFuture)
        case .birthDateTooLongAgo: FieldProblem(.birthDate, .birthDateTooLongAgo)
        case .gradeUnknown: FieldProblem(.grade, .gradeUnknown)
        case .startDateImpossible: FieldProblem(.startDate, .startDateImpossible)
        case .placeMissing: FieldProblem(.place, .placeMissing)
        case .usesMissing: FieldProblem(.uses, .usesMissing)
        case .messageTooLong(let limit): FieldProblem(.message, .messageTooLong(limit: limit))
        case .studentNumberTooLong: FieldProblem(.stateStudentID, .studentNumberTooLong)
        case .recordNumberMistyped: FieldProblem(.recordNumber, .recordNumberMistyped)
        case .recordNumberMalformed: FieldProblem(.recordNumber, .recordNumberMalformed)
        case .purposeMissing: FieldProblem(.purpose, .purposeMissing)
        case .statedPlaceTooLong(let limit): FieldProblem(.statedPlace, .tooLong(limit: limit))
        case .mixedAlphabets(let field): FieldProblem(field.fieldName, .mixedAlphabets)
        }
    }
}

extension PersonName.Field {
    fileprivate var fieldName: FieldName {
        switch self {
        case .given: .given
        case .middle: .middle
        case .paternalSurname: .paternalSurname
        case .maternalSurname: .maternalSurname
        }
    }
}
