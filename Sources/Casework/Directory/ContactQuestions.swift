package import RecordExchange
import StudentRecords
package import Vocabulary

/// What the page behind a mailbox's own link shows.
package struct MailboxDoor: Hashable, Sendable {
    package let kind: Contact.Question.Kind
    package let organization: String
    package let role: Contact.Role
    package let name: String
    /// Where the address of somebody else must end.
    package let domains: [String]
}

extension Desk {
    /// Days for which a mailbox's link opens.
    static let daysOfQuestion: Int64 = 30

    /// Mails a mailbox and asks whether it is still the right one (E10).
    ///
    /// At most once a day. Throws `notPossibleNow` where it was asked today or has ended.
    package func askContact(
        _ id: Contact.ID,
        of organization: OrganizationID,
        by actor: Actor
    ) async throws {
        try await write { transaction in
            guard try transaction.mayKeep(organization, by: actor) else {
                throw CaseworkFailure.notAllowed
            }
            guard var contact = try transaction.session.contact(id),
                contact.organization == organization, contact.isListed,
                (contact.question?.askedAt).map({ $0.seconds(to: transaction.now) >= 86_400 })
                    ?? true
            else { throw CaseworkFailure.notPossibleNow }
            try transaction.question(&contact, .stillRight)
            try transaction.audit(.staff(actor.id), "contact.question", subject: contact.id)
        }
    }

    /// What stands behind the link; changes nothing.
    ///
    /// Throws `link` where it is none, was answered, or is too old.
    package func mailboxDoor(token: String) async throws -> MailboxDoor {
        try await read { transaction in
            let (contact, question) = try transaction.asked(token)
            return MailboxDoor(
                kind: question.kind,
                organization: try transaction.name(of: contact.organization),
                role: contact.role,
                name: contact.name,
                domains: try transaction.knownDomains(of: contact.organization)
            )
        }
    }

    /// "Yes, I am": the mailbox is confirmed from today; where it was named by somebody else it
    /// takes that one's place.
    ///
    /// One that claims an office waits from now on for somebody who decides.
    package func confirmMailbox(token: String, code: String) async throws {
        try await answering(token: token, code: code) { transaction, contact in
            if contact.question?.kind == .claim {
                try transaction.confirmClaim(&contact)
                return
            }
            contact.question = nil
            contact.endedOn = nil
            contact.bouncedOn = nil
            contact.confirmedOn = try transaction.today(of: contact.organization)
            let replaced = try contact.replaces.flatMap { try transaction.session.contact($0) }
            contact.replaces = nil
            try transaction.session.save(contact)
            try transaction.audit(.system, "contact.confirm", subject: contact.id, detail: "link")
            guard var before = replaced, before.endedOn == nil else { return }
            try transaction.takePlace(of: &before, by: contact)
        }
    }

    /// "Somebody else is": whoever is named is asked by a mail of their own, and the mailbox stays
    /// until they say yes.
    ///
    /// Throws `addressMalformed` where the address is at no domain of the office or its district:
    /// nobody leads an office's mail away.
    package func nameSuccessor(
        _ name: String,
        at email: EmailAddress,
        token: String,
        code: String
    ) async throws {
        // It is written into a mail of ours, so no lines of their own stand in it.
        guard name.utf8.contains(where: { $0 > 32 }), !name.hasControl else {
            throw CaseworkFailure.nameMissing
        }
        guard name.utf8.count <= ContactDraft.longestField else { throw CaseworkFailure.tooLong }
        try await answering(token: token, code: code) { transaction, contact in
            guard contact.question?.kind == .stillRight else {
                throw CaseworkFailure.notPossibleNow
            }
            guard
                try transaction.knownDomains(of: contact.organization).contains(email.domain),
                email != contact.email
            else { throw CaseworkFailure.addressMalformed }
            contact.question = nil
            try transaction.session.save(contact)
            var next = Contact(
                id: transaction.secrets.makeIdentifier(),
                organization: contact.organization,
                role: contact.role,
                name: name,
                email: email,
                language: contact.language
            )
            next.replaces = contact.id
            // In no list and on no rung until its owner says yes.
            next.endedOn = try transaction.today(of: contact.organization)
            try transaction.question(&next, .takeOver)
            try transaction.audit(
                .system,
                "contact.name",
                subject: contact.id,
                detail: "successor \(next.id)"
            )
        }
    }

