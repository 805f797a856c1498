package import Vocabulary

/// Who the student is, as the requester wrote it: what a holder needs to find the file.
///
/// Stored encrypted; never in a log, a mail, a URL or an error message.
package struct StudentIdentity: Hashable, Sendable, Codable {
    package let name: PersonName
    package let birthDate: CivilDate
    package let grade: Grade?
    /// The number a state gave the student, if the requester knows it.
    package let stateStudentID: String?

    package init(
        name: PersonName,
        birthDate: CivilDate,
        grade: Grade? = nil,
        stateStudentID: String? = nil
    ) {
        self.name = name
        self.birthDate = birthDate
        self.grade = grade
        self.stateStudentID = stateStudentID
    }
}
