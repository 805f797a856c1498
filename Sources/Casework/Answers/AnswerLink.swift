package import RecordExchange
package import StudentRecords
package import Vocabulary

/// The capability link mailed to a holder: answers one inquiry, without an account.
///
/// Write-only: its bearer can answer and never read a record. Only digests are kept, so the store
/// cannot give a working link away.
package struct AnswerLink: Hashable, Sendable, Codable {
    package typealias ID = Identifier<AnswerLink>

    /// Why a link does not open.
    package enum Obstacle: String, Error, Hashable, Sendable, CaseIterable {
        case unknown, expired, revoked, tooManyWrongCodes, closed
    }

    package let id: ID
    /// Another one only where its request was merged into another.
    package var inquiry: Inquiry.ID
    /// The contact it was mailed to.
    package let contact: Contact.ID
    /// The parts that its bearer was passed by a colleague, and nothing else; `nil` where the
    /// whole inquiry is theirs to answer.
    package let parts: [RecordPart]?
    /// The mailbox that passed them on: when its links die, this one does.
    package let passedBy: Contact.ID?
    /// SHA-256 of the 130-bit token, hexadecimal.
    package let tokenDigest: String
    /// SHA-256 of token and code together, hexadecimal: without the link a code tells nothing.
    package let codeDigest: String
    package let issuedAt: Instant
    package var expiresAt: Instant
    package var wrongCodes: Int
    package var revokedAt: Instant?
    /// Machines and people fetched the page; says nothing about a person.
    package var fetchedAt: Instant?
    /// Somebody typed its code, the last time.
    package var enteredAt: Instant?

    /// Wrong codes after which a link is dead.
    package static let codeTries = 5
    /// Links that one mailbox is sent about one inquiry in a day on its own request.
    package static let mostADay = 6
    /// Days a link lives after the last mail about its inquiry.
    package static let lifetimeInDays = 30

    package init(
        id: ID,
        inquiry: Inquiry.ID,
        contact: Contact.ID,
        parts: [RecordPart]? = nil,
        passedBy: Contact.ID? = nil,
        tokenDigest: String,
        codeDigest: String,
        issuedAt: Instant
    ) {
        self.id = id
        self.inquiry = inquiry
        self.contact = contact
        self.parts = parts
        self.passedBy = passedBy
        self.tokenDigest = tokenDigest
        self.codeDigest = codeDigest
        self.issuedAt = issuedAt
        self.expiresAt = issuedAt.advanced(bySeconds: Int64(Self.lifetimeInDays) * 86_400)
        self.wrongCodes = 0
    }

    /// What stands in the way of using it at `instant`; `nil` where nothing does.
    package func obstacle(at instant: Instant) -> Obstacle? {
        if revokedAt != nil { return .revoked }
        if wrongCodes >= Self.codeTries { return .tooManyWrongCodes }
        return instant >= expiresAt ? .expired : nil
    }
}
