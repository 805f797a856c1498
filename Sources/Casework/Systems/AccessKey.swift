package import RecordExchange
package import Vocabulary

/// A key with which a school's own system uses the programming interface.
///
/// It belongs to a system account: a staff account without a password, so that every rule about
/// who may see what holds for systems as it does for people. It is a secret text, shown once and
/// kept only as a digest, or the key pair of a certificate that the system shows itself.
package struct AccessKey: Hashable, Sendable, Codable {
    package typealias ID = Identifier<AccessKey>

    /// What a key may be used for.
    package enum Scope: String, Sendable, CaseIterable, Codable, Comparable {
        case readRequests = "requests:read"
        case writeRequests = "requests:write"
        case readRecords = "records:read"
        case answerInquiries = "inquiries:answer"
        case manageWebhooks = "webhooks:manage"

        package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
    }

    package let id: ID
    package let account: StaffID
    /// What people call it, such as `nightly sync`.
    package let label: String
    /// SHA-256 of the key's text, or of the certificate's public key (SubjectPublicKeyInfo),
    /// hexadecimal; unique.
    package let digest: String
    /// The certificate that was admitted; `nil` for a secret text.
    package let certificate: AdmittedCertificate?
    package let scopes: Set<Scope>
    package let createdAt: Instant
    package let expiresAt: Instant
    package var revokedAt: Instant?

    package init(
        id: ID,
        account: StaffID,
        label: String,
        digest: String,
        certificate: AdmittedCertificate? = nil,
        scopes: Set<Scope>,
        createdAt: Instant,
        expiresAt: Instant
    ) {
        self.id = id
        self.account = account
        self.label = label
        self.digest = digest
        self.certificate = certificate
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// From when on it opens nothing.
    package var endsAt: Instant { min(expiresAt, revokedAt ?? expiresAt) }

    /// Can be used at `instant`.
    package func isLive(at instant: Instant) -> Bool {
        revokedAt == nil && instant < expiresAt
    }

    /// What every key begins with, so that scanners for leaked secrets know one.
    package static let prefix = "mochila_key_"

    /// Longest time a key works, in days.
    package static let longestLife = 400
}

/// What is kept of a certificate that a system shows in place of a key.
package struct AdmittedCertificate: Hashable, Sendable, Codable {
    /// SHA-256 of the whole certificate, hexadecimal: a renewal has another.
    package let fingerprint: String
    /// The subject's common name.
    package let name: String

    package init(fingerprint: String, name: String) {
        self.fingerprint = fingerprint
        self.name = name
    }
}

/// A system that showed a live key.
package struct SystemCaller: Hashable, Sendable {
    package let key: AccessKey
    package let actor: Actor

    package init(key: AccessKey, actor: Actor) {
        self.key = key
        self.actor = actor
    }
}
