package import RecordExchange
package import StudentRecords
package import Vocabulary

/// Parts that whoever was asked has not, and who at the same office has them.
package struct PartsPassedOn: Hashable, Sendable {
    package let parts: [RecordPart]
    package let name: String
    package let email: EmailAddress

    package init(parts: [RecordPart], name: String, email: EmailAddress) {
        self.parts = parts
        self.name = name
        self.email = email
    }
}

/// What a colleague is asked for, and which mailbox passed it on; `nil` where staff did.
struct Errand: Hashable, Sendable {
    let parts: [RecordPart]
    let passedBy: Contact.ID?
}

extension Desk {
    /// Colleagues to whom parts of one inquiry can be passed on.
    package static let mostColleagues = 4

    /// Passes parts of an inquiry on to a colleague, who gets a link for them and nothing else.
    ///
    /// The inquiry stays its office's: the ladder goes on, and the colleague is reminded with it.
    package func passOn(
        _ parts: PartsPassedOn,
        of inquiry: Inquiry.ID,
        by answerer: Answerer
    ) async throws {
        try await write { transaction in
            let (inquiry, request) = try transaction.begun(inquiry, by: answerer)
            guard inquiry.isLive else { throw CaseworkFailure.notPossibleNow }
            try transaction.session.save(inquiry)
            try transaction.passOn(parts, about: inquiry, of: request, by: answerer)
        }
    }
}

/// Domains under which anybody can have an address, so that sharing one says nothing.
let domainsOfAnybody: Set<String> = [
    "aol.com", "att.net", "comcast.net", "gmail.com", "gmx.com", "gmx.net", "googlemail.com",
    "hotmail.com", "icloud.com", "live.com", "mail.com", "me.com", "msn.com", "outlook.com",
    "outlook.es", "proton.me", "protonmail.com", "sbcglobal.net", "verizon.net", "yahoo.com",
    "yahoo.es", "ymail.com", "zoho.com", "bellsouth.net", "centurylink.net", "charter.net",
    "cox.net", "earthlink.net", "fastmail.com", "frontier.com", "hey.com", "hotmail.es",
    "live.com.mx", "mac.com", "optonline.net", "pm.me", "prodigy.net.mx", "rocketmail.com",
    "roadrunner.com", "rr.com", "tuta.com", "tutanota.com", "windstream.net", "yahoo.com.mx",
]

extension CaseTransaction {
    /// What a colleague's address ends in: the domains of the holder's records office and of its
    /// district, in order.
    ///
    /// Whoever holds a link is not known to us, so they cannot have a child's request sent to any
    /// address there is.
    func colleagueDomains(of inquiry: Inquiry) throws -> [String] {
        var contacts = try usableContacts(of: inquiry.holder, [.recordsOffice])
        if case .school = inquiry.holder {
            let district = try school(inquiry.school).district
            contacts += try usableContacts(of: .district(district), [.district])
        }
        return Set(contacts.map(\.email.domain)).subtracting(domainsOfAnybody).sorted()
    }

