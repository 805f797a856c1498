package import RecordExchange
import StudentRecords
package import Vocabulary

/// A mailbox that claims to be a school's records office, for whoever decides.
package struct OfficeClaim: Hashable, Sendable {
    package let contact: Contact
    package let school: School
    /// The address ends as others of the office or its district do.
    package let isAtKnownDomain: Bool
    /// How many mailboxes the school has now.
    package let contacts: Int
}

extension Desk {
    /// The most claims on one school that wait at a time: whoever makes more is not heard.
    static let mostClaims = 5
    /// The most claims of one state that are shown at once.
    static let mostClaimsShown = 200

    /// Somebody says that a mailbox is a school's records office.
    ///
    /// A link and a code go to the address; once they were used, the district or the state contact
    /// decides. Until then nothing is mailed there and nothing changes. The answer is the same
    /// whoever is on the list and however often it is said: one mail a day to one address.
    package func claimOffice(
        _ school: SchoolID,
        name: String,
        title: String,
        email: EmailAddress,
        phone: String?,
        language: Language
    ) async throws {
        // They are written into mails of ours, so no lines of their own stand in them.
        guard name.utf8.contains(where: { $0 > 32 }), ![name, title].contains(where: \.hasControl)
        else { throw CaseworkFailure.nameMissing }
        guard
            [name, title, phone ?? ""].allSatisfy({ $0.utf8.count <= ContactDraft.longestField })
        else { throw CaseworkFailure.tooLong }
        try await write { transaction in
            let place = try transaction.school(school)
            // The records of a closed school are somebody else's.
            guard place.custodian == nil else { throw CaseworkFailure.schoolUnknown }
            let organization = OrganizationID.school(school)
            let waiting = try transaction.session.claims(on: organization)
                .filter(transaction.isFresh)
            guard !waiting.contains(where: { $0.email == email }), waiting.count < Self.mostClaims
            else { return }
            var contact = Contact(
                id: transaction.secrets.makeIdentifier(),
                organization: organization,
                role: .recordsOffice,
                name: name,
                title: title,
                email: email,
                phone: phone,
                language: language
            )
            contact.claim = Contact.Claim(state: place.state, askedAt: transaction.now)
            // In no list and on no rung until somebody who knows agrees.
            contact.endedOn = try transaction.today(of: organization)
            try transaction.question(&contact, .claim)
            try transaction.audit(
                .system,
                "contact.claim",
                subject: organization,
                detail: contact.id.description
            )
        }
    }

    /// Claims that wait for the reader: of a district's schools, or of a state's.
    package func officeClaims(by actor: Actor) async throws -> [OfficeClaim] {
        try await read { transaction in
            var states = Set(actor.watchedStates)
            for case .district(let id) in actor.organizations(as: [.district]) {
                if let state = try transaction.session.district(id)?.state { states.insert(state) }
            }
            guard !states.isEmpty else { throw CaseworkFailure.notAllowed }
            return try states.sorted { $0.description < $1.description }.flatMap { state in
                try transaction.officeClaims(in: state, decidedBy: actor)
            }
        }
    }

    /// The mailbox is the school's records office from now on; what waits is mailed to it.
    ///
    /// Whoever is on the list stays there and hears of it. Throws `notFound` where it was decided
    /// on already or is not the reader's to decide, `notAllowed` where it is the reader's own.
    package func approveClaim(_ id: Contact.ID, by actor: Actor) async throws {
        try await write { transaction in
            var contact = try transaction.claimed(id, decidedBy: actor)
            contact.claim = nil
            let listed = try transaction.session.contacts(of: contact.organization)
            if var known = listed.first(where: {
                $0.role == contact.role && $0.email.isSame(as: contact.email)
            }) {
                // It was right all along, or bounced once.
                let wasUsable = known.isUsable
                try transaction.confirm(&known)
                try transaction.session.save(known)
                try transaction.session.save(contact)
                if !wasUsable { try transaction.askAboutWhatWaits(known) }
            } else {
                guard listed.count < ContactDraft.mostOfAnOffice else {
                    throw CaseworkFailure.tooLong
                }
                contact.endedOn = nil
                try transaction.confirm(&contact)
                try transaction.session.save(contact)
                try transaction.tellOthers(of: contact, .added, by: actor)
                try transaction.askAboutWhatWaits(contact)
            }
            try transaction.audit(.staff(actor.id), "contact.claimApprove", subject: contact.id)
        }
    }

