package import RecordExchange
import Vocabulary

/// Choosing a new password by mail; the authenticator app stays what it is.
extension Desk {
    /// Seconds a recovery's link works.
    package static let recoveryTime: Int64 = 3_600
    /// Seconds until another one is mailed: nobody can fill somebody's mailbox.
    static let recoveryPause: Int64 = 300

    /// Mails a link with which the person chooses a new password.
    ///
    /// The same whether or not the address is known; nothing of the account changes by it.
    package func askForRecovery(email: String) async throws {
        guard let address = try? EmailAddress(parsing: email.lowercased()) else { return }
        try await write { transaction in
            guard var account = try transaction.session.account(email: address),
                account.status == .active, account.passwordHash != nil
            else { return }
            let expires = transaction.now.advanced(bySeconds: Self.recoveryTime)
            if let last = account.invitationExpires,
                last.advanced(bySeconds: Self.recoveryPause) > expires
            {
                return
            }
            let token = AnswerLink.makeToken(from: transaction.secrets)
            account.invitationDigest = AnswerLink.digest(token: token, with: transaction.secrets)
            account.invitationExpires = expires
            try transaction.session.save(account)
            let link = "\(transaction.desk.settings.baseAddress)/account/recover/\(token)"
            try transaction.mail(
                .account(person: account.name, .recovery, link: link),
                to: account,
                about: nil
            )
            try transaction.audit(.system, "account.recoveryAsked", subject: account.id)
        }
    }

    /// Whose password the link changes; `nil` where it was used or is too old.
    package func recovery(token: String) async throws -> StaffAccount? {
        try await read { try $0.account(mailed: token, .active) }
    }

    /// Sets a new password; the link dies.
    ///
    /// Whoever calls this ends the account's sessions.
    package func recover(token: String, password: String) async throws -> StaffID {
        try Self.check(newPassword: password)
        // Whoever has no link that works costs no hashing.
        guard try await recovery(token: token) != nil else {
            throw CaseworkFailure.invitationInvalid
        }
        let hash = try await passwords.hash(password)
        return try await write { transaction in
            guard var account = try transaction.account(mailed: token, .active) else {
                throw CaseworkFailure.invitationInvalid
            }
            account.passwordHash = hash
            account.invitationDigest = nil
            account.invitationExpires = nil
            try transaction.session.save(account)
            try transaction.mail(
                .account(person: account.name, .passwordChanged, link: transaction.recoveryPage),
                to: account,
                about: nil
            )
            try transaction.audit(.staff(account.id), "account.recover", subject: account.id)
            return account.id
        }
    }
}

extension CaseTransaction {
    /// Where somebody chooses a new password.
    var recoveryPage: String { "\(desk.settings.baseAddress)/account/recover" }

    /// Remembers a browser that somebody signed in with, and says so by mail where it is a new
    /// one; the first of an account is news to nobody.
    func noteBrowser(_ browser: SHA256Digest, of account: inout StaffAccount) throws {
        let digest = browser.description
        var known = account.knownBrowsers ?? []
        guard !known.contains(digest) else { return }
        known.append(digest)
        let isFirst = account.knownBrowsers == nil
        account.knownBrowsers = Array(known.suffix(StaffAccount.mostBrowsers))
        guard !isFirst else { return }
        try mail(
            .account(person: account.name, .newSignIn, link: recoveryPage),
            to: account,
            about: nil
        )
        try audit(.staff(account.id), "signIn.newBrowser", subject: account.id)
    }
}
