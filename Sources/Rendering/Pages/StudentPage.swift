package import Casework
package import Vocabulary

/// Request, 1 of 4: who the student is (P3).
///
/// Posts to `/drafts/{draft}/student`.
package struct StudentPage: Page {
    package static let template = "request-student"

    package let draft: String
    package let form: Form
    package let grades: [Choice<Grade>]
    package let purposes: [Choice<LookupPurpose>]
    /// Only where the reader may ask for more than one school.
    package let schools: [NamedChoice]

    package init(
        draft: String,
        form: Form = .empty,
        grades: [Choice<Grade>],
        purposes: [Choice<LookupPurpose>],
        schools: [NamedChoice] = []
    ) {
        self.draft = draft
        self.form = form
        self.grades = grades
        self.purposes = purposes
        self.schools = schools
    }
}
