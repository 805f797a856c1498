package import RecordExchange
package import Vocabulary

/// Why a key is not taken on, or not changed.
package enum KeyRefusal: Error, Hashable, Sendable {
    /// No such key is on file.
    case unknown
    /// It is on file already.
    case alreadyThere
    /// It was revoked, or its private half destroyed.
    case revoked
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

    /// The keys with which this organisation itself may sign its bundles now: those on file for
    /// it, and `pinned` unless what is on file says otherwise.
    package func signers(
        of organization: OrganizationID,
        pinned: TrustedKey
    ) async throws -> [TrustedKey] {
        try await read { transaction in
            let onFile = try transaction.session.trustedKeys(of: organization)
                .filter { $0.holder == .partner && $0.fingerprint != pinned.fingerprint }
            let first = try transaction.session.trustedKey(pinned.fingerprint) ?? pinned
            return ([first] + onFile)
                .filter { $0.usage == .signing && $0.isUsable(at: transaction.now) }
        }
    }
}

extension CaseTransaction {
    /// PEM of the certificates that bundles for this organisation are sealed to now: those on
    /// file for it, else its channel's.
    ///
    /// The channel's counts only where no key of its was ever on file: what became of those says
    /// more. Where a successor was revoked, what it took over from must not come back.
    func recipientCertificates(of organization: OrganizationID) throws -> [String] {
        let keys = try session.trustedKeys(of: organization).filter { $0.usage == .encryption }
        guard keys.isEmpty else {
            return keys.filter { $0.state == .current && $0.isUsable(at: now) }
                .map(\.certificatePEM)
        }
        return try session.channel(of: organization).map { [$0.certificatePEM] } ?? []
    }

    func usableSigners(of organization: OrganizationID) throws -> Set<String> {
        let keys = try session.trustedKeys(of: organization).filter {
            $0.usage == .signing && $0.isUsable(at: now)
        }
        return Set(keys.map(\.fingerprint))
    }

    /// Fingerprints of keys of these organisations that must not be used, whatever lies in a
    /// folder.
    func revokedKeys(of organizations: [OrganizationID]) throws -> Set<String> {
        let keys = try organizations.flatMap { try session.trustedKeys(of: $0) }
        let gone = keys.filter { key in
            switch key.state {
            case .revoked, .destroyed: true
            case .current, .retired: false
            }
        }
        return Set(gone.map(\.fingerprint))
    }

    /// Notes on whose word a bundle was taken; `believe` comes first, in the same transaction.
    func noteAccepted(_ bundle: AcceptedBundle) throws {
        try session.append(bundle)
        try audit(
            .system,
            "bundle.accept",
            subject: bundle.bundle,
            detail: "\(bundle.digest) signed by \(bundle.signer)"
        )
    }

    /// Throws `BundleRefusal.keyNotTrusted` where nothing is to be taken on the word of this key.
    ///
    /// One that comes for the first time goes on file: the operator pinned its certificate.
    func believe(_ signer: TrustedKey) throws {
        guard let known = try session.trustedKey(signer.fingerprint) else {
            guard signer.usage == .signing, signer.isUsable(at: now) else {
                throw BundleRefusal.keyNotTrusted
            }
            try session.save(signer)
            try audit(.system, "key.trust", subject: signer.fingerprint, detail: "pinned")
            return
        }
        guard known.usage == .signing, known.isUsable(at: now) else {
            throw BundleRefusal.keyNotTrusted
        }
    }
}
