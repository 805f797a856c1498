package import RecordExchange
package import Vocabulary

/// A mailbox as somebody typed it.
package struct ContactDraft: Hashable, Sendable {
    package let role: Contact.Role
    package let name: String
    package let title: String
    package let email: EmailAddress
    package let phone: String?
    package let language: Language
    /// Whoever typed it asked the office and was told that it is right.
    package let isChecked: Bool
    /// When a summer contact is there; of any other role it is ignored.
    package let term: Contact.Term?

    package init(
        role: Contact.Role,
        name: String,
        title: String,
        email: EmailAddress,
        phone: String?,
        language: Language,
        isChecked: Bool,
        term: Contact.Term? = nil
    ) {
        self.role = role
        self.name = name
        self.title = title
        self.email = email
        self.phone = phone
        self.language = language
        self.isChecked = isChecked
        self.term = role == .summer ? term : nil
    }

    /// Longest name, title and phone number, in bytes.
    package static let longestField = 200
    /// The most mailboxes of one organisation: each is written to about each child it is asked for.
    package static let mostOfAnOffice = 100
}

extension Desk {
    /// Who may change an organisation's contacts and its calendar: its own people, its district,
    /// its state's contacts and the administrators.
    package func mayKeep(_ organization: OrganizationID, by actor: Actor) async throws -> Bool {
        try await read { try $0.mayKeep(organization, by: actor) }
    }

    /// Today where an organisation is.
    package func today(of organization: OrganizationID) async throws -> CivilDate {
        try await read { try $0.today(of: organization) }
    }

    /// Adds a mailbox, or changes the one with the same address and role.
    ///
    /// Throws `tooLong` where the organisation has as many mailboxes as it may.
    ///
    /// What waits for the office and was read by nobody is mailed to it at once. Everybody else
    /// who stands for the organisation hears of it, since whoever can change an address could
    /// otherwise lead mail away in silence.
    package func keepContact(
        _ draft: ContactDraft,
        of organization: OrganizationID,
        by actor: Actor
    ) async throws {
        try await write { transaction in
            guard try transaction.mayKeep(organization, by: actor) else {
                throw CaseworkFailure.notAllowed
            }
            try transaction.keep(draft, of: organization, by: actor)
        }
    }

    /// Somebody who knows says that a mailbox is still the right one.
    package func confirmContact(
        _ id: Contact.ID,
        of organization: OrganizationID,
        by actor: Actor
    ) async throws {
        try await write { transaction in
            var contact = try transaction.kept(id, of: organization, by: actor)
            let wasUsable = contact.isUsable
            try transaction.confirm(&contact)
            try transaction.session.save(contact)
            try transaction.audit("confirm", contact, by: actor)
            if !wasUsable { try transaction.askAboutWhatWaits(contact) }
        }
    }

    /// A mailbox is asked no more; the links it was sent die.
    package func endContact(
        _ id: Contact.ID,
        of organization: OrganizationID,
        by actor: Actor
    ) async throws {
        try await write { transaction in
            var contact = try transaction.kept(id, of: organization, by: actor)
            try transaction.tellOthers(of: contact, .ended, by: actor)
            contact.endedOn = try transaction.today(of: organization)
            try transaction.session.save(contact)
            for inquiry in try transaction.session.inquiries(
                waitingFor: organization,
                limit: CaseTransaction.mostAskedAtOnce
            ) { try transaction.revokeLinks(of: contact, about: inquiry) }
            try transaction.audit("end", contact, by: actor)
        }
    }
}

extension CaseTransaction {
    /// The most inquiries a new mailbox is written to about at once; the rest come with their
    /// own next step.
    static let mostAskedAtOnce = 200

    func mayKeep(_ organization: OrganizationID, by actor: Actor) throws -> Bool {
        if actor.holds([.administrator], at: .gateway) { return true }
        let state: StateCode?
        switch organization {
        case .school(let id):
            guard let school = try session.school(id) else { return false }
            if actor.holds([.recordsClerk, .registrar], at: organization) { return true }
            if actor.holds([.district], at: .district(school.district)) { return true }
            state = school.state
        case .district(let id):
            if actor.holds([.district], at: organization) { return true }
            state = try session.district(id)?.state
        case .project(let code): state = try session.project(code)?.state
        case .state(let code): state = code
        case .custodian, .gateway: state = nil
        }
        guard let state else { return false }
        return actor.holds([.stateContact], at: .state(state))
    }

    /// Today where an organisation is.
    func today(of organization: OrganizationID) throws -> CivilDate {
        switch organization {
        case .school(let id): today(in: try school(id).state)
        case .district(let id):
            today(in: try found(session.district(id)).state)
        case .project(let code): today(in: try found(session.project(code)).state)
        case .state(let code): today(in: code)
        // Of no one state.
        case .custodian, .gateway: now.dayInGreenwich
        }
    }

