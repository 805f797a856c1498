package import RecordExchange
package import Vocabulary

extension Desk {
    /// Days an invitation works.
    static let invitationDays = 7
    /// Shortest password accepted, in characters (NIST SP 800-63B: length matters, not its kinds).
    package static let shortestPassword = 12

    /// Refuses a password that is too short to be one, or too long to be hashed.
    static func check(newPassword password: String) throws {
        guard password.count >= shortestPassword else { throw CaseworkFailure.passwordTooShort }
        guard password.utf8.count <= 1_024 else { throw CaseworkFailure.tooLong }
    }

    /// Invites a person by mail.
    ///
    /// Administrators invite anybody; a district its schools' staff.
    package func invite(
        email: EmailAddress,
        name: String,
        title: String,
        membership: StaffAccount.Membership,
        language: Language,
        by actor: Actor
    ) async throws {
        try await write { transaction in
            guard try transaction.mayAdmit(actor, to: membership) else {
                throw CaseworkFailure.notAllowed
            }
            try transaction.invite(
                email: email,
                name: name,
                title: title,
                membership: membership,
                language: language,
                .staff(actor.id)
            )
        }
    }

    /// Invites a person on behalf of the operator at the command line.
    package func inviteFromOperator(
        email: EmailAddress,
        name: String,
        title: String,
        membership: StaffAccount.Membership,
        language: Language
    ) async throws {
        try await write { transaction in
            try transaction.invite(
                email: email,
                name: name,
                title: title,
                membership: membership,
                language: language,
                .system
            )
        }
    }

    /// Whom an invitation is for; `nil` where it was used or is too old.
    package func invitation(token: String) async throws -> StaffAccount? {
        try await read { try $0.account(mailed: token, .invited) }
    }

    /// Sets the password of somebody who was invited; the invitation dies.
    package func acceptInvitation(token: String, password: String) async throws -> StaffID {
        try Self.check(newPassword: password)
        // Hashing takes long on purpose, so it stays outside the transaction.
        let hash = try await passwords.hash(password)
        return try await write { transaction in
            guard var account = try transaction.account(mailed: token, .invited) else {
                throw CaseworkFailure.invitationInvalid
            }
            account.passwordHash = hash
            account.status = .active
            account.invitationDigest = nil
            account.invitationExpires = nil
            try transaction.session.save(account)
            try transaction.audit(.staff(account.id), "account.activate", subject: account.id)
            return account.id
        }
    }

    /// Somebody asks for an account at a school: the district decides, or an administrator.
    ///
    /// The answer is the same whether or not the address is known.
    package func requestAccount(
        email: EmailAddress,
        name: String,
        title: String,
        role: StaffRole,
        school: SchoolID,
        language: Language
    ) async throws {
        guard name.utf8.contains(where: { $0 > 32 }) else { throw CaseworkFailure.nameMissing }
        guard role == .registrar || role == .counselor || role == .recordsClerk else {
            throw CaseworkFailure.notAllowed
        }
        try await write { transaction in
            let place = try transaction.school(school)
            let known = try transaction.session.account(email: email)
            guard known?.wasDeclined ?? true else { return }
            let account = StaffAccount(
                id: known?.id ?? transaction.secrets.makeIdentifier(),
                email: email,
                name: name,
                title: title,
                language: language,
                memberships: [.init(role: role, organization: .school(school))],
                status: .requested,
                createdAt: transaction.now
            )
            try transaction.session.save(account)
            try transaction.audit(.system, "account.request", subject: account.id)
            let district = OrganizationID.district(place.district)
            for contact in try transaction.usableContacts(of: district, [.district]) {
                let letter = Letter.accountRequested(
                    recipient: contact.name,
                    person: name,
                    title: title,
                    email: email.description,
                    organization: place.name,
                    role: role,
                    link: "\(transaction.desk.settings.baseAddress)/people"
                )
                try transaction.mail(letter, to: contact, about: nil)
            }
        }
    }

    /// Accounts the person may see: those they may admit.
    package func people(by actor: Actor) async throws -> [StaffAccount] {
        try await read { transaction in
            try transaction.session.allAccounts().filter { account in
                try account.memberships.contains { try transaction.mayAdmit(actor, to: $0) }
            }
        }
    }

    /// Approves somebody who asked: an invitation goes to the address they gave.
    package func approveAccount(_ id: StaffID, by actor: Actor) async throws {
        try await write { transaction in
            guard var account = try transaction.session.account(id),
                account.status == .requested,
                try account.memberships.allSatisfy({ try transaction.mayAdmit(actor, to: $0) })
            else { throw CaseworkFailure.notFound }
            try transaction.sendInvitation(to: &account, .staff(actor.id))
        }
    }