    /// Asks a colleague for parts of an inquiry.
    func passOn(
        _ passed: PartsPassedOn,
        about inquiry: Inquiry,
        of request: RecordRequest,
        by answerer: Answerer
    ) throws {
        guard passed.name.utf8.contains(where: { $0 > 32 }) else {
            throw CaseworkFailure.nameMissing
        }
        guard passed.name.utf8.count <= RequestDraft.longestMessage else {
            throw CaseworkFailure.tooLong
        }
        guard try parts(of: answerer, inquiry) == nil, request.isOpen else {
            throw CaseworkFailure.notAllowed
        }
        guard !passed.parts.isEmpty, Set(passed.parts).isSubset(of: request.parts) else {
            throw CaseworkFailure.nothingToSend
        }
        guard try colleagueDomains(of: inquiry).contains(passed.email.domain) else {
            throw CaseworkFailure.addressMalformed
        }
        let colleague = try colleague(passed, about: inquiry)
        // So that a link cannot be used to flood somebody's mailbox.
        guard try mayMail(colleague, about: inquiry, everySeconds: 60),
            try linksSent(to: colleague, about: inquiry, inSeconds: 86_400) < AnswerLink.mostADay
        else { throw CaseworkFailure.notPossibleNow }
        let earlier = try errand(of: colleague, about: inquiry)?.parts ?? []
        let errand = Errand(
            parts: request.parts.filter { earlier.contains($0) || passed.parts.contains($0) },
            passedBy: try contact(of: answerer, inquiry: inquiry)?.id
        )
        let sender = try name(of: answerer, inquiry)
        try ask(colleague, about: inquiry, of: request, for: errand) { .passedOn($0, by: sender) }
        try tell(
            .passedOn(parts: passed.parts, organization: inquiry.holder),
            of: request.id,
            inquiry: inquiry.id
        )
        try audit(
            hand(of: answerer),
            "inquiry.passOn",
            subject: inquiry.id,
            detail: passed.parts.map(\.rawValue).joined(separator: " ")
        )
    }

    /// The parts that `answerer` was passed; `nil` for whoever answers the whole inquiry.
    ///
    /// Of a link that is not known nothing is known to be theirs.
    func parts(of answerer: Answerer, _ inquiry: Inquiry) throws -> [RecordPart]? {
        guard case .link(let id, _) = answerer else { return nil }
        guard let link = try session.links(of: inquiry.id).first(where: { $0.id == id }) else {
            return []
        }
        return try parts(of: link)
    }

    /// The same of a link.
    ///
    /// A colleague's is for parts whatever it says itself.
    func parts(of link: AnswerLink) throws -> [RecordPart]? {
        if let parts = link.parts { return parts }
        return try session.contact(link.contact)?.role == .colleague ? [] : nil
    }

    /// What a colleague was asked for and still has; `nil` for every other mailbox.
    ///
    /// A colleague of whom no part is known has none: never the whole inquiry.
    func errand(of contact: Contact, about inquiry: Inquiry) throws -> Errand? {
        guard contact.role == .colleague else { return nil }
        let newest = try session.links(of: inquiry.id)
            .filter { $0.contact == contact.id && $0.revokedAt == nil }
            .max { $0.issuedAt < $1.issuedAt }
        return Errand(parts: newest?.parts ?? [], passedBy: newest?.passedBy)
    }

    /// Whoever was passed a part of the inquiry of which no answer says anything but "to follow".
    func colleaguesStillAsked(about inquiry: Inquiry) throws -> [Contact] {
        try colleagues(about: inquiry).filter { colleague in
            let parts = try errand(of: colleague, about: inquiry)?.parts ?? []
            return try !open(parts, of: inquiry).isEmpty
        }
    }

    /// Nothing was still to come beside an earlier answer, by its inquiry's last word.
    ///
    /// What ended while a part was missing may still lack it: there its sender says whether it does,
    /// but for a colleague, who never speaks of the whole.
    func wasWhole(_ id: RecordBundle.ID, toColleague isColleague: Bool) throws -> Bool {
        guard let earlier = try session.bundle(id) else { return false }
        let status = try inquiry(earlier.inquiry).status
        return status == .sent || isColleague && status == .superseded
    }

    /// With this answer all that was asked for is there, or is said not to be.
    ///
    /// One who was passed a part (`passed`) cannot say so of the whole, nor can one who carries a
    /// copy of what another request was sent: there it is counted. Whoever passes a part on has
    /// said the opposite, and while a colleague has one the office's word is not all.
    func completes(
        _ submission: AnswerSubmission,
        _ inquiry: Inquiry,
        of request: RecordRequest,
        by answerer: Answerer,
        _ passed: [RecordPart]?
    ) throws -> Bool {
        if submission.passingOn != nil {
            guard inquiry.isLive else { throw CaseworkFailure.notPossibleNow }
            return false
        }
        // It was all there before: what comes on top takes nothing of that back.
        if inquiry.status == .sent { return true }
        if case .family = answerer {
            return try submission.isComplete
                && open(owed(request, inquiry), of: inquiry, with: submission.parts).isEmpty
        }
        guard passed == nil else {
            return try open(owed(request, inquiry), of: inquiry, with: submission.parts).isEmpty
        }
        guard submission.isComplete else { return false }
        return try colleagues(about: inquiry).allSatisfy { colleague in
            let parts = try errand(of: colleague, about: inquiry)?.parts ?? []
            return try open(parts, of: inquiry, with: submission.parts).isEmpty
        }
    }