    /// Judges the code; a wrong one is counted, and the fifth kills the link.
    private func answering(
        token: String,
        code: String,
        _ body: @escaping @Sendable (CaseTransaction, inout Contact) throws -> Void
    ) async throws {
        let failure = try await write { transaction -> CaseworkFailure? in
            var (contact, question) = try transaction.asked(token)
            let digest = AnswerLink.digest(token: token, code: code, with: transaction.secrets)
            guard digest == question.codeDigest else {
                question.wrongCodes += 1
                contact.question = question
                try transaction.session.save(contact)
                try transaction.audit(.system, "contact.wrongCode", subject: contact.id)
                let left = AnswerLink.codeTries - question.wrongCodes
                return left > 0 ? .wrongCode(triesLeft: left) : .link(.tooManyWrongCodes)
            }
            try body(transaction, &contact)
            return nil
        }
        if let failure { throw failure }
    }
}

extension CaseTransaction {
    /// Saves a mailbox with a question of its own and mails it.
    func question(_ contact: inout Contact, _ kind: Contact.Question.Kind) throws {
        // The identifier finds it, the rest opens it.
        let token = "\(contact.id)\(AnswerLink.makeToken(from: secrets))"
        let code = AnswerLink.makeCode(from: secrets)
        contact.question = Contact.Question(
            kind: kind,
            tokenDigest: AnswerLink.digest(token: token, with: secrets),
            codeDigest: AnswerLink.digest(token: token, code: code, with: secrets),
            askedAt: now
        )
        try session.save(contact)
        var recipient = contact
        // Whoever claims an office typed the name and the address: nobody writes to anybody
        // through us.
        if kind == .claim { recipient.name = try name(of: contact.organization) }
        try mail(
            .confirmContact(
                recipient: recipient.name,
                organization: try name(of: contact.organization),
                role: contact.role,
                takesOver: kind != .stillRight,
                link: "\(desk.settings.baseAddress)/c/\(token)",
                code: code
            ),
            to: recipient,
            about: nil
        )
    }

    fileprivate func asked(_ token: String) throws -> (Contact, Contact.Question) {
        guard let id = Contact.ID(String(token.prefix(26))),
            let contact = try session.contact(id), let question = contact.question,
            question.tokenDigest == AnswerLink.digest(token: token, with: secrets),
            // Whoever was taken off the list does not come back by an old link, nor by somebody
            // whom they named.
            try isStanding(contact, question.kind)
        else { throw CaseworkFailure.link(.unknown) }
        guard question.wrongCodes < AnswerLink.codeTries else {
            throw CaseworkFailure.link(.tooManyWrongCodes)
        }
        guard question.askedAt.seconds(to: now) < Desk.daysOfQuestion * 86_400 else {
            throw CaseworkFailure.link(.expired)
        }
        return (contact, question)
    }

    /// What counts until the question is answered is still there: itself, whose place it takes, or
    /// its claim.
    private func isStanding(_ contact: Contact, _ kind: Contact.Question.Kind) throws -> Bool {
        switch kind {
        case .stillRight: return contact.endedOn == nil
        case .takeOver:
            let before = try contact.replaces.flatMap { try session.contact($0) }
            return before.map { $0.endedOn == nil } ?? false
        case .claim: return contact.claim != nil
        }
    }

    /// The domains of an office's mailboxes and its district's, without those where anybody can
    /// have an address.
    func knownDomains(of organization: OrganizationID) throws -> [String] {
        var contacts = try session.contacts(of: organization)
        if case .school(let id) = organization {
            contacts += try session.contacts(of: .district(try school(id).district))
        }
        return Set(contacts.map(\.email.domain)).subtracting(domainsOfAnybody).sorted()
    }

    fileprivate func takePlace(of before: inout Contact, by contact: Contact) throws {
        // While it still counts: it must hear that it is off the list.
        try tellOthers(of: before, .ended, by: nil)
        before.endedOn = try today(of: before.organization)
        try session.save(before)
        for inquiry in try session.inquiries(
            waitingFor: before.organization,
            limit: Self.mostAskedAtOnce
        ) { try revokeLinks(of: before, about: inquiry) }
        try tellOthers(of: contact, .added, by: nil)
        try askAboutWhatWaits(contact)
    }
}
