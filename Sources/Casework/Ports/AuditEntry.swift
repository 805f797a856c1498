import RecordExchange
package import Vocabulary

/// One action in the hash-chained audit log.
///
/// Never holds student data, links or codes.
package struct AuditEntry: Hashable, Sendable, Codable {
    /// Counts all entries from 1, without gaps.
    package let sequence: Int64
    package let at: Instant
    /// `staff:<id>`, `link:<id>`, `partner:<id>`, `system`, `family` or `operator`.
    package let actor: String
    /// Verb and noun, such as `request.file`.
    package let action: String
    /// The identifier acted upon.
    package let subject: String
    /// Anything else that matters, without personal data.
    package let detail: String
    /// SHA-256 over the previous entry's hash and this entry's canonical text.
    package let hash: SHA256Digest

    package init(
        sequence: Int64,
        at: Instant,
        actor: String,
        action: String,
        subject: String,
        detail: String,
        hash: SHA256Digest
    ) {
        self.sequence = sequence
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.detail = detail
        self.hash = hash
    }

    /// What is hashed: the previous hash and every field, each with its length in front, so that
    /// no two entries share a text.
    package static func canonicalBytes(
        after previous: SHA256Digest?,
        sequence: Int64,
        at: Instant,
        actor: String,
        action: String,
        subject: String,
        detail: String
    ) -> [UInt8] {
        let fields = [
            previous?.description ?? "", String(sequence), String(at.millisecondsSince1970), actor,
            action, subject, detail,
        ]
        return fields.flatMap { Array("\($0.utf8.count):".utf8) + Array($0.utf8) }
    }
}
