package import RecordExchange
package import StudentRecords
package import Vocabulary

/// A request as lists show it.
package struct RequestSummary: Hashable, Sendable {
    package let request: RecordRequest
    package let state: RequestState
    package let holder: School?
    package let filedBy: String
    package let next: NextStep?
}

/// The one next date and who acts on it.
package struct NextStep: Hashable, Sendable {
    /// Who acts.
    package enum Owner: Hashable, Sendable {
        case holder(OrganizationID)
        case summerContacts
        case district(DistrictID)
        case stateContact(StateCode)
        case requester
    }

    package let owner: Owner
    package let on: CivilDate
    package let step: Ladder.Step?

    package init(owner: Owner, on day: CivilDate, step: Ladder.Step?) {
        self.owner = owner
        on = day
        self.step = step
    }
}

/// Everything the tracker shows.
package struct RequestStory: Hashable, Sendable {
    package let request: RecordRequest
    package let state: RequestState
    package let requester: School
    package let filedBy: String
    package let inquiries: [Inquiry]
    /// The schools of the inquiries, by number.
    package let schools: [SchoolID: School]
    /// Names of the organisations that appear.
    package let names: [OrganizationID: String]
    package let events: [TimelineEvent]
    package let bundles: [RecordBundle]
    package let deliveries: [Delivery]
    package let next: NextStep?
    /// The current holder is closed until this day.
    package let closedUntil: CivilDate?
    /// What the person may do now, in order.
    package let actions: [RequestLifecycle.Action]
    /// Phone of the current holder, where the directory has it.
    package let holderPhone: String?
    /// The holder that still reads what the requester writes; `nil` where there is none.
    package let reads: SchoolID?
    /// How much the states of those that answered are expected to hold.
    package let phase: DataPhase
    /// What the law gives the school that is asked.
    package let law: LawShown?
    /// Colleagues at the current holder who were passed parts of which nothing came yet, by name.
    package let restWith: [String]
    /// The request that goes on in place of this one; `nil` where it was not merged.
    package let mergedInto: RequestNumber?
    /// Who looks for the school at the requester's state; `nil` where nobody is on file.
    package let stateContact: Contact?
}

extension Desk {
    /// The story of one request for somebody of the requesting school, or for a state contact of
    /// one of the two states.
    package func story(of number: RequestNumber, by actor: Actor) async throws -> RequestStory {
        try await read { transaction in
            let request = try transaction.request(number, seenBy: actor)
            return try transaction.story(of: request, for: actor)
        }
    }
}

extension CaseTransaction {
    /// The request with a number, where `actor` belongs to its requester or watches it.
    func request(_ number: RequestNumber, seenBy actor: Actor) throws -> RecordRequest {
        guard let request = try session.request(numbered: number) else {
            throw CaseworkFailure.notFound
        }
        if actor.requestingSchools.contains(request.requester) { return request }
        let inquiries = try session.inquiries(of: request.id)
        let states = Set(inquiries.map(\.holderState) + [request.requesterState])
        guard !states.isDisjoint(with: actor.watchedStates) else { throw CaseworkFailure.notFound }
        return request
    }

    func summary(of request: RecordRequest) throws -> RequestSummary {
        let inquiries = try session.inquiries(of: request.id)
        let state = RequestState.derive(
            request,
            inquiries: inquiries,
            bundles: try session.bundles(of: request.id)
        )
        let current = inquiries.last { $0.isLive } ?? inquiries.last
        return RequestSummary(
            request: request,
            state: state,
            holder: try current.map { try school($0.school) },
            filedBy: try session.account(request.filedBy)?.name ?? "",
            next: try next(request, state: state, inquiries: inquiries)
        )
    }

