package import RecordExchange
import Vocabulary

/// The one action of a recall: everything in the transaction of whoever says so.
extension CaseTransaction {
    /// Working days after which those who have not said that their copies are destroyed are asked
    /// again, and the state contact is told.
    static let daysToDestroy = 5

    /// Freezes a bundle, asks everybody who took something of it to destroy it, and tells both
    /// districts.
    ///
    /// Nothing of it is given to anybody from here on: what lies in a folder is taken out again,
    /// what is being pushed is broken off, and copies that a family carried elsewhere go the same
    /// way. The inquiry of an open request is opened again; a request that ended stays as it ended.
    /// `isTold`: the sender has its mail already.
    func recall(
        _ found: RecordBundle,
        _ recall: Recall,
        by hand: Hand,
        isTold: Bool = false
    ) throws {
        guard found.recall == nil else { return }
        var bundle = found
        bundle.recall = recall
        bundle.withdrawnAt = bundle.withdrawnAt ?? now
        try session.save(bundle)
        try stopDeliveries(of: bundle)
        try tell(
            .recalled(bundle: bundle.id, side: recall.side, note: recall.note),
            of: bundle.request,
            inquiry: bundle.inquiry,
            person: recall.person
        )
        try audit(hand, "bundle.recall", subject: bundle.id, detail: recall.side.rawValue)
        let isAskedAgain = try reopen(bundle, recall)
        let openings = try openings(of: bundle)
        let request = try request(bundle.request)
        try askToDestroy(bundle, of: request, openings, .destroy)
        if !isTold, !isAskedAgain, recall.side != .holder {
            try tellSender(of: bundle, request, openings)
        }
        try tellDistricts(of: bundle, request, openings)
        let asker = OrganizationID.school(request.requester)
        if !recall.open(among: openings, at: asker).isEmpty { try lookLater(at: bundle, request) }
        for id in bundle.copies ?? [] {
            guard let copy = try session.bundle(id) else { continue }
            try self.recall(copy, recall, by: hand)
        }
    }

    /// What waits to be sent is not sent.
    func stopDeliveries(of bundle: RecordBundle) throws {
        // Nobody can take it any more, so nobody waits for its receipt.
        try forgetMissing(of: bundle.id)
        for var delivery in try session.deliveries(of: bundle.id) {
            switch (delivery.way, delivery.status) {
            case (.sftpPickup, .sent): try delivery.apply(.recall, at: now)
            case (.sftpPush, .waiting), (.sftpPush, .retrying), (.httpsPush, .waiting),
                (.httpsPush, .retrying):
                try delivery.apply(.fail, trouble: Self.whyStopped, at: now)
            default: continue
            }
            try session.save(delivery)
        }
    }

    /// Why a delivery of a bundle that was withdrawn is not made.
    static let whyStopped = "the bundle was withdrawn"

    /// - Returns: whether the holder was asked again, by mail.
    private func reopen(_ bundle: RecordBundle, _ recall: Recall) throws -> Bool {
        let request = try request(bundle.request)
        var inquiry = try inquiry(bundle.inquiry)
        // One that was corrected is missed by nobody: the right records stand in its place.
        guard bundle.replacedBy == nil, request.isOpen,
            inquiry.status == .sent || inquiry.status == .partlySent
        else { return false }
        try move(
            &inquiry,
            .reject,
            by: recall.side.actor,
            Inquiry.Facts(reason: .wrongStudent, note: recall.note)
        )
        try reschedule(inquiry)
        try watchOthers(than: inquiry, of: request)
        guard recall.side != .holder else { return false }
        let office = try contacts(of: inquiry.holder, [.recordsOffice], for: inquiry)
        for contact in office {
            try ask(contact, about: inquiry, of: request, Letter.remind)
        }
        return !office.isEmpty
    }

    // MARK: Mail

    private func letter(
        _ errand: Letter.RecallErrand,
        _ bundle: RecordBundle,
        of request: RecordRequest,
        _ openings: [Opening],
        to recipient: String
    ) -> Letter {
        .recalled(
            number: request.number,
            recipient: recipient,
            errand: errand,
            openings: openings.count,
            link: "\(desk.settings.baseAddress)/requests/\(request.number)/bundles/"
                + "\(bundle.id)/recall"
        )
    }

    /// To everybody of the school that asked who took something and has not said that it is
    /// destroyed; to whoever follows the request, and where a system took it to the registrars,
    /// since a system reads no mail.
    private func askToDestroy(
        _ bundle: RecordBundle,
        of request: RecordRequest,
        _ openings: [Opening],
        _ errand: Letter.RecallErrand
    ) throws {
        let asker = OrganizationID.school(request.requester)
        let open = bundle.recall?.open(among: openings, at: asker) ?? []
        for account in try takers(of: open, request) {
            try mail(
                letter(errand, bundle, of: request, openings, to: account.name),
                to: account,
                about: request
            )
        }
    }