    /// Turns down somebody who asked; they may ask again.
    package func declineAccount(_ id: StaffID, by actor: Actor) async throws {
        try await write { transaction in
            guard var account = try transaction.session.account(id),
                account.status == .requested,
                try account.memberships.allSatisfy({ try transaction.mayAdmit(actor, to: $0) })
            else { throw CaseworkFailure.notFound }
            account.status = .disabled
            try transaction.session.save(account)
            try transaction.audit(.staff(actor.id), "account.decline", subject: id)
        }
    }

    /// Closes an account; its sessions end with it.
    package func disableAccount(_ id: StaffID, by actor: Actor) async throws {
        try await write { transaction in
            guard var account = try transaction.session.account(id), account.id != actor.id,
                try account.memberships.allSatisfy({ try transaction.mayAdmit(actor, to: $0) })
            else { throw CaseworkFailure.notFound }
            account.status = .disabled
            account.invitationDigest = nil
            try transaction.session.save(account)
            // What the person had of a state's queue is nobody's, and shows there as such.
            let left = try transaction.session.endAssignments(of: id)
            try transaction.audit(
                .staff(actor.id),
                "account.disable",
                subject: id,
                detail: left == 0 ? "" : "assignments ended: \(left)"
            )
        }
    }
}

extension CaseTransaction {
    /// Administrators admit anybody; a district's staff the staff of its schools.
    func mayAdmit(_ actor: Actor, to membership: StaffAccount.Membership) throws -> Bool {
        guard membership.isSound else { return false }
        if actor.holds([.administrator], at: .gateway) { return true }
        guard case .school(let id) = membership.organization, let school = try session.school(id)
        else { return false }
        return actor.holds([.district], at: .district(school.district))
    }

    fileprivate func invite(
        email: EmailAddress,
        name: String,
        title: String,
        membership: StaffAccount.Membership,
        language: Language,
        _ hand: Hand
    ) throws {
        guard name.utf8.contains(where: { $0 > 32 }) else { throw CaseworkFailure.nameMissing }
        guard membership.isSound else { throw CaseworkFailure.notAllowed }
        if var known = try session.account(email: email) {
            // Anybody can ask for an account under any address: that must not keep its owner out.
            if known.status == .requested {
                known.name = name
                known.title = title
                known.language = language
                known.memberships = [membership]
                try sendInvitation(to: &known, hand)
                return
            }
            // An invitation that was lost or is too old is sent again; nothing else of it changes.
            guard known.status == .invited, known.memberships == [membership] else {
                throw CaseworkFailure.alreadyThere
            }
            try sendInvitation(to: &known, hand)
            return
        }
        var account = StaffAccount(
            id: secrets.makeIdentifier(),
            email: email,
            name: name,
            title: title,
            language: language,
            memberships: [membership],
            status: .invited,
            createdAt: now
        )
        try sendInvitation(to: &account, hand)
    }

    fileprivate func sendInvitation(to account: inout StaffAccount, _ hand: Hand) throws {
        let token = AnswerLink.makeToken(from: secrets)
        account.status = .invited
        account.invitationDigest = AnswerLink.digest(token: token, with: secrets)
        let expires = now.advanced(bySeconds: Int64(Desk.invitationDays) * 86_400)
        account.invitationExpires = expires
        try session.save(account)
        guard let membership = account.memberships.first else { return }
        try mail(
            .invitation(
                person: account.name,
                organization: try name(of: membership.organization),
                role: membership.role,
                link: "\(desk.settings.baseAddress)/invitation/\(token)",
                expires: CivilDate(
                    dayNumber: Int(expires.millisecondsSince1970 / 86_400_000)
                )
            ),
            to: account,
            about: nil
        )
        try audit(hand, "account.invite", subject: account.id)
    }

    /// Whose account a mailed link opens while it stands so; `nil` where the link was used or is
    /// too old.
    func account(mailed token: String, _ status: StaffAccount.Status) throws -> StaffAccount? {
        let digest = AnswerLink.digest(token: token, with: secrets)
        guard let account = try session.account(invitationDigest: digest),
            account.status == status, let expires = account.invitationExpires, now < expires
        else { return nil }
        return account
    }
}

extension StaffAccount {
    /// Asked for and turned down: nobody ever signed in with it.
    fileprivate var wasDeclined: Bool { status == .disabled && passwordHash == nil }
}