    func story(of request: RecordRequest, for actor: Actor) throws -> RequestStory {
        let inquiries = try session.inquiries(of: request.id)
        let bundles = try session.bundles(of: request.id)
        let state = RequestState.derive(request, inquiries: inquiries, bundles: bundles)
        var schools: [SchoolID: School] = [request.requester: try school(request.requester)]
        for inquiry in inquiries { schools[inquiry.school] = try school(inquiry.school) }
        let events = try session.events(of: request.id)
        var names: [OrganizationID: String] = [:]
        for organization in events.flatMap(\.organizations) + inquiries.map(\.holder)
        where names[organization] == nil {
            names[organization] = try name(of: organization)
        }
        for inquiry in inquiries {
            let state = OrganizationID.state(inquiry.holderState)
            names[state] = try name(of: state)
            if let school = schools[inquiry.school] {
                names[.district(school.district)] = school.districtName
            }
        }
        names[.state(request.requesterState)] = try name(of: .state(request.requesterState))
        let current = inquiries.last { $0.isLive } ?? inquiries.last
        let holder = current.flatMap { schools[$0.school] }
        let isRequester = actor.requestingSchools.contains(request.requester)
        return RequestStory(
            request: request,
            state: state,
            requester: try school(request.requester),
            filedBy: try session.account(request.filedBy)?.name ?? "",
            inquiries: inquiries.map { $0.shown(to: actor, isRequester: isRequester) },
            schools: schools,
            names: names,
            events: events,
            bundles: bundles,
            deliveries: try bundles.flatMap { try session.deliveries(of: $0.id) },
            next: try next(request, state: state, inquiries: inquiries),
            closedUntil: try holder.flatMap { school in
                try calendar(of: school).reopening(after: today(in: school.state))
            },
            actions: RequestLifecycle.actions(
                for: isRequester ? .requester : .stateContact,
                in: state
            ),
            holderPhone: holder?.phone,
            reads: isRequester ? try inquiryToWriteTo(of: request)?.school : nil,
            phase: try phase(behind: bundles, of: inquiries),
            law: try inquiries.last(where: \.isLive).flatMap { try lawShown(of: $0, request) },
            restWith: try inquiries.last(where: \.isLive).map { inquiry in
                try colleaguesStillAsked(about: inquiry).map(\.name)
            } ?? [],
            mergedInto: try request.mergedInto.map { try self.request($0).number },
            stateContact: try usableContacts(of: .state(request.requesterState), [.stateContact])
                .first
        )
    }

    /// Who acts next, and when: never empty while a request is open.
    func next(
        _ request: RecordRequest,
        state: RequestState,
        inquiries: [Inquiry]
    ) throws -> NextStep? {
        switch state {
        case .completed, .cancelled, .closedUnfilled, .closedDuplicate, .enteredInError: return nil
        case .endOfLocations:
            let day = WorkingDays.first(onOrAfter: today(in: request.requesterState))
            return NextStep(owner: .stateContact(request.requesterState), on: day, step: nil)
        case .sent, .delivered, .question, .draft, .duplicateReview, .matchReview, .locating:
            return NextStep(
                owner: .requester,
                on: WorkingDays.first(onOrAfter: today(in: request.requesterState)),
                step: nil
            )
        case .requested, .opened, .accepted, .onHold, .partlySent, .cancelPending:
            guard let inquiry = inquiries.last(where: \.isLive) else { return nil }
            return try next(inquiry, of: request)
        }
    }

    private func next(_ inquiry: Inquiry, of request: RecordRequest) throws -> NextStep {
        let school = try school(inquiry.school)
        let stateContact = NextStep.Owner.stateContact(inquiry.holderState)
        let upcoming = Ladder.outlook(
            inquiry.clock,
            calendar: try calendar(of: school),
            policy: try policy(of: school.state, for: request),
            lawful: inquiry.lawfulUntil
        )
        // Whoever was given time has it until then, whoever watches.
        let isGiven = upcoming.first?.step == .extensionDue
        if inquiry.clock.level >= .state, inquiry.clock.cancelOn == nil, !isGiven {
            // The state contact has it; the cap is the last date anybody promised.
            let day = WorkingDays.first(onOrAfter: today(in: inquiry.holderState))
            let cap = upcoming.first { $0.step == .cap }?.on
            return NextStep(owner: stateContact, on: cap ?? day, step: .cap)
        }
        let due = upcoming.first { step in
            step.step != .changeColumn
        }
        // The clock looks again the day after; what was promised is the day itself.
        let promised: CivilDate? =
            switch due?.step {
            case .promiseDue: inquiry.promisedFor ?? inquiry.hold?.until
            case .extensionDue: inquiry.clock.extendedUntil
            default: nil
            }
        let day =
            promised ?? due?.on ?? WorkingDays.first(onOrAfter: today(in: inquiry.holderState))
        let owner: NextStep.Owner =
            switch due?.step {
            case .tellState, .remindState, .cap: stateContact
            case .tellDistrict: .district(school.district)
            case .askSummerContacts: .summerContacts
            default: .holder(inquiry.holder)
            }
        return NextStep(owner: owner, on: day, step: due?.step)
    }
}

extension TimelineEvent {
    /// The organisations an event names.
    package var organizations: [OrganizationID] {
        switch kind {
        case .asked(let holder, let school, _): [holder, .school(school)]
        case .mailQueued(_, let organization, _), .mailAccepted(_, let organization),
            .mailDelayed(let organization), .mailRefused(let organization),
            .openedByPerson(let organization), .notFilled(_, _, let organization),
            .restNotComing(_, _, _, let organization),
            .pushed(_, let organization), .pushFailing(_, let organization, _),
            .ladder(_, _, let organization), .wrongContact(let organization),
            .newLinkSent(let organization), .outOfOffice(let organization, _),
            .mailReply(let organization, _), .filesByMail(let organization),
            .filesHeld(let organization),
            .passedOn(_, let organization):
            [organization]
        case .movedOn(let school): [.school(school)]
        case .closedForGood(let custodian): [custodian]
        default: []
        }
    }
}