    /// Who of the school that asked is behind these openings, or follows the request.
    ///
    /// A system reads no mail: for what it took its school's registrars stand.
    func takers(of openings: [Opening], _ request: RecordRequest) throws -> [StaffAccount] {
        let asker = OrganizationID.school(request.requester)
        let names = Set(openings.map(\.person))
        let followers = [request.filedBy] + (try session.followers(of: request.id))
        return try session.accounts(at: asker).filter { account in
            guard account.status == .active else { return false }
            let actor = Actor(account)
            let isConcerned =
                names.contains(account.name) || followers.contains(account.id)
                || names.contains("") && actor.holds([.registrar], at: asker)
            return isConcerned && actor.holds(StaffRole.readers, at: asker)
        }
    }

    private func tellSender(
        of bundle: RecordBundle,
        _ request: RecordRequest,
        _ openings: [Opening]
    ) throws {
        for contact in try usableContacts(of: bundle.holder, [.recordsOffice]) {
            try mail(
                letter(.sender, bundle, of: request, openings, to: contact.name),
                to: contact,
                about: request
            )
        }
    }

    /// Both districts; where one has no mailbox its state's contact, so that somebody is told.
    private func tellDistricts(
        of bundle: RecordBundle,
        _ request: RecordRequest,
        _ openings: [Opening]
    ) throws {
        let schools = [
            try school(try inquiry(bundle.inquiry).school), try school(request.requester),
        ]
        var told: Set<Contact.ID> = []
        for school in schools {
            var contacts = try usableContacts(of: .district(school.district), [.district])
            if contacts.isEmpty { contacts = try stateContacts(of: school.state) }
            for contact in contacts where told.insert(contact.id).inserted {
                try mail(
                    letter(.district, bundle, of: request, openings, to: contact.name),
                    to: contact,
                    about: request
                )
            }
        }
    }

    private func stateContacts(of state: StateCode) throws -> [Contact] {
        let contacts = try usableContacts(of: .state(state), [.stateContact])
        if contacts.isEmpty { try tellUnattended(state) }
        return contacts
    }

    // MARK: Later

    private func lookLater(at bundle: RecordBundle, _ request: RecordRequest) throws {
        let state = request.requesterState
        let day = WorkingDays.day(Self.daysToDestroy, after: today(in: state))
        try session.enqueue(
            Effect(
                id: secrets.makeIdentifier(),
                work: .recall(bundle.id),
                due: time.instant(of: day, hour: Self.hourOfDigest, in: state)
            )
        )
    }

    /// Asks again, tells the state contact, and looks again later, until everything is destroyed.
    fileprivate func pursue(_ id: RecordBundle.ID) throws {
        guard let bundle = try session.bundle(id), let recall = bundle.recall else { return }
        let request = try request(bundle.request)
        let openings = try openings(of: bundle)
        let open = recall.open(among: openings, at: .school(request.requester))
        guard !open.isEmpty else { return }
        try askToDestroy(bundle, of: request, openings, .destroyAgain)
        for contact in try stateContacts(of: request.requesterState) {
            try mail(
                letter(.unconfirmed, bundle, of: request, openings, to: contact.name),
                to: contact,
                about: request
            )
        }
        try tell(
            .destructionMissing(bundle: id, copies: open.count),
            of: request.id,
            inquiry: bundle.inquiry
        )
        try audit(.system, "bundle.notDestroyed", subject: id, detail: "\(open.count)")
        try lookLater(at: bundle, request)
    }
}

extension Desk {
    /// Looks whether the copies of a recalled bundle are destroyed; `effect` is the look itself.
    func pursueRecall(_ id: RecordBundle.ID, instead effect: Effect.ID) async throws {
        try await write { transaction in
            guard try transaction.takeUp(effect) else { return }
            try transaction.pursue(id)
        }
    }

    /// Whether what somebody is reading may go on to them.
    ///
    /// What its sender corrected may: see `current`.
    package func isGiven(_ id: RecordBundle.ID) async throws -> Bool {
        try await read { transaction in
            guard let bundle = try transaction.session.bundle(id), bundle.recall == nil else {
                return false
            }
            return bundle.withdrawnAt == nil || bundle.replacedBy != nil
        }
    }

    /// Which of these pushes that are under way are of bundles that were withdrawn since.
    func stopped(_ deliveries: [Delivery.ID]) async throws -> Set<Delivery.ID> {
        guard !deliveries.isEmpty else { return [] }
        return try await read { transaction in
            Set(
                try deliveries.filter { id in
                    guard let delivery = try transaction.session.delivery(id) else { return true }
                    return try transaction.session.bundle(delivery.bundle)?.withdrawnAt != nil
                }
            )
        }
    }
}

extension Recall.Side {
    fileprivate var actor: InquiryLifecycle.Actor {
        switch self {
        case .requester: .requester
        case .holder: .holder
        case .stateContact: .stateContact
        }
    }
}