    /// The claim is forgotten; the mailbox was never asked for anything.
    package func declineClaim(_ id: Contact.ID, by actor: Actor) async throws {
        try await write { transaction in
            var contact = try transaction.claimed(id, decidedBy: actor)
            contact.claim = nil
            try transaction.session.save(contact)
            try transaction.audit(.staff(actor.id), "contact.claimDecline", subject: contact.id)
        }
    }

    /// Forgets claims whose link opens no more and whose owner never typed the code: anybody can
    /// type anybody's name and address.
    ///
    /// - Returns: how many.
    @discardableResult
    package func forgetUnconfirmedClaims() async throws -> Int {
        try await write { transaction in
            let count = try transaction.session.forgetUnconfirmedClaims(
                askedBefore: transaction.now.advanced(bySeconds: -Self.daysOfQuestion * 86_400)
            )
            if count > 0 {
                try transaction.audit(
                    .system,
                    "contact.claimForget",
                    subject: "contacts",
                    detail: "\(count)"
                )
            }
            return count
        }
    }
}

extension CaseTransaction {
    /// Whoever reads the mailbox typed the code: whoever decides is told.
    ///
    /// Throws `notPossibleNow` where as many wait already as may; the code is good for later.
    func confirmClaim(_ contact: inout Contact) throws {
        guard case .school(let id) = contact.organization else {
            throw CaseworkFailure.notPossibleNow
        }
        let school = try self.school(id)
        let others = try session.claims(on: contact.organization)
            .filter { $0.id != contact.id }
        let waiting = others.filter { $0.claim?.confirmedOn != nil }
        guard waiting.count < Desk.mostClaims else { throw CaseworkFailure.notPossibleNow }
        // A mailbox claims once: what else it was mailed about it opens nothing any more.
        for var other in others where other.email == contact.email {
            other.claim = nil
            other.question = nil
            try session.save(other)
        }
        contact.question = nil
        contact.claim?.confirmedOn = try today(of: contact.organization)
        try session.save(contact)
        try audit(.system, "contact.claimConfirm", subject: contact.id)
        var deciders = try usableContacts(of: .district(school.district), [.district])
        if deciders.isEmpty {
            deciders = try usableContacts(of: .state(school.state), [.stateContact])
        }
        for decider in deciders.prefix(20) where !decider.email.isSame(as: contact.email) {
            try mail(
                .officeClaimed(
                    recipient: decider.name,
                    person: contact.name,
                    title: contact.title,
                    email: contact.email.description,
                    organization: school.name,
                    link: "\(desk.settings.baseAddress)/contacts"
                ),
                to: decider,
                about: nil
            )
        }
    }

    /// Waits for somebody who decides, or was mailed less than a day ago.
    fileprivate func isFresh(_ contact: Contact) -> Bool {
        guard let claim = contact.claim else { return false }
        return claim.confirmedOn != nil || claim.askedAt.seconds(to: now) < 86_400
    }

    /// Those of a state that the reader decides on, however many of others' stand before them.
    fileprivate func officeClaims(
        in state: StateCode,
        decidedBy actor: Actor
    ) throws -> [OfficeClaim] {
        let limit = Desk.mostClaimsShown
        var found: [OfficeClaim] = []
        var page = try session.confirmedClaims(in: state, after: nil, limit: limit)
        while let last = page.last {
            found += try page.compactMap { try officeClaim($0, decidedBy: actor) }
            if found.count >= limit { break }
            page = try session.confirmedClaims(in: state, after: last.id, limit: limit)
        }
        return Array(found.prefix(limit))
    }

    /// `nil` where somebody else decides.
    fileprivate func officeClaim(
        _ contact: Contact,
        decidedBy actor: Actor
    ) throws -> OfficeClaim? {
        guard contact.claim?.confirmedOn != nil, case .school(let id) = contact.organization,
            let school = try session.school(id),
            actor.holds([.district], at: .district(school.district))
                || actor.holds([.stateContact], at: .state(school.state))
        else { return nil }
        return OfficeClaim(
            contact: contact,
            school: school,
            isAtKnownDomain: try knownDomains(of: contact.organization)
                .contains(contact.email.domain),
            contacts: try session.contacts(of: contact.organization).count
        )
    }

    /// A claim to decide on; nobody decides on their own.
    fileprivate func claimed(_ id: Contact.ID, decidedBy actor: Actor) throws -> Contact {
        guard let contact = try session.contact(id),
            try officeClaim(contact, decidedBy: actor) != nil
        else { throw CaseworkFailure.notFound }
        if let own = try session.account(actor.id)?.email, own.isSame(as: contact.email) {
            throw CaseworkFailure.notAllowed
        }
        return contact
    }
}
