import RecordExchange
import Vocabulary

/// Climbing the ladder: what each rung does, and when the next one is due.
extension CaseTransaction {
    /// The hour, in the holder's zone, at which a rung that is due on a day is climbed.
    ///
    /// Before the digest goes out at seven, so that the digest holds the day's news.
    static let hourOfLadder = 6
    static let hourOfDigest = 7

    /// Climbs every rung that is due, saves the inquiry and sets its next timer.
    func climb(_ inquiry: inout Inquiry, for request: RecordRequest) throws {
        let school = try school(inquiry.school)
        let calendar = try calendar(of: school)
        let policy = try policy(of: school.state, for: request)
        let today = today(in: school.state)
        inquiry.lawfulUntil = try statutoryDue(of: inquiry, request, calendar)?.on
        while let due = Ladder.next(
            inquiry.clock,
            calendar: calendar,
            policy: policy,
            lawful: inquiry.lawfulUntil
        ), due.on <= today {
            if due.step == .confirmCancel {
                return try confirmCancel(of: inquiry, request, by: .system)
            }
            inquiry.clock.take(due.step, on: today, calendar: calendar)
            try perform(due.step, &inquiry, for: request, school: school, calendar: calendar)
        }
        try session.save(inquiry)
        try setTimer(
            for: inquiry,
            of: request,
            school: school,
            calendar: calendar,
            policy: policy
        )
    }

    /// Saves the inquiry and sets or clears its timer, without climbing.
    func reschedule(_ inquiry: Inquiry) throws {
        let school = try school(inquiry.school)
        let request = try request(inquiry.request)
        try session.save(inquiry)
        try setTimer(
            for: inquiry,
            of: request,
            school: school,
            calendar: try calendar(of: school),
            policy: try policy(of: school.state, for: request)
        )
    }

    private func setTimer(
        for inquiry: Inquiry,
        of request: RecordRequest,
        school: School,
        calendar: SchoolCalendar,
        policy: Ladder.Policy
    ) throws {
        let rung = rung(of: inquiry, school: school, calendar: calendar, policy: policy)
        // What came in part waits for its requester while the holder's clock runs on.
        let look = try collectDue(of: inquiry, request)
        guard let next = [rung, look].compactMap({ $0 }).min() else {
            return try session.clearTimer(inquiry.id)
        }
        try session.setTimer(inquiry.id, due: next)
    }

    /// Whether a rung is due, and not only a look at what came in part.
    func isRungDue(of inquiry: Inquiry) throws -> Bool {
        let school = try school(inquiry.school)
        let rung = rung(
            of: inquiry,
            school: school,
            calendar: try calendar(of: school),
            policy: try policy(of: school.state, for: try request(inquiry.request))
        )
        return rung.map { $0 <= now } ?? false
    }

    private func rung(
        of inquiry: Inquiry,
        school: School,
        calendar: SchoolCalendar,
        policy: Ladder.Policy
    ) -> Instant? {
        let due = Ladder.next(
            inquiry.clock,
            calendar: calendar,
            policy: policy,
            lawful: inquiry.lawfulUntil
        )
        return due.map { time.instant(of: $0.on, hour: Self.hourOfLadder, in: school.state) }
    }

