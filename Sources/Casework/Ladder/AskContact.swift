import RecordExchange
import Vocabulary

extension CaseTransaction {
    /// Mails `contact` about an inquiry, with a link and a code of its own.
    ///
    /// Every mail about an inquiry carries a working link; all of them live until the inquiry
    /// closes or 30 days after the last mail. A colleague's is for the parts that were passed on.
    func ask(
        _ contact: Contact,
        about inquiry: Inquiry,
        of request: RecordRequest,
        for errand: Errand? = nil,
        as effect: Effect.ID? = nil,
        _ letter: (Letter.Ask) -> Letter
    ) throws {
        let errand = try errand ?? self.errand(of: contact, about: inquiry)
        // Whoever has no link that works needs that of this mail: a digest has one for its first
        // line only.
        let isNeeded = try !session.links(of: inquiry.id).contains { link in
            link.contact == contact.id && link.obstacle(at: now) == nil
        }
        let issued = try issueLink(for: inquiry, to: contact, errand)
        for var link in try session.links(of: inquiry.id) where link.revokedAt == nil {
            link.expiresAt = max(link.expiresAt, issued.link.expiresAt)
            try session.save(link)
        }
        let facts = try askFacts(inquiry, request, contact, token: issued.token, code: issued.code)
        try mail(
            letter(facts),
            to: contact,
            about: request,
            inquiry: inquiry,
            canWait: !isNeeded,
            as: effect
        )
    }

    func issueLink(
        for inquiry: Inquiry,
        to contact: Contact,
        _ errand: Errand?
    ) throws -> (link: AnswerLink, token: String, code: String) {
        let token = AnswerLink.makeToken(from: secrets)
        let code = AnswerLink.makeCode(from: secrets)
        let link = AnswerLink(
            id: secrets.makeIdentifier(),
            inquiry: inquiry.id,
            contact: contact.id,
            parts: errand?.parts,
            passedBy: errand?.passedBy,
            tokenDigest: AnswerLink.digest(token: token, with: secrets),
            codeDigest: AnswerLink.digest(token: token, code: code, with: secrets),
            issuedAt: now
        )
        try session.save(link)
        return (link, token, code)
    }

    private func askFacts(
        _ inquiry: Inquiry,
        _ request: RecordRequest,
        _ contact: Contact,
        token: String,
        code: String
    ) throws -> Letter.Ask {
        let requester = try school(request.requester)
        let holder = try school(inquiry.school)
        let filer = try session.account(request.filedBy)
        let calendar = try calendar(of: holder)
        let policy = try policy(of: holder.state, for: request)
        let today = today(in: holder.state)
        let outlook = Ladder.outlook(
            inquiry.clock,
            calendar: calendar,
            policy: policy,
            lawful: inquiry.lawfulUntil
        )
        let stateFrom = outlook.first { $0.step == .tellState }?.on
        let base = desk.settings.baseAddress
        return Letter.Ask(
            number: request.number,
            recipient: contact.name,
            requesterPerson: filer?.name ?? requester.name,
            requesterTitle: filer?.title ?? "",
            requesterSchool: requester.name,
            requesterCity: requester.city,
            requesterState: try session.state(requester.state)?.name
                ?? requester.state.description,
            requesterPhone: requester.phone,
            holderSchool: holder.name,
            holderState: try session.state(holder.state)?.name ?? holder.state.description,
            answerBy: Self.answerBy(inquiry, calendar: calendar, policy: policy),
            startDate: request.startDate,
            link: "\(base)/r/\(token)",
            code: code,
            askedOn: inquiry.clock.askedOn,
            wasOpened: inquiry.openedAt != nil,
            tried: try tried(for: inquiry),
            waitedDays: WorkingDays.count(after: inquiry.clock.askedOn, through: today),
            stateFrom: inquiry.clock.level >= .state ? nil : stateFrom,
            role: contact.role,
            closedUntil: calendar.closure(on: today) == nil
                ? nil : calendar.reopening(after: today),
            law: try lawShown(of: inquiry, request)
        )
    }

    private func tried(for inquiry: Inquiry) throws -> [Letter.Tried] {
        var days: [OrganizationID: CivilDate] = [:]
        for event in try session.events(of: inquiry.request) where event.inquiry == inquiry.id {
            guard case .mailQueued(_, let organization, _) = event.kind,
                days[organization] == nil
            else { continue }
            days[organization] = time.local(event.at, in: inquiry.holderState).date
        }
        return try days.sorted { $0.value < $1.value }
            .map { Letter.Tried(day: $0.value, organization: try name(of: $0.key)) }
    }

    /// The day by which the mailbox is asked to answer: four working days on, before the district
    /// is told; in a closure one working day, before the state contact takes over; never later than
    /// a day of the law that is still to come.
    static func answerBy(
        _ inquiry: Inquiry,
        calendar: SchoolCalendar,
        policy: Ladder.Policy
    ) -> CivilDate {
        let clock = inquiry.clock
        if let awaited = clock.waitsUntil { return awaited }
        let days =
            clock.column == .inSession ? policy.districtAfter : policy.stateAfterWhenClosed
        let day = WorkingDays.day(days, after: clock.columnSince)
        guard let lawful = inquiry.lawfulUntil, lawful > clock.columnSince else { return day }
        return min(day, lawful)
    }
}
