package import RecordExchange
package import Vocabulary

/// A certificate that a caller showed while the connection was made, having proved that it holds
/// the private key.
package struct ShownCertificate: Hashable, Sendable {
    /// SHA-256 of its public key (SubjectPublicKeyInfo), hexadecimal.
    package let keyDigest: String
    /// SHA-256 of all of it, hexadecimal.
    package let fingerprint: String
    package let name: String
    package let notBefore: Instant
    package let notAfter: Instant
    package let use: Use

    /// What the certificate's own words and its key make of it.
    package enum Use: Hashable, Sendable, CaseIterable {
        case client
        /// An authority's: whoever can sign with it is not thereby the system.
        case authority
        /// Its owner marked it as not for showing to servers.
        case otherPurpose
        /// Neither RSA of 2048 bits nor on the curves P-256 and P-384.
        case weakKey
    }

    package init(
        keyDigest: String,
        fingerprint: String,
        name: String,
        notBefore: Instant,
        notAfter: Instant,
        use: Use
    ) {
        self.keyDigest = keyDigest
        self.fingerprint = fingerprint
        self.name = name
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.use = use
    }

    /// Can be shown at `instant`.
    package func isGood(at instant: Instant) -> Bool {
        use == .client && notBefore <= instant && instant <= notAfter
    }
}

extension Desk {
    /// Lets a system account in by a certificate, as a key does.
    ///
    /// What counts is the certificate's public key: one that is renewed for the same key goes on
    /// working, for as long as the key is live here. Throws `alreadyThere` where the public key
    /// was admitted before: one key has one account and one set of scopes.
    package func admitCertificate(
        _ certificate: ShownCertificate,
        for account: StaffID,
        label: String,
        scopes: Set<AccessKey.Scope>,
        days: Int
    ) async throws -> AccessKey {
        guard certificate.isGood(at: time.now()) else { throw CaseworkFailure.notPossibleNow }
        return try await write { transaction in
            guard try transaction.session.accessKey(digest: certificate.keyDigest) == nil else {
                throw CaseworkFailure.alreadyThere
            }
            return try transaction.addAccessKey(
                for: account,
                label: label,
                scopes: scopes,
                days: days,
                digest: certificate.keyDigest,
                certificate: AdmittedCertificate(
                    fingerprint: certificate.fingerprint,
                    name: certificate.name
                )
            )
        }
    }

    /// Who shows this certificate; `nil` where it is unknown, over or revoked, not good today, or
    /// the account is disabled.
    package func system(showing certificate: ShownCertificate) async throws -> SystemCaller? {
        guard certificate.isGood(at: time.now()) else { return nil }
        return try await read { try $0.system(digest: certificate.keyDigest, byCertificate: true) }
    }
}
