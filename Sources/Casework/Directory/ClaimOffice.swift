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
    /// How many claim the same school, with those that are not shown.
    package let waiting: Int
}

extension Desk {
    // What bounds claims, and why nothing else does. Anybody can type anybody's address, so claims
    // that nobody confirmed are not counted against a school: five invented ones a day would keep
    // its own from being heard, and whoever wants to fill mailboxes takes another school each time.
    // The mails are bounded by where they come from and where they go: a network address, and a
    // mailbox, once a day for each school (`TryLimits.claim`). A typed code costs a mailbox that
    // somebody reads. A domain of one's own has any number of those, but none at the school's, so
    // only strangers' are counted, and whoever claims from the office's domain or its district's is
    // always heard. Whoever decides sees those first, and has one mail a day about a school.

    /// The most confirmed claims on one school from domains that are not its own or its district's.
    static let mostStrangers = 50
    /// The most claims on one school that are shown at once; the others move up.
    static let mostOfSchoolShown = 5
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
            let isKnown = try transaction.session.claims(on: organization)
                .contains { $0.email == email && transaction.isFresh($0) }
            if isKnown { return }
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
    ///
    /// A school's stand together, those at a domain of its own first; the school that waits longest
    /// comes first.
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
    /// Whoever is on the list stays there and hears of it, and so does whoever claimed. Throws `notFound` where it was decided
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
            try transaction.mailDecision(true, on: contact)
            try transaction.audit(.staff(actor.id), "contact.claimApprove", subject: contact.id)
        }
    }

    /// The claim is forgotten; the mailbox was never asked for anything, and hears what else to do.
    package func declineClaim(_ id: Contact.ID, by actor: Actor) async throws {
        try await write { transaction in
            var contact = try transaction.claimed(id, decidedBy: actor)
            contact.claim = nil
            try transaction.session.save(contact)
            try transaction.mailDecision(false, on: contact)
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
    /// Throws `notPossibleNow` where as many strangers wait as may; the code is good for later.
    func confirmClaim(_ contact: inout Contact) throws {
        guard case .school(let id) = contact.organization else {
            throw CaseworkFailure.notPossibleNow
        }
        let school = try self.school(id)
        let others = try session.claims(on: contact.organization)
            .filter { $0.id != contact.id }
        let waiting = others.filter { $0.claim?.confirmedOn != nil }
        let domains = try knownDomains(of: contact.organization)
        let strangers = waiting.count { !domains.contains($0.email.domain) }
        guard domains.contains(contact.email.domain) || strangers < Desk.mostStrangers else {
            throw CaseworkFailure.notPossibleNow
        }
        // A mailbox claims once: what else it was mailed about it opens nothing any more.
        for var other in others where other.email == contact.email {
            other.claim = nil
            other.question = nil
            try session.save(other)
        }
        let today = try today(of: contact.organization)
        contact.question = nil
        contact.claim?.confirmedOn = today
        try session.save(contact)
        try audit(.system, "contact.claimConfirm", subject: contact.id)
        var deciders = try usableContacts(of: .district(school.district), [.district])
        if deciders.isEmpty {
            deciders = try usableContacts(of: .state(school.state), [.stateContact])
        }
        for decider in deciders.prefix(20) where !decider.email.isSame(as: contact.email) {
            // The page shows all of a school's: one mail a day says to look there.
            let isTold = waiting.contains {
                $0.claim?.confirmedOn == today && !decider.email.isSame(as: $0.email)
            }
            if isTold { continue }
            try mail(
                .officeClaimed(
                    recipient: decider.name,
                    organization: school.name,
                    link: "\(desk.settings.baseAddress)/contacts"
                ),
                to: decider,
                about: nil
            )
        }
    }

    /// Tells whoever claimed what was decided; the code proved that the mailbox is theirs.
    fileprivate func mailDecision(_ isApproved: Bool, on contact: Contact) throws {
        guard case .school(let id) = contact.organization else { return }
        let school = try self.school(id)
        var recipient = contact
        // They typed the name.
        recipient.name = school.name
        let path = "/account/ask?organization=\(contact.organization)"
        try mail(
            .claimDecided(
                recipient: recipient.name,
                isApproved: isApproved,
                organization: school.name,
                district: school.districtName,
                link: "\(desk.settings.baseAddress)\(path)"
            ),
            to: recipient,
            about: nil
        )
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
        var waiting: [SchoolID: (school: School, contacts: [Contact])] = [:]
        var others: Set<SchoolID> = []
        var page = try session.confirmedClaims(in: state, after: nil, limit: limit)
        while let last = page.last {
            for contact in page {
                guard case .school(let id) = contact.organization, !others.contains(id) else {
                    continue
                }
                if waiting[id] == nil {
                    guard let school = try session.school(id), actor.decidesOnClaims(of: school)
                    else {
                        others.insert(id)
                        continue
                    }
                    waiting[id] = (school, [])
                }
                waiting[id]?.contacts.append(contact)
            }
            page = try session.confirmedClaims(in: state, after: last.id, limit: limit)
        }
        let sorted = waiting.values.sorted { first, second in
            (first.contacts.since, first.school.id) < (second.contacts.since, second.school.id)
        }
        var found: [OfficeClaim] = []
        for (school, contacts) in sorted where found.count < limit {
            found += try claims(contacts, on: school)
        }
        return found
    }

    private func claims(_ contacts: [Contact], on school: School) throws -> [OfficeClaim] {
        let organization = OrganizationID.school(school.id)
        let domains = try knownDomains(of: organization)
        let listed = try session.contacts(of: organization).count
        func rank(_ contact: Contact) -> Int { domains.contains(contact.email.domain) ? 0 : 1 }
        return contacts.sorted { first, second in
            (rank(first), [first].since, first.id) < (rank(second), [second].since, second.id)
        }.prefix(Desk.mostOfSchoolShown).map { contact in
            OfficeClaim(
                contact: contact,
                school: school,
                isAtKnownDomain: rank(contact) == 0,
                contacts: listed,
                waiting: contacts.count
            )
        }
    }

    /// A claim to decide on; nobody decides on their own.
    fileprivate func claimed(_ id: Contact.ID, decidedBy actor: Actor) throws -> Contact {
        guard let contact = try session.contact(id), contact.claim?.confirmedOn != nil,
            case .school(let school) = contact.organization,
            try session.school(school).map(actor.decidesOnClaims(of:)) == true
        else { throw CaseworkFailure.notFound }
        if let own = try session.account(actor.id)?.email, own.isSame(as: contact.email) {
            throw CaseworkFailure.notAllowed
        }
        return contact
    }
}

extension Actor {
    fileprivate func decidesOnClaims(of school: School) -> Bool {
        holds([.district], at: .district(school.district))
            || holds([.stateContact], at: .state(school.state))
    }
}

extension [Contact] {
    /// The day on which the first of them typed the code.
    fileprivate var since: CivilDate {
        compactMap { $0.claim?.confirmedOn }.min() ?? CivilDate(dayNumber: 0)
    }
}
