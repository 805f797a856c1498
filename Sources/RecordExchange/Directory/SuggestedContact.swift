/// Whom somebody who was asked by mistake names as the right person.
///
/// Hearsay of a page without an account: shown to whoever keeps the contacts, never to the school
/// that asks, and written to only once one of them has taken it up.
package struct SuggestedContact: Hashable, Sendable, Codable {
    package static let nothing = Self()

    package let name: String
    /// As it was typed, which may be no address at all.
    package let email: String
    package let note: String

    package init(name: String = "", email: String = "", note: String = "") {
        self.name = name
        self.email = email
        self.note = note
    }

    package var isEmpty: Bool { self == .nothing }

    /// In bytes of UTF-8.
    package var length: Int { name.utf8.count + email.utf8.count + note.utf8.count }
}
