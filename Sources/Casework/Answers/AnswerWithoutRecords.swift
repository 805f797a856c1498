package import RecordExchange
import RecordLocator
import StudentRecords
package import Vocabulary

extension Desk {
    /// The holder will not send records, and says why; what follows is the reason's
    /// (`ReasonCode.Consequence`).
    ///
    /// Where some were sent already it says so of the rest, and what was sent stands.
    @discardableResult
    package func refuse(
        _ inquiry: Inquiry.ID,
        reason: ReasonCode,
        note: String,
        by answerer: Answerer
    ) async throws -> RefusalOutcome {
        guard reason.family == .refusal else { throw CaseworkFailure.reasonMissing }
        return try await end(inquiry, Inquiry.Facts(reason: reason, note: note), by: answerer)
    }

    /// The school closed for good; whoever keeps its records is asked, for this request alone.
    ///
    /// Throws `schoolUnknown` where `custodian` is neither the school's district nor an archive that
    /// the directory knows.
    @discardableResult
    package func answerSchoolClosed(
        _ inquiry: Inquiry.ID,
        keptBy custodian: OrganizationID,
        note: String,
        by answerer: Answerer
    ) async throws -> RefusalOutcome {
        let facts = Inquiry.Facts(reason: .schoolClosed, note: note)
        return try await end(inquiry, facts, custodian: custodian, by: answerer)
    }

    /// The student moved on.
    ///
    /// The school named is asked by itself only where the locator is certain that the student has
    /// records there, or where the state contact says it: asking a school that never had the child
    /// discloses the child. Otherwise the requester or a state contact decides.
    package func answerMovedOn(
        _ inquiry: Inquiry.ID,
        to school: SchoolID?,
        note: String,
        by answerer: Answerer
    ) async throws {
        let facts = Inquiry.Facts(reason: .movedOn, note: note, movedTo: school)
        let isCertain = try await isCertain(school, for: inquiry, by: answerer)
        try await end(inquiry, facts, asksNext: isCertain, by: answerer)
    }

    /// `school` is asked on behalf of the same request.
    package func isAsked(_ school: SchoolID, alsoFor inquiry: Inquiry.ID) async throws -> Bool {
        try await read { transaction in
            let request = try transaction.inquiry(inquiry).request
            return try transaction.session.inquiries(of: request).contains { $0.school == school }
        }
    }

    private func isCertain(
        _ school: SchoolID?,
        for inquiry: Inquiry.ID,
        by answerer: Answerer
    ) async throws -> Bool {
        guard let school else { return false }
        if case .stateContact = answerer { return true }
        let student = try await write { transaction in
            let inquiry = try transaction.inquiry(inquiry, answerableBy: answerer)
            try transaction.audit(
                transaction.hand(of: answerer),
                "locator.query",
                subject: inquiry.id,
                detail: "purpose=movedOn school=\(school)"
            )
            return try transaction.request(inquiry.request).student
        }
        let answer = await finder.find(student.query)
        guard !answer.isAmbiguous else { return false }
        return answer.people.flatMap(\.matches)
            .contains { $0.entry.school == school && $0.grade == .certain }
    }

    /// The holder can send only once something has happened; until then the ladder waits.
    package func hold(
        _ inquiry: Inquiry.ID,
        _ condition: HoldCondition,
        note: String,
        by answerer: Answerer
    ) async throws {
        guard note.utf8.count <= RequestDraft.longestMessage else { throw CaseworkFailure.tooLong }
        try await write { transaction in
            var (inquiry, request) = try transaction.begun(inquiry, by: answerer)
            try transaction.hold(&inquiry, of: request, condition, note: note, by: answerer)
        }
    }

    @discardableResult
    private func end(
        _ inquiry: Inquiry.ID,
        _ facts: Inquiry.Facts,
        asksNext: Bool = false,
        custodian: OrganizationID? = nil,
        by answerer: Answerer
    ) async throws -> RefusalOutcome {
        guard facts.note.utf8.count <= RequestDraft.longestMessage else {
            throw CaseworkFailure.tooLong
        }
        if facts.reason == .willNotSend, facts.note.isEmpty { throw CaseworkFailure.reasonMissing }
        let student = try await read { transaction in
            let inquiry = try transaction.inquiry(inquiry, answerableBy: answerer)
            return try transaction.request(inquiry.request).student
        }
        let known = try await knownPointers(of: student)
        return try await write { transaction in
            var inquiry = try transaction.inquiry(inquiry, answerableBy: answerer)
            let request = try transaction.request(inquiry.request)
            guard request.isOpen else { throw CaseworkFailure.link(.closed) }
            if facts.reason == .feesOwed, request.isFreeOfFees {
                throw CaseworkFailure.feesHoldNothing
            }
            if inquiry.status == .partlySent {
                try transaction.endRest(of: &inquiry, request, facts, by: answerer)
                return .ended
            }
            if let custodian {
                guard try transaction.canKeep(custodian, recordsOf: inquiry.school) else {
                    throw CaseworkFailure.schoolUnknown
                }
            }
            if let other = try transaction.insteadOfEnding(&inquiry, request, facts, by: answerer) {
                return other
            }
            try transaction.markOpened(&inquiry, answerer.lifecycleActor)
            try transaction.move(&inquiry, .refuse, by: answerer.lifecycleActor, facts)
            inquiry.clock.stop()
            try transaction.reschedule(inquiry)
            try transaction.tellOffice(ofAnswerBy: answerer, about: inquiry, of: request)
            try transaction.audit(
                transaction.hand(of: answerer),
                "inquiry.refuse",
                subject: inquiry.id,
                detail: facts.reason?.rawValue ?? ""
            )
            try transaction.learn(from: facts, about: inquiry, of: request, known)
            if facts.reason?.consequence == .silence { try transaction.hush(request) }
            var outcome = RefusalOutcome.ended
            if try !transaction.endCancelled(request) {
                if let custodian, custodian != inquiry.holder {
                    try transaction.askKeeper(custodian, after: inquiry, of: request)
                    outcome = .asksKeeper(custodian)
                } else {
                    try transaction.askNext(
                        after: inquiry,
                        facts,
                        of: request,
                        byItself: asksNext,
                        known
                    )
                }
            }
            // Last, so that nothing before it differs from another refusal.
            if facts.reason == .missingChild {
                try transaction.tellAuthority(of: inquiry, request)
            }
            return outcome
        }
    }
}

