package import RecordExchange
package import Vocabulary

/// A key that this gateway uses or believes, by its certificate.
///
/// What counts is this row, not which files lie in a folder.
package struct TrustedKey: Hashable, Sendable, Codable {
    package enum Usage: String, Hashable, Sendable, Codable, CaseIterable {
        /// Issues certificates.
        case authority
        case signing
        case encryption
    }

    package enum Holder: String, Hashable, Sendable, Codable, CaseIterable {
        /// The gateway itself.
        case gateway
        /// A school for which the gateway signs, with a key of its own.
        case onBehalf
        /// An organisation that keeps its key itself.
        case partner
    }

    package enum State: Hashable, Sendable, Codable {
        case current
        /// Replaced: still opens or verifies what is older.
        case retired(at: Instant)
        /// Its private half was destroyed: what was sealed to it alone stays closed for ever.
        case destroyed(at: Instant)
        /// Believed by nobody any more; what came since `since` is to be looked at.
        case revoked(at: Instant, since: Instant, reason: String)
    }

    /// SHA-256 of the certificate, in hexadecimal digits.
    package let fingerprint: String
    package let organization: OrganizationID
    package let usage: Usage
    package let holder: Holder
    package let certificatePEM: String
    /// As it stands in the certificate.
    package let name: String
    package let notBefore: Instant
    package let notAfter: Instant
    package let addedAt: Instant
    package var state: State

    package init(
        fingerprint: String,
        organization: OrganizationID,
        usage: Usage,
        holder: Holder,
        certificatePEM: String,
        name: String,
        notBefore: Instant,
        notAfter: Instant,
        addedAt: Instant,
        state: State = .current
    ) {
        self.fingerprint = fingerprint
        self.organization = organization
        self.usage = usage
        self.holder = holder
        self.certificatePEM = certificatePEM
        self.name = name
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.addedAt = addedAt
        self.state = state
    }

    package var isRevoked: Bool { if case .revoked = state { true } else { false } }

    /// Whether something that it signed, or will be sealed to it, is taken at `instant`.
    package func isUsable(at instant: Instant) -> Bool {
        switch state {
        case .current: notBefore <= instant && instant <= notAfter
        // A signature of yesterday arrives today.
        case .retired: usage == .signing && notBefore <= instant && instant <= notAfter
        case .destroyed, .revoked: false
        }
    }
}

/// A bundle that came from a partner and was taken.
package struct AcceptedBundle: Hashable, Sendable, Codable {
    /// Of the signed manifest, in hexadecimal digits: the same however often it is sealed again,
    /// so it is what tells a repeat.
    package let digest: String
    /// The certificate that signed it.
    package let signer: String
    package let sender: OrganizationID
    package let request: RequestNumber
    /// What it was filed as.
    package let bundle: RecordBundle.ID
    package let at: Instant

    package init(
        digest: String,
        signer: String,
        sender: OrganizationID,
        request: RequestNumber,
        bundle: RecordBundle.ID,
        at: Instant
    ) {
        self.digest = digest
        self.signer = signer
        self.sender = sender
        self.request = request
        self.bundle = bundle
        self.at = at
    }
}

/// Keys that are trusted, and what was taken on the word of each.
package protocol KeyShelf {
    func trustedKey(_ fingerprint: String) throws -> TrustedKey?
    /// In the order in which they were added.
    func trustedKeys() throws -> [TrustedKey]
    /// In the order in which they were added.
    func trustedKeys(of organization: OrganizationID) throws -> [TrustedKey]
    /// Inserts or replaces.
    func save(_ key: TrustedKey) throws
    func acceptedBundle(_ digest: String) throws -> AcceptedBundle?
    /// Throws `StoreConflict` where the digest is there.
    func append(_ bundle: AcceptedBundle) throws
    /// Oldest first.
    func acceptedBundles(signedBy fingerprint: String, since: Instant) throws -> [AcceptedBundle]
}
