package import RecordExchange
package import Vocabulary

/// What a right password leads to.
package enum SignInStep: Hashable, Sendable {
    /// The person types the code of their app.
    case secondFactor(StaffID)
    /// The person has no app yet and sets one up now.
    case setUpSecondFactor(StaffID)
    /// Unknown address, wrong password and disabled account look the same.
    case refused
}

/// What a person needs to set up an authenticator app.
package struct SecondFactorSetup: Hashable, Sendable {
    /// Base 32, for typing into the app.
    package let secretText: Redacted<String>
    /// `otpauth:` address for a QR code or a link.
    package let address: Redacted<String>
}

extension Desk {
    /// Judges address and password; takes as long for an unknown address as for a known one.
    package func signIn(email: String, password: String) async throws -> SignInStep {
        let address = try? EmailAddress(parsing: email.lowercased())
        let account = try await read { transaction in
            try address.flatMap { try transaction.session.account(email: $0) }
        }
        let isRight = await passwords.verify(
            password,
            against: account?.passwordHash ?? passwords.decoy
        )
        guard isRight, let account, account.status == .active, account.passwordHash != nil else {
            return .refused
        }
        return account.oneTimeConfirmed
            ? .secondFactor(account.id) : .setUpSecondFactor(account.id)
    }

    /// The secret of somebody who has none confirmed yet; a new one each time it is asked for.
    package func beginSecondFactor(_ id: StaffID) async throws -> SecondFactorSetup {
        try await write { transaction in
            guard var account = try transaction.session.account(id), account.status == .active,
                !account.oneTimeConfirmed
            else { throw CaseworkFailure.notAllowed }
            let secret = account.oneTimeSecret ?? transaction.desk.oneTimeCodes.makeSecret()
            account.oneTimeSecret = secret
            try transaction.session.save(account)
            let text = transaction.desk.oneTimeCodes.text(of: secret)
            let address = "otpauth://totp/Mochila:\(account.email)?secret=\(text)&issuer=Mochila"
            return SecondFactorSetup(secretText: Redacted(text), address: Redacted(address))
        }
    }

    /// Judges a code of the app.
    ///
    /// The same code never works twice. `browser` is what the person's browser keeps: a sign-in
    /// with one that is not known is told of by mail.
    package func passSecondFactor(
        _ id: StaffID,
        code: String,
        browser: SHA256Digest? = nil
    ) async throws -> Bool {
        let instant = oneTimeCodes.now()
        return try await write { transaction in
            guard var account = try transaction.session.account(id), account.status == .active,
                let secret = account.oneTimeSecret
            else { return false }
            let typed = String(decoding: code.utf8.filter { $0 != 32 }, as: UTF8.self)
            guard
                let step = transaction.desk.oneTimeCodes.step(
                    of: typed,
                    secret: secret,
                    at: instant
                ), step > account.lastOneTimeStep
            else {
                try transaction.audit(.staff(id), "signIn.wrongCode", subject: id)
                return false
            }
            account.lastOneTimeStep = step
            account.oneTimeConfirmed = true
            if let browser { try transaction.noteBrowser(browser, of: &account) }
            try transaction.session.save(account)
            try transaction.audit(.staff(id), "signIn", subject: id)
            return true
        }
    }

    /// The person behind a session; `nil` where the account is no longer active.
    package func actor(_ id: StaffID) async throws -> (actor: Actor, account: StaffAccount)? {
        try await read { transaction in
            guard let account = try transaction.session.account(id), account.status == .active
            else { return nil }
            return (Actor(account), account)
        }
    }
}
