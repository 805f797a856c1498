package import RecordExchange
package import Vocabulary

/// What came of a refusal.
package enum RefusalOutcome: Hashable, Sendable {
    /// The inquiry ended, or nothing more will follow what was sent.
    case ended
    /// The requester is asked first.
    case asksRequester
    /// The holder is asked again after this day.
    case waits(until: CivilDate)
    /// Whoever keeps the records of a closed school is asked.
    case asksKeeper(OrganizationID)
}

/// What a reason to send nothing brings about beside the end of its inquiry (decision 35).
extension CaseTransaction {
    /// Where the reason is a question or a matter of time, the inquiry does not end.
    ///
    /// - Returns: `nil` where it ends.
    func insteadOfEnding(
        _ inquiry: inout Inquiry,
        _ request: RecordRequest,
        _ facts: Inquiry.Facts,
        by answerer: Answerer
    ) throws -> RefusalOutcome? {
        // Nobody who wants nothing more is asked anything, nor waited for.
        guard request.cancelRequested == nil, let reason = facts.reason else { return nil }
        switch reason.consequence {
        case .question:
            switch try question(about: reason, inquiry) {
            case .answered: return nil
            // Said twice, by a second press or a second person: it is asked once.
            case .open: return .asksRequester
            case .unasked: break
            }
            try markOpened(&inquiry, answerer.lifecycleActor)
            try ask(about: reason, &inquiry, request, note: facts.note, by: answerer)
            return .asksRequester
        case .hold(let code):
            guard let condition = HoldCondition(code) else { return nil }
            try markOpened(&inquiry, answerer.lifecycleActor)
            try hold(&inquiry, of: request, condition, note: facts.note, by: answerer)
            return .waits(until: inquiry.clock.promisedFor ?? today(in: inquiry.holderState))
        case .nextLocation, .otherHolder, .fees, .silence, nil: return nil
        }
    }

    /// The holder waits for `condition`, and the ladder with it.
    func hold(
        _ inquiry: inout Inquiry,
        of request: RecordRequest,
        _ condition: HoldCondition,
        note: String,
        by answerer: Answerer
    ) throws {
        let today = today(in: inquiry.holderState)
        if let until = condition.until, until <= today { throw CaseworkFailure.dateNotInFuture }
        let facts = Inquiry.Facts(note: note, hold: condition)
        try move(&inquiry, .hold, by: answerer.lifecycleActor, facts)
        let policy = try policy(of: inquiry.holderState)
        inquiry.clock.promise(condition.due(from: today, reviewAfter: policy.holdReviewAfter))
        try reschedule(inquiry)
        try tell(.held(condition, note: note), of: request.id, inquiry: inquiry.id)
        try sendNews(.onHold(condition), inquiry: inquiry, request: request)
        try tellOffice(ofAnswerBy: answerer, about: inquiry, of: request)
        try audit(
            hand(of: answerer),
            "inquiry.hold",
            subject: inquiry.id,
            detail: condition.code.rawValue
        )
    }

    private func ask(
        about reason: ReasonCode,
        _ inquiry: inout Inquiry,
        _ request: RecordRequest,
        note: String,
        by answerer: Answerer
    ) throws {
        try move(&inquiry, .ask, by: answerer.lifecycleActor, Inquiry.Facts(note: note))
        try reschedule(inquiry)
        try tell(.askedAbout(reason: reason, note: note), of: request.id, inquiry: inquiry.id)
        try sendNews(.question, inquiry: inquiry, request: request)
        try tellOffice(ofAnswerBy: answerer, about: inquiry, of: request)
        try audit(
            hand(of: answerer),
            "inquiry.ask",
            subject: inquiry.id,
            detail: reason.rawValue
        )
    }

    private enum Question {
        case unasked, open
        /// The requester answered, so that whoever still says so means it.
        case answered
    }

    private func question(about reason: ReasonCode, _ inquiry: Inquiry) throws -> Question {
        var question = Question.unasked
        for event in try session.events(of: inquiry.request) where event.inquiry == inquiry.id {
            switch event.kind {
            case .askedAbout(reason, _): question = .open
            case .questionAnswered where question == .open: question = .answered
            default: break
            }
        }
        // What was asked before something else happened is asked again.
        return question == .open && inquiry.status != .question ? .unasked : question
    }

    // MARK: Schools that closed

    /// The school's own district, or an archive that can be written to.
    func canKeep(_ custodian: OrganizationID, recordsOf school: SchoolID) throws -> Bool {
        switch custodian {
        case .district(let district): try self.school(school).district == district
        case .custodian: try !usableContacts(of: custodian, [.recordsOffice]).isEmpty
        case .school, .project, .state, .gateway: false
        }
    }

    /// Asks for the same student's record of the same school where it is kept now.
    ///
    /// For this request alone: whoever has a link to it can say so, and must not be able to send
    /// every later request of a school elsewhere.
    func askKeeper(
        _ custodian: OrganizationID,
        after inquiry: Inquiry,
        of request: RecordRequest
    ) throws {
        try tell(.closedForGood(keptBy: custodian), of: request.id, inquiry: inquiry.id)
        try sendNews(
            .keptElsewhere(by: try name(of: custodian)),
            inquiry: inquiry,
            request: request
        )
        try openInquiry(for: request, at: try school(inquiry.school), keptBy: custodian)
    }

    // MARK: A student who died

    /// No machine writes to this family any more.
    func hush(_ request: RecordRequest) throws {
        guard try session.familyContact(of: request.id) != nil else { return }
        try session.forgetFamilyContact(of: request.id)
        try audit(.system, "family.contactForgotten", subject: request.number)
    }
}