    private func perform(
        _ step: Ladder.Step,
        _ inquiry: inout Inquiry,
        for request: RecordRequest,
        school: School,
        calendar: SchoolCalendar
    ) throws {
        let district = OrganizationID.district(school.district)
        switch step {
        case .askRecordsOffice:
            let office = try contacts(of: inquiry.holder, [.recordsOffice], for: inquiry)
            // A school without a contact is asked through its district; without that the state
            // contact gets it, so that it cannot wait for nobody.
            if !office.isEmpty {
                for contact in office {
                    try ask(contact, about: inquiry, of: request, Letter.ask)
                    try expectMondayMail(to: contact, in: school.state)
                }
            } else if try !askAll([district], [.district], about: inquiry, of: request) {
                try hand(&inquiry, of: request, toStateOf: school, calendar: calendar)
            }
        case .askBackup:
            if try askAll([inquiry.holder], [.backup], about: inquiry, of: request) {
                try tellStep(step, inquiry, inquiry.holder)
            }
        case .remind:
            let roles: Set<Contact.Role> = [.recordsOffice, .backup]
            for contact in try contacts(of: inquiry.holder, roles, for: inquiry) {
                try ask(contact, about: inquiry, of: request, Letter.remind)
            }
            try remindColleagues(about: inquiry, of: request)
            try tellStep(step, inquiry, inquiry.holder)
        case .remindLaw, .remindLawHalfway:
            // A date that was entered when it had passed is news to nobody.
            guard let lawful = inquiry.lawfulUntil, today(in: school.state) <= lawful else {
                return
            }
            for contact in try contactsAsked(about: inquiry) where contact.role != .colleague {
                try ask(contact, about: inquiry, of: request, Letter.remind)
            }
            try tellStep(step, inquiry, inquiry.holder)
        case .tellDistrict:
            for contact in try contacts(of: district, [.district], for: inquiry) {
                try ask(contact, about: inquiry, of: request, Letter.escalate)
            }
            try tellStep(step, inquiry, district)
        case .tellState, .remindState, .cap:
            try tellStep(step, inquiry, .state(school.state))
            try announce(request, toStateContactsOf: school.state)
            if step == .remindState, request.requesterState != school.state {
                try announce(request, toStateContactsOf: request.requesterState)
            }
        case .askSummerContacts:
            let projects = try session.projects(serving: school.district)
                .map { OrganizationID.project($0.code) }
            if inquiry.holder != district {
                try askAll([inquiry.holder], [.summer], about: inquiry, of: request)
            }
            try askAll(projects, [.project], about: inquiry, of: request)
            // Whoever the district named for these days, else its office.
            if try !askAll([district], [.summer], about: inquiry, of: request) {
                try askAll([district], [.district], about: inquiry, of: request)
            }
            try tellStep(step, inquiry, inquiry.holder)
        case .changeColumn:
            let day = today(in: school.state)
            let isClosed = calendar.closure(on: day) != nil
            try tell(
                isClosed
                    ? .schoolClosed(until: calendar.reopening(after: day)) : .schoolOpened,
                of: request.id,
                inquiry: inquiry.id
            )
        // Ends the inquiry, so it is no rung among others.
        case .confirmCancel: break
        case .promiseDue, .extensionDue:
            let wasOnHold = inquiry.status == .onHold
            if wasOnHold || inquiry.status == .accepted {
                _ = try inquiry.apply(.comeDue, by: .system, at: now)
            }
            for contact in try contacts(of: inquiry.holder, [.recordsOffice], for: inquiry) {
                try ask(contact, about: inquiry, of: request, Letter.remind)
            }
            if wasOnHold, step == .promiseDue {
                try tell(.holdPassed, of: request.id, inquiry: inquiry.id)
            } else {
                try tellStep(step, inquiry, inquiry.holder)
            }
        }
    }

    /// Asks the second address today instead of tomorrow: the first says that nobody reads it.
    func askBackupNow(_ inquiry: Inquiry) throws {
        guard !inquiry.clock.done.contains(.askBackup) else { return }
        var inquiry = inquiry
        let school = try school(inquiry.school)
        let calendar = try calendar(of: school)
        inquiry.clock.take(.askBackup, on: today(in: school.state), calendar: calendar)
        try perform(
            .askBackup,
            &inquiry,
            for: try request(inquiry.request),
            school: school,
            calendar: calendar
        )
        try reschedule(inquiry)
    }

    /// Nobody at the school or its district can be written to: straight to the state contact.
    private func hand(
        _ inquiry: inout Inquiry,
        of request: RecordRequest,
        toStateOf school: School,
        calendar: SchoolCalendar
    ) throws {
        inquiry.clock.take(.tellState, on: today(in: school.state), calendar: calendar)
        try tellStep(.tellState, inquiry, .state(school.state))
        try announce(request, toStateContactsOf: school.state)
    }

    private func tellStep(
        _ step: Ladder.Step,
        _ inquiry: Inquiry,
        _ organization: OrganizationID
    ) throws {
        try tell(
            .ladder(step: step, level: inquiry.clock.level, organization: organization),
            of: inquiry.request,
            inquiry: inquiry.id
        )
    }

