import StudentRecords
import Vocabulary

/// A student as somebody typed them, on a page or at the machine.
struct TypedStudent {
    var given: String
    var middle: String
    var paternalSurname: String
    var maternalSurname: String
    var born: RequestDraft.TypedDate
    var grade = ""
    var stateStudentID: String

    /// Everything that is wrong at once; `today` where it was typed.
    func parsed(today: CivilDate) throws(RequestDraft.Malformed) -> StudentIdentity {
        var problems: [RequestDraft.Problem] = []
        var name: PersonName?
        do {
            name = try PersonName(
                given: given,
                middle: middle,
                paternalSurname: paternalSurname,
                maternalSurname: maternalSurname
            )
        } catch {
            problems += error.problems.map(RequestDraft.Problem.name)
        }
        for (field, text) in [
            (PersonName.Field.given, given), (.middle, middle), (.paternalSurname, paternalSurname),
            (.maternalSurname, maternalSurname),
        ] where Alphabet.isMixed(text) { problems.append(.mixedAlphabets(field)) }
        switch born {
        case .missing: problems.append(.birthDateMissing)
        case .impossible: problems.append(.birthDateImpossible)
        case .day(let day) where day > today: problems.append(.birthDateInFuture)
        // A student of a school may be 21 and older, never 30.
        case .day(let day) where day.days(to: today) > 30 * 366:
            problems.append(.birthDateTooLongAgo)
        case .day: break
        }
        let grade = Grade(rawValue: self.grade)
        if !self.grade.isEmpty, grade == nil { problems.append(.gradeUnknown) }
        let blanks: Set<Character> = [" ", "\t", "\u{A0}"]
        let number = stateStudentID.split(whereSeparator: blanks.contains).joined(separator: " ")
        if number.utf8.count > 40 { problems.append(.studentNumberTooLong) }
        guard problems.isEmpty, let name, case .day(let day) = born else {
            throw RequestDraft.Malformed(problems: problems)
        }
        return StudentIdentity(
            name: name,
            birthDate: day,
            grade: grade,
            stateStudentID: number.isEmpty ? nil : number
        )
    }
}
