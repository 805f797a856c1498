package import Vocabulary

/// Looking for somebody at a school that nobody reaches.
///
/// Posts `name`, `title`, `email`, `phone`, `language` and `contactChecked` to `path`.
package struct FindContactPage: Page {
    package static let template = "find-contact"

    package let path: String
    package let backPath: String
    package let number: RequestNumber
    package let holder: String
    package let place: String
    /// Whom to call.
    package let phones: [PhoneRow]
    /// Who is known around the school, and how sure we are of each.
    package let contacts: [ContactRow]
    /// Whom somebody who was asked by mistake named instead; the form holds it already.
    package let suggested: String
    /// The whole list of the office.
    package let contactsPath: String
    package let isSpanish: Bool
    package let isChecked: Bool
    package let form: Form

    package init(
        path: String,
        backPath: String,
        number: RequestNumber,
        holder: String,
        place: String,
        phones: [PhoneRow],
        contacts: [ContactRow],
        suggested: String = "",
        contactsPath: String,
        isSpanish: Bool = false,
        isChecked: Bool = false,
        form: Form = .empty
    ) {
        self.path = path
        self.backPath = backPath
        self.number = number
        self.holder = holder
        self.place = place
        self.phones = phones
        self.contacts = contacts
        self.suggested = suggested
        self.contactsPath = contactsPath
        self.isSpanish = isSpanish
        self.isChecked = isChecked
        self.form = form
    }
}
