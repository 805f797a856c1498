package import RecordExchange
package import Vocabulary

/// What came attached to one mail: locked up until somebody who may answer says what it is.
///
/// No part of any answer before that; kept for a month, and then forgotten.
package struct MailedFiles: Hashable, Sendable, Codable {
    package typealias ID = Identifier<MailedFiles>

    /// Why something attached was not taken; nothing of it is kept but its name, except where a
    /// person decides on it.
    package enum Refusal: String, Hashable, Sendable, Codable, CaseIterable {
        /// Its content is of no type that is taken, or in an encoding that nobody knows.
        case typeNotAllowed
        case empty, tooLarge
        /// The scanner found something in it: it is locked up.
        case unclean
        /// More waits already than anybody looks through.
        case tooMany
        /// The mail was about several requests.
        case severalRequests
    }

    /// Something attached that was not taken.
    package struct Refused: Hashable, Sendable, Codable {
        /// As its sender called it, cleaned for display.
        package let name: String
        package let reason: Refusal

        package init(name: String, reason: Refusal) {
            self.name = name
            self.reason = reason
        }
    }

    /// Made of the mail itself, so that the same mail a second time is found.
    package let id: ID
    package internal(set) var inquiry: Inquiry.ID
    /// The mailbox it came from.
    package let contact: Contact.ID
    package let receivedAt: Instant
    package let expiresAt: Instant
    /// Those nothing was said of yet.
    package internal(set) var files: [DroppedFile]
    package internal(set) var refused: [Refused]

    package init(
        id: ID,
        inquiry: Inquiry.ID,
        contact: Contact.ID,
        receivedAt: Instant,
        files: [DroppedFile],
        refused: [Refused]
    ) {
        self.id = id
        self.inquiry = inquiry
        self.contact = contact
        self.receivedAt = receivedAt
        expiresAt = receivedAt.advanced(bySeconds: Self.patience)
        self.files = files
        self.refused = refused
    }

    /// Seconds until what nobody confirmed is removed: as long as a link works.
    package static let patience: Int64 = 30 * 86_400
    /// Most files, and bytes of them, that wait for one inquiry: whoever can reply can fill a disk.
    package static let mostFiles = 60
    package static let mostBytes: Int64 = 256 << 20
}

/// What waits to be confirmed; encrypted by whoever implements this.
package protocol MailedShelf {
    func mailedFiles(_ id: MailedFiles.ID) throws -> MailedFiles?
    /// Oldest first.
    func mailedFiles(of inquiry: Inquiry.ID) throws -> [MailedFiles]
    /// Whose time is over at `instant`, earliest first.
    func mailedFiles(expiredBy instant: Instant, limit: Int) throws -> [MailedFiles]
    /// Inserts or replaces.
    func save(_ mailed: MailedFiles) throws
    func deleteMailedFiles(_ id: MailedFiles.ID) throws
}
