package import StudentRecords
import Vocabulary

/// What two requests for the same student have in common: the birth date and the words of the
/// name, whatever their order, case and accents.
///
/// Names the student, so only a keyed digest of it is stored in the clear.
package struct StudentKey: Hashable, Sendable {
    package let text: String

    package init(_ student: StudentIdentity) {
        text = ([student.birthDate.description] + student.name.wordsFolded).joined(separator: " ")
    }
}