    @discardableResult
    private func askAll(
        _ organizations: [OrganizationID],
        _ roles: Set<Contact.Role>,
        about inquiry: Inquiry,
        of request: RecordRequest
    ) throws -> Bool {
        var asked = false
        for organization in organizations {
            for contact in try contacts(of: organization, roles, for: inquiry) {
                try ask(contact, about: inquiry, of: request, Letter.ask)
                asked = true
            }
        }
        return asked
    }

    /// Who can be written to about an inquiry: whoever said "not me" is left alone.
    func contacts(
        of organization: OrganizationID,
        _ roles: Set<Contact.Role>,
        for inquiry: Inquiry
    ) throws -> [Contact] {
        let strangers = Set(
            try session.links(of: inquiry.id).filter { $0.revokedAt != nil }.map(\.contact)
        )
        return try usableContacts(of: organization, roles).filter { !strangers.contains($0.id) }
    }

    /// Whoever was written to about an inquiry and did not say "not me"; where nobody of them reads
    /// it, the records office and whoever stands in for it today.
    ///
    /// A mailbox that was named for a summer is read by nobody when its days are over; it is
    /// written to only where there is no other.
    func contactsAsked(about inquiry: Inquiry) throws -> [Contact] {
        var asked: [Contact] = []
        for link in try session.links(of: inquiry.id) {
            guard link.revokedAt == nil, !asked.contains(where: { $0.id == link.contact }),
                let contact = try session.contact(link.contact), contact.isUsable
            else { continue }
            asked.append(contact)
        }
        let today = try today(of: inquiry.holder)
        let present = asked.filter { $0.isThere(on: today) }
        guard present.allSatisfy({ $0.role == .colleague }) else { return present }
        let others = try usableContacts(of: inquiry.holder, [.recordsOffice, .summer])
        return others.isEmpty ? asked : others + present
    }

    func usableContacts(
        of organization: OrganizationID,
        _ roles: Set<Contact.Role>
    ) throws -> [Contact] {
        let contacts = try session.contacts(of: organization)
            .filter { roles.contains($0.role) && $0.isUsable }
        guard contacts.contains(where: { $0.term != nil }) else { return contacts }
        let today = try today(of: organization)
        return contacts.filter { $0.isThere(on: today) }
    }

    /// State contacts learn of a request from the day's digest; on urgent grounds at once.
    ///
    /// Where the state has nobody who can be written to, whoever can name somebody is told.
    func announce(_ request: RecordRequest, toStateContactsOf state: StateCode) throws {
        let contacts = try usableContacts(of: .state(state), [.stateContact])
        if contacts.isEmpty { try tellUnattended(state) }
        for contact in contacts {
            let today = today(in: state)
            let atOnce =
                try !request.urgentGrounds.isEmpty
                && session.singleMails(to: contact.email, on: today) < desk.settings.singleMails
            try enqueueDigest(for: contact, in: state, atOnce: atOnce)
        }
    }

    /// The digest of a day to come, once however often it is asked for.
    func enqueueDigest(for contact: Contact, in state: StateCode, on day: CivilDate) throws {
        let due = time.instant(of: day, hour: Self.hourOfDigest, in: state)
        _ = try enqueueDigest(for: contact, in: state, due: due, key: day.description)
    }

    private func enqueueDigest(for contact: Contact, in state: StateCode, atOnce: Bool) throws {
        let local = time.local(now, in: state)
        let day =
            local.hour < Self.hourOfDigest
            ? local.date : WorkingDays.day(1, after: local.date)
        guard atOnce else { return try enqueueDigest(for: contact, in: state, on: day) }
        let key = "now-\(now.millisecondsSince1970)"
        let new = try enqueueDigest(for: contact, in: state, due: now, key: key)
        guard let id = new else { return }
        try session.noteMail(id, to: contact.email, on: local.date, isHeld: false)
    }

    // One digest per person per day: its identifier is made from both, so a second one of the day
    // finds the first, and `nil` is given back.
    private func enqueueDigest(
        for contact: Contact,
        in state: StateCode,
        due: Instant,
        key: String
    ) throws -> Effect.ID? {
        let id = effectID("digest|\(contact.id)|\(key)")
        guard try session.effect(id) == nil else { return nil }
        try session.enqueue(Effect(id: id, work: .digest(contact.id, state), due: due))
        return id
    }
}