    /// See `Desk.keepContact`; `actor`: `nil` for the operator at the machine.
    func keep(
        _ draft: ContactDraft,
        of organization: OrganizationID,
        by actor: Actor?
    ) throws {
        guard draft.name.utf8.contains(where: { $0 > 32 }) else {
            throw CaseworkFailure.nameMissing
        }
        guard
            [draft.name, draft.title, draft.phone ?? ""]
                .allSatisfy({ $0.utf8.count <= ContactDraft.longestField })
        else { throw CaseworkFailure.tooLong }
        guard organization.contactRoles.contains(draft.role) else {
            throw CaseworkFailure.notAllowed
        }
        let (known, contact) = try change(by: draft, of: organization)
        guard contact != known else { return }
        if known == nil, try session.contacts(of: organization).count >= ContactDraft.mostOfAnOffice
        {
            throw CaseworkFailure.tooLong
        }
        try session.save(contact)
        try audit(known == nil ? "add" : "change", contact, by: actor)
        guard known == nil else { return }
        try tellOthers(of: contact, .added, by: actor)
        try askAboutWhatWaits(contact)
    }

    /// The contact of the same address and role, and what the draft makes of it.
    func change(
        by draft: ContactDraft,
        of organization: OrganizationID
    ) throws -> (known: Contact?, contact: Contact) {
        let known = try session.contacts(of: organization)
            .first { $0.role == draft.role && $0.email == draft.email }
        var contact =
            known
            ?? Contact(
                id: secrets.makeIdentifier(),
                organization: organization,
                role: draft.role,
                name: draft.name,
                email: draft.email
            )
        contact.name = draft.name
        contact.title = draft.title
        contact.phone = draft.phone
        contact.language = draft.language
        contact.term = draft.term
        if draft.isChecked { try confirm(&contact) }
        return (known, contact)
    }

    fileprivate func audit(_ what: String, _ contact: Contact, by actor: Actor?) throws {
        try audit(
            actor.map { .staff($0.id) } ?? .operator,
            "contact.\(what)",
            subject: contact.organization,
            detail: "\(contact.role.rawValue) \(contact.id)"
        )
    }

    /// Whatever a mailbox was sent about an inquiry opens it no more, nor does what it passed on.
    func revokeLinks(of contact: Contact, about inquiry: Inquiry) throws {
        for var link in try session.links(of: inquiry.id)
        where [link.contact, link.passedBy].contains(contact.id) && link.revokedAt == nil {
            link.revokedAt = now
            try session.save(link)
        }
    }

    private func found<Thing>(_ thing: Thing?) throws -> Thing {
        guard let thing else { throw CaseworkFailure.notFound }
        return thing
    }

    fileprivate func kept(
        _ id: Contact.ID,
        of organization: OrganizationID,
        by actor: Actor
    ) throws -> Contact {
        guard try mayKeep(organization, by: actor) else { throw CaseworkFailure.notAllowed }
        guard let contact = try session.contact(id), contact.organization == organization,
            contact.endedOn == nil
        else { throw CaseworkFailure.notPossibleNow }
        return contact
    }

    /// What bounced before was mended, as far as somebody who asked knows.
    func confirm(_ contact: inout Contact) throws {
        contact.confirmedOn = try today(of: contact.organization)
        contact.bouncedOn = nil
    }

    /// Mails a mailbox that was not there, or did not work, about everything that waits for its
    /// office and was opened by nobody.
    ///
    /// A state's contact has the day's digest of what waits in its queue.
    func askAboutWhatWaits(_ contact: Contact) throws {
        if contact.role == .stateContact, case .state(let state) = contact.organization {
            let day = WorkingDays.day(1, after: today(in: state))
            try enqueueDigest(for: contact, in: state, on: day)
        }
        for inquiry in try session.inquiries(
            waitingFor: contact.organization,
            limit: Self.mostAskedAtOnce
        )
        where inquiry.openedAt == nil && isTurn(of: contact.role, in: inquiry.clock)
            && contact.isThere(on: today(in: inquiry.holderState))
        {
            try ask(contact, about: inquiry, of: try request(inquiry.request), Letter.ask)
        }
    }

    private func isTurn(of role: Contact.Role, in clock: InquiryClock) -> Bool {
        switch role {
        case .recordsOffice: clock.column == .inSession
        case .backup: clock.done.contains(.askBackup)
        case .summer: clock.column == .closed
        // They watch many schools, and hear of each by its own clock.
        case .district, .project, .stateContact, .colleague: false
        }
    }

    func tellOthers(
        of contact: Contact,
        _ change: Letter.ContactChange,
        by actor: Actor?
    ) throws {
        var others = try session.contacts(of: contact.organization)
        if case .school(let id) = contact.organization {
            others += try usableContacts(of: .district(try school(id).district), [.district])
        }
        let organization = try name(of: contact.organization)
        let link = "\(desk.settings.baseAddress)/contacts"
        var told: Set<EmailAddress> = []
        for other in others.prefix(20)
        where other.isUsable && (change == .ended || other.email != contact.email)
            && told.insert(other.email).inserted
        {
            try mail(
                .contactChanged(
                    recipient: other.name,
                    change: change,
                    organization: organization,
                    role: contact.role,
                    person: contact.name,
                    by: actor?.name ?? desk.settings.mailFromName,
                    link: link
                ),
                to: other,
                about: nil
            )
        }
    }
}
