package import RecordExchange
package import Vocabulary

extension Desk {
    /// Makes an account for a system: it has no password and can never sign in to the pages.
    package func addSystem(
        email: EmailAddress,
        name: String,
        membership: StaffAccount.Membership
    ) async throws -> StaffID {
        guard name.utf8.contains(where: { $0 > 32 }) else { throw CaseworkFailure.nameMissing }
        guard name.utf8.count <= 200 else { throw CaseworkFailure.tooLong }
        guard membership.isSound else { throw CaseworkFailure.notAllowed }
        return try await write { transaction in
            if case .school(let school) = membership.organization {
                _ = try transaction.school(school)
            }
            guard try transaction.session.account(email: email) == nil else {
                throw CaseworkFailure.alreadyThere
            }
            let account = StaffAccount(
                id: transaction.secrets.makeIdentifier(),
                email: email,
                name: name,
                memberships: [membership],
                status: .active,
                createdAt: transaction.now
            )
            try transaction.session.save(account)
            try transaction.audit(.system, "system.add", subject: account.id)
            return account.id
        }
    }

    /// Makes a key for a system account.
    ///
    /// - Returns: the key's text, which nobody can read again.
    package func issueAccessKey(
        for account: StaffID,
        label: String,
        scopes: Set<AccessKey.Scope>,
        days: Int
    ) async throws -> (key: AccessKey, text: Redacted<String>) {
        try await write { transaction in
            let halves = (0..<2).map { _ in
                transaction.secrets.makeIdentifier(AccessKey.self).description
            }
            let text = AccessKey.prefix + halves.joined()
            let key = try transaction.addAccessKey(
                for: account,
                label: label,
                scopes: scopes,
                days: days,
                digest: transaction.secrets.digest(of: Array(text.utf8)).description
            )
            return (key, Redacted(text))
        }
    }

    /// Ends a key at once.
    package func revokeAccessKey(_ id: AccessKey.ID) async throws {
        try await write { transaction in
            guard var key = try transaction.session.accessKey(id) else {
                throw CaseworkFailure.notFound
            }
            guard key.revokedAt == nil else { return }
            key.revokedAt = transaction.now
            try transaction.session.save(key)
            try transaction.audit(.system, "key.revoke", subject: key.id)
        }
    }

    /// Every system account with its keys, by address.
    package func systems() async throws -> [(account: StaffAccount, keys: [AccessKey])] {
        try await read { transaction in
            try transaction.session.allAccounts()
                .filter { $0.passwordHash == nil && $0.status == .active }
                .map { ($0, try transaction.session.accessKeys(of: $0.id)) }
        }
    }

    /// Who shows this key; `nil` where it is unknown, over or revoked, or the account is disabled.
    package func system(showing text: String) async throws -> SystemCaller? {
        guard text.utf8.count <= 200, text.utf8.starts(with: AccessKey.prefix.utf8) else {
            return nil
        }
        let digest = secrets.digest(of: Array(text.utf8)).description
        return try await read { try $0.system(digest: digest, byCertificate: false) }
    }
}

extension CaseTransaction {
    func addAccessKey(
        for account: StaffID,
        label: String,
        scopes: Set<AccessKey.Scope>,
        days: Int,
        digest: String,
        certificate: AdmittedCertificate? = nil
    ) throws -> AccessKey {
        guard !scopes.isEmpty else { throw CaseworkFailure.reasonMissing }
        guard label.utf8.count <= 100 else { throw CaseworkFailure.tooLong }
        guard (1...AccessKey.longestLife).contains(days) else {
            throw CaseworkFailure.dateImpossible
        }
        guard let owner = try session.account(account), owner.status == .active else {
            throw CaseworkFailure.notFound
        }
        // A person's password and app must not be gone around by a key.
        guard owner.passwordHash == nil else { throw CaseworkFailure.notAllowed }
        let key = AccessKey(
            id: secrets.makeIdentifier(),
            account: account,
            label: label,
            digest: digest,
            certificate: certificate,
            scopes: scopes,
            createdAt: now,
            expiresAt: now.advanced(bySeconds: Int64(days) * 86_400)
        )
        try session.save(key)
        let words = scopes.sorted().map(\.rawValue).joined(separator: " ")
        try audit(
            .system,
            "key.issue",
            subject: key.id,
            detail: certificate.map { "certificate=\($0.fingerprint) \(words)" } ?? words
        )
        return key
    }

    /// `byCertificate`: what was shown; the digest of one kind is never taken for the other's.
    func system(digest: String, byCertificate: Bool) throws -> SystemCaller? {
        guard let key = try session.accessKey(digest: digest),
            (key.certificate != nil) == byCertificate, key.isLive(at: now),
            let account = try session.account(key.account), account.status == .active
        else { return nil }
        return SystemCaller(key: key, actor: Actor(account))
    }
}