extension CaseTransaction {
    /// An inquiry that somebody begins to answer in words.
    ///
    /// While the requester waits for a cancellation, only confirming it and sending after all are
    /// answers.
    func begun(
        _ id: Inquiry.ID,
        by answerer: Answerer
    ) throws -> (inquiry: Inquiry, request: RecordRequest) {
        var inquiry = try inquiry(id, answerableBy: answerer)
        let request = try request(inquiry.request)
        guard request.isOpen else { throw CaseworkFailure.link(.closed) }
        guard request.cancelRequested == nil else { throw CaseworkFailure.notPossibleNow }
        try markOpened(&inquiry, answerer.lifecycleActor)
        return (inquiry, request)
    }

    /// A missing child's flag: the authority that the holder's state named is told at once, the
    /// state contacts where it named none.
    ///
    /// About no request, as far as anybody else can see: no line on a tracker, no thread, no count.
    fileprivate func tellAuthority(of inquiry: Inquiry, _ request: RecordRequest) throws {
        let holder = try school(inquiry.school)
        let requester = try school(request.requester)
        func letter(_ recipient: String) -> Letter {
            .authority(
                number: request.number,
                recipient: recipient,
                holderSchool: holder.name,
                holderPhone: holder.phone,
                requesterSchool: requester.name,
                requesterPhone: requester.phone,
                address: "\(desk.settings.baseAddress)/check"
            )
        }
        let authority = try policy(of: inquiry.holderState).authority
        if let authority {
            try mail(letter(authority.name), to: authority)
        } else {
            let desks = try usableContacts(of: .state(inquiry.holderState), [.stateContact])
            for contact in desks { try mail(letter(contact.name), to: contact, about: nil) }
        }
        try audit(
            .system,
            "authority.told",
            subject: inquiry.id,
            detail: authority == nil ? "state contact" : ""
        )
    }

    /// One holder's "no" never ends a request: where it names the next school, or the locator knows
    /// one, and that is certain, that one is asked, else the request is somebody's to place.
    fileprivate func askNext(
        after inquiry: Inquiry,
        _ facts: Inquiry.Facts,
        of request: RecordRequest,
        byItself: Bool,
        _ known: KnownPointers
    ) throws {
        let asked = try session.inquiries(of: request.id).map(\.school)
        if facts.reason == .movedOn, let next = facts.movedTo, next != request.requester,
            !asked.contains(next), let school = try session.school(next)
        {
            try tell(.movedOn(to: next), of: request.id, inquiry: inquiry.id)
            if byItself {
                try sendNews(.movedOn(toSchool: school.name), inquiry: inquiry, request: request)
                try openInquiry(for: request, at: school)
            } else {
                try sendNews(
                    .movedOnPerhaps(toSchool: school.name),
                    inquiry: inquiry,
                    request: request
                )
                try announceIfHomeless(request)
            }
            return
        }
        let reason = facts.reason ?? .neverEnrolled
        // The note of a protective order or a missing-child flag is for the state contact only.
        let isHidden = reason.isConcealed
        try tell(
            .notFilled(
                reason: isHidden ? .neverEnrolled : reason,
                note: isHidden ? "" : facts.note,
                organization: inquiry.holder
            ),
            of: request.id,
            inquiry: inquiry.id
        )
        try sendNews(
            .noRecords(isHidden ? .neverEnrolled : reason),
            inquiry: inquiry,
            request: request
        )
        if reason.asksNextByItself, try askKnownNext(of: request, besides: asked, known) {
            return
        }
        try announceIfHomeless(request)
    }

    /// Asks the latest school that the locator is certain of and nobody asked yet.
    ///
    /// Not while another school is asked or has answered.
    ///
    /// - Returns: whether there was one.
    private func askKnownNext(
        of request: RecordRequest,
        besides asked: [SchoolID],
        _ known: KnownPointers
    ) throws -> Bool {
        guard try state(of: request) == .endOfLocations else { return false }
        for entry in known.certain {
            let next = entry.school
            guard next != request.requester, !asked.contains(next),
                let school = try session.school(next),
                // Somebody may have hidden the child since the locator was asked.
                try session.locatorEntry(entry.id)?.isProtected != true
            else { continue }
            try audit(
                .system,
                "locator.query",
                subject: request.number,
                detail: "purpose=nextLocation school=\(next)"
            )
            try openInquiry(for: request, at: school)
            return true
        }
        return false
    }

    private func announceIfHomeless(_ request: RecordRequest) throws {
        guard try state(of: request) == .endOfLocations else { return }
        try tell(.noLocationLeft, of: request.id)
        try announce(request, toStateContactsOf: request.requesterState)
    }

    func sendNews(_ news: Letter.News, inquiry: Inquiry, request: RecordRequest) throws {
        let holder = try school(inquiry.school)
        try mailFollowers(of: request) { recipient in
            .news(
                number: request.number,
                recipient: recipient,
                holderSchool: holder.name,
                news: news,
                link: address(of: request)
            )
        }
    }
}
