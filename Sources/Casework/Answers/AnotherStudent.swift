package import StudentRecords
import Vocabulary

extension StudentRecord {
    /// Where a file names a birth date, first name or last name that is not this student's.
    ///
    /// A file of another child's is the worst that can be sent by mistake, so that whoever sends is
    /// told before and after; nobody is refused, since names are written in many ways. A name is
    /// another one only where no word of it is the student's, whatever its accents and order. What
    /// should stand there is said without quoting the student.
    package func differences(from student: StudentIdentity) -> [RecordProblem] {
        let name = student.name
        let given = Set([name.given, name.middle].flatMap(FoldedWords.of))
        let surnames = Set([name.paternalSurname, name.maternalSurname].flatMap(FoldedWords.of))
        var found: [RecordProblem] = []
        for (index, entry) in entries(of: .identity).enumerated() {
            let place = "\(ElementGroup.identity.rawValue) \(index + 1)"
            func note(_ element: Element, _ rule: FileForm.Rule) {
                let text = entry.text(element) ?? ""
                found.append(
                    RecordProblem(element, at: place, found: text, allowed: .form(rule))
                )
            }
            func words(_ elements: [Element]) -> [String] {
                elements.compactMap { entry.text($0) }.flatMap(FoldedWords.of)
            }
            if let born = entry.date(.birthDate), born != student.birthDate {
                note(.birthDate, .sameBirthDate)
            }
            let first = words([.firstName, .middleName])
            if !first.isEmpty, given.isDisjoint(with: first) { note(.firstName, .sameFirstName) }
            let last = words([.paternalSurname, .maternalSurname])
            if !last.isEmpty, surnames.isDisjoint(with: last) {
                note(.paternalSurname, .sameLastName)
            }
        }
        return found
    }
}
