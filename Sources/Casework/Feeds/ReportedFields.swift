import RecordLocator
import Vocabulary

extension LocatorEntry {
    /// Everything a feed reports of a student: what makes two rows the same.
    var reportedFields: [String] {
        [
            name.given, name.middle, name.paternalSurname, name.maternalSurname,
            birthDate.map { String($0.dayNumber) } ?? "", school.description,
            from.map { String($0.dayNumber) } ?? "", to.map { String($0.dayNumber) } ?? "",
            grade?.rawValue ?? "", stateStudentID ?? "", isProtected ? "1" : "0",
            provenance.source, particulars.generation, particulars.gender, particulars.birthCity,
            particulars.birthState, particulars.birthCountry, particulars.numberState,
        ] + particulars.parents.flatMap { [$0.given, $0.surname] }
    }
}
