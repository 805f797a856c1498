package import RecordExchange
package import Vocabulary

/// Why a key is not taken on, or a bundle not accepted on its word.
package enum KeyRefusal: Error, Hashable, Sendable {
    /// No such key is on file.
    case unknown
    /// It is on file already.
    case alreadyThere
    /// It was revoked, or its private half destroyed.
    case revoked
    /// It is on file for another organisation or another use.
    case otherPurpose
    /// It is not valid yet, or not any more.
    case outOfDate
    /// The same signed content came before.
    case repeated(AcceptedBundle)
}

extension Desk {
    /// Puts keys on file, all or none.
    package func trust(_ keys: [TrustedKey]) async throws {
        try await write { transaction in
            for key in keys {
                guard try transaction.session.trustedKey(key.fingerprint) == nil else {
                    throw KeyRefusal.alreadyThere
                }
                try transaction.session.save(key)
                try transaction.audit(
                    .operator,
                    "key.trust",
                    subject: key.fingerprint,
                    detail: "\(key.holder.rawValue) \(key.usage.rawValue) \(key.organization)"
                )
            }
        }
    }

    /// A new key takes over from an old one, which still opens or verifies what is older.
    package func replace(_ old: String, by new: TrustedKey) async throws {
        try await write { transaction in
            guard var key = try transaction.session.trustedKey(old) else {
                throw KeyRefusal.unknown
            }
            guard try transaction.session.trustedKey(new.fingerprint) == nil else {
                throw KeyRefusal.alreadyThere
            }
            guard !key.isRevoked else { throw KeyRefusal.revoked }
            key.state = .retired(at: transaction.now)
            try transaction.session.save(key)
            try transaction.session.save(new)
            try transaction.audit(
                .operator,
                "key.rotate",
                subject: new.fingerprint,
                detail: "\(new.usage.rawValue) after \(old)"
            )
        }
    }

    /// The private half of a key is gone.
    package func noteDestroyed(_ fingerprint: String) async throws {
        try await write { transaction in
            guard var key = try transaction.session.trustedKey(fingerprint) else {
                throw KeyRefusal.unknown
            }
            guard !key.isRevoked else { throw KeyRefusal.revoked }
            key.state = .destroyed(at: transaction.now)
            try transaction.session.save(key)
            try transaction.audit(.operator, "key.destroy", subject: fingerprint)
        }
    }

    /// From this commit on nothing is accepted on the word of this key, and nothing is sealed to
    /// it, in this process or any other on the same store.
    ///
    /// - Returns: everything accepted on its word since `since`, oldest first, to be looked at.
    package func revoke(
        _ fingerprint: String,
        since: Instant,
        reason: String
    ) async throws -> [AcceptedBundle] {
        try await write { transaction in
            guard var key = try transaction.session.trustedKey(fingerprint) else {
                throw KeyRefusal.unknown
            }
            key.state = .revoked(at: transaction.now, since: since, reason: reason)
            try transaction.session.save(key)
            let accepted = try transaction.session.acceptedBundles(
                signedBy: fingerprint,
                since: since
            )
            try transaction.audit(
                .operator,
                "key.revoke",
                subject: fingerprint,
                detail: "\(accepted.count) accepted since \(since.millisecondsSince1970)"
            )
            return accepted
        }
    }

    package func trustedKeys() async throws -> [TrustedKey] {
        try await read { try $0.session.trustedKeys() }
    }

    /// Fingerprints of the certificates that this organisation's bundles may be signed with now.
    package func signers(of organization: OrganizationID) async throws -> Set<String> {
        try await read { transaction in
            try transaction.usableSigners(of: organization)
        }
    }

    /// Takes a bundle on the word of its signer, or refuses it: the last step before anything of
    /// it counts, in the same transaction as the look at the key.
    ///
    /// Throws `KeyRefusal`.
    package func accept(_ bundle: AcceptedBundle) async throws {
        try await write { transaction in
            guard let key = try transaction.session.trustedKey(bundle.signer) else {
                throw KeyRefusal.unknown
            }
            guard key.usage == .signing, key.organization == bundle.sender else {
                throw KeyRefusal.otherPurpose
            }
            switch key.state {
            case .revoked, .destroyed: throw KeyRefusal.revoked
            case .current, .retired: break
            }
            guard key.isUsable(at: transaction.now) else { throw KeyRefusal.outOfDate }
            if let earlier = try transaction.session.acceptedBundle(bundle.digest) {
                throw KeyRefusal.repeated(earlier)
            }
            try transaction.session.append(bundle)
            try transaction.audit(
                .system,
                "bundle.accept",
                subject: bundle.bundle,
                detail: "\(bundle.digest) signed by \(bundle.signer)"
            )
        }
    }
}

extension CaseTransaction {
    /// PEM of the certificates that bundles for this organisation are sealed to now: those on
    /// file for it, else its channel's unless that was revoked.
    func recipientCertificates(of organization: OrganizationID) throws -> [String] {
        let keys = try session.trustedKeys().filter {
            $0.organization == organization && $0.usage == .encryption
        }
        let usable = keys.filter { $0.state == .current && $0.isUsable(at: now) }
        if !usable.isEmpty { return usable.map(\.certificatePEM) }
        guard let channel = try session.channel(of: organization) else { return [] }
        let gone = keys.contains {
            $0.isRevoked && Self.isSame($0.certificatePEM, channel.certificatePEM)
        }
        return gone ? [] : [channel.certificatePEM]
    }

    func usableSigners(of organization: OrganizationID) throws -> Set<String> {
        let keys = try session.trustedKeys().filter {
            $0.organization == organization && $0.usage == .signing && $0.isUsable(at: now)
        }
        return Set(keys.map(\.fingerprint))
    }

    /// Fingerprints of keys that must not be used, whatever lies in a folder.
    func revokedKeys() throws -> Set<String> {
        Set(
            try session.trustedKeys()
                .filter { key in
                    switch key.state {
                    case .revoked, .destroyed: true
                    case .current, .retired: false
                    }
                }
                .map(\.fingerprint)
        )
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        let blank = Set(" \t\r\n".utf8)
        return one.utf8.filter { !blank.contains($0) }
            .elementsEqual(other.utf8.filter { !blank.contains($0) })
    }
}
