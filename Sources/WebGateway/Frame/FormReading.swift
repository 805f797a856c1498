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

/// What several forms ask for; each notes what is wrong with it.
extension Form {
    /// The typed address in small letters; `nil` where it is none.
    mutating func readEmail() -> EmailAddress? {
        let typed = values[.email] ?? ""
        if let address = try? EmailAddress(parsing: typed.lowercased()) { return address }
        problems.append(FieldProblem(.email, typed.isEmpty ? .emailMissing : .emailMalformed))
        return nil
    }

    /// The typed telephone number; `nil` where there is none, or none that can be called.
    mutating func readPhone() -> String? {
        guard let typed = values[.phone], !typed.isEmpty else { return nil }
        if ContactDraft.isPhone(typed) { return typed }
        problems.append(FieldProblem(.phone, .phoneMalformed))
        return nil
    }

    mutating func needName(else trouble: FieldTrouble = .nameMissing) {
        guard !(values[.name] ?? "").utf8.contains(where: { $0 > 32 }) else { return }
        problems.append(FieldProblem(.name, trouble))
    }

    /// A person's name and title are no longer than a mailbox of the directory has them.
    mutating func limitNameAndTitle() {
        let limit = ContactDraft.longestField
        for field in [FieldName.name, .title] where (values[field] ?? "").utf8.count > limit {
            problems.append(FieldProblem(field, .tooLong(limit: limit)))
        }
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
        case .lettersNotKnown(let name): FieldProblem(.files, .fileLettersNotKnown(file: name))
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