    /// What was asked for, without what the state need not hold yet.
    private func owed(_ request: RecordRequest, _ inquiry: Inquiry) throws -> [RecordPart] {
        let phase = try stateRule(of: inquiry.holderState).phase
        return request.parts.filter { $0.heldFrom <= phase }
    }

    /// Whoever was passed a part of the inquiry and can still be written to.
    private func colleagues(about inquiry: Inquiry) throws -> [Contact] {
        try contactsAsked(about: inquiry).filter { $0.role == .colleague }
    }

    /// Reminds whoever was passed a part and has not answered for it.
    func remindColleagues(about inquiry: Inquiry, of request: RecordRequest) throws {
        for contact in try colleaguesStillAsked(about: inquiry) {
            try ask(contact, about: inquiry, of: request, Letter.remind)
        }
    }

    /// A colleague is not the right person, or their address does not work: the office that passed
    /// the part on has it again, and hears so at once.
    func giveBack(
        from colleague: Contact,
        about inquiry: Inquiry,
        of request: RecordRequest
    ) throws {
        let passedBy = try errand(of: colleague, about: inquiry)?.passedBy
        try revokeLinks(of: colleague, about: inquiry)
        try tell(
            .wrongContact(organization: colleague.organization),
            of: request.id,
            inquiry: inquiry.id
        )
        // A district or a summer contact may have passed it on, where the school has nobody.
        let others = try contactsAsked(about: inquiry).filter { $0.role != .colleague }
        let sender = others.filter { $0.id == passedBy }
        for contact in sender.isEmpty ? others : sender {
            try ask(contact, about: inquiry, of: request, Letter.remind)
        }
    }

    /// Of `parts`, those of which no answer to the inquiry says that they are there, are not on
    /// file or are withheld.
    private func open(
        _ parts: [RecordPart],
        of inquiry: Inquiry,
        with more: [RecordBundle.Part] = []
    ) throws -> [RecordPart] {
        // What was stopped or corrected settles nothing.
        let answers = try session.bundles(of: inquiry.request)
            .filter { $0.inquiry == inquiry.id && $0.withdrawnAt == nil }
        let settled = (answers.flatMap(\.parts) + more).compactMap { part -> RecordPart? in
            if case .toFollow = part.status { nil } else { part.part }
        }
        return parts.filter { !settled.contains($0) }
    }

    private func name(of answerer: Answerer, _ inquiry: Inquiry) throws -> String {
        switch answerer {
        case .link: try contact(of: answerer, inquiry: inquiry)?.name ?? ""
        case .staff(let actor), .stateContact(let actor): actor.name
        case .partner(_, let certification), .family(_, let certification): certification.name
        }
    }

    /// The mailbox of a colleague who has a part of this inquiry already, else a new one.
    private func colleague(_ passed: PartsPassedOn, about inquiry: Inquiry) throws -> Contact {
        let known = try colleagues(about: inquiry)
        if let same = known.first(where: { $0.email == passed.email }) { return same }
        guard known.count < Desk.mostColleagues else { throw CaseworkFailure.notPossibleNow }
        let office = try usableContacts(of: inquiry.holder, [.recordsOffice]).first
        let contact = Contact(
            id: secrets.makeIdentifier(),
            organization: inquiry.holder,
            role: .colleague,
            name: passed.name,
            email: passed.email,
            language: office?.language ?? .english
        )
        try session.save(contact)
        return contact
    }
}
