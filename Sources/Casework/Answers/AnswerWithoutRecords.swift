package import RecordExchange
package import Vocabulary

extension Desk {
    /// The holder will not send records, and says why; the next location's turn comes.
    package func refuse(
        _ inquiry: Inquiry.ID,
        reason: ReasonCode,
        note: String,
        by answerer: Answerer
    ) async throws {
        guard reason.family == .refusal else { throw CaseworkFailure.reasonMissing }
        try await end(inquiry, Inquiry.Facts(reason: reason, note: note), by: answerer)
    }

    /// The student moved on: the school named is asked next, by itself.
    package func answerMovedOn(
        _ inquiry: Inquiry.ID,
        to school: SchoolID?,
        note: String,
        by answerer: Answerer
    ) async throws {
        let facts = Inquiry.Facts(reason: .movedOn, note: note, movedTo: school)
        try await end(inquiry, facts, by: answerer)
    }

    /// The holder promises a day; until then the ladder waits.
    package func promise(
        _ inquiry: Inquiry.ID,
        day: CivilDate,
        note: String,
        by answerer: Answerer
    ) async throws {
        guard note.utf8.count <= RequestDraft.longestMessage else { throw CaseworkFailure.tooLong }
        try await write { transaction in
            var inquiry = try transaction.inquiry(inquiry, answerableBy: answerer)
            let request = try transaction.request(inquiry.request)
            guard request.isOpen else { throw CaseworkFailure.link(.closed) }
            guard day > transaction.today(in: inquiry.holderState) else {
                throw CaseworkFailure.dateNotInFuture
            }
            try transaction.markOpened(&inquiry, answerer.lifecycleActor)
            try transaction.move(
                &inquiry,
                .promise,
                by: answerer.lifecycleActor,
                Inquiry.Facts(note: note, promisedFor: day)
            )
            inquiry.clock.promise(day)
            try transaction.reschedule(inquiry)
            try transaction.tell(
                .promised(day: day, note: note),
                of: request.id,
                inquiry: inquiry.id
            )
            try transaction.sendNews(.needsUntil(day), inquiry: inquiry, request: request)
            try transaction.audit(
                transaction.hand(of: answerer),
                "inquiry.promise",
                subject: inquiry.id,
                detail: day.description
            )
        }
    }

    /// "I am not the right person": the link dies at once, and the district is asked who is.
    package func notTheRightPerson(
        _ inquiry: Inquiry.ID,
        suggestion: String,
        by answerer: Answerer
    ) async throws {
        guard suggestion.utf8.count <= 500 else { throw CaseworkFailure.tooLong }
        guard case .link(let id, _) = answerer else { throw CaseworkFailure.notAllowed }
        try await write { transaction in
            var inquiry = try transaction.inquiry(inquiry, answerableBy: answerer)
            let request = try transaction.request(inquiry.request)
            guard request.isOpen else { throw CaseworkFailure.link(.closed) }
            // Who has answered was the right person, and nobody else need be asked.
            guard inquiry.isLive else { throw CaseworkFailure.notPossibleNow }
            let school = try transaction.school(inquiry.school)
            guard let contact = try transaction.contact(of: answerer, inquiry: inquiry) else {
                throw CaseworkFailure.notFound
            }
            for var link in try transaction.session.links(of: inquiry.id)
            where link.contact == contact.id && link.revokedAt == nil {
                link.revokedAt = transaction.now
                try transaction.session.save(link)
            }
            try transaction.tell(
                .wrongContact(organization: contact.organization),
                of: request.id,
                inquiry: inquiry.id
            )
            // The directory does not learn a new address from an anonymous page: the district is
            // asked the same day, and the state contact sees why.
            let calendar = try transaction.calendar(of: school)
            let today = transaction.today(in: school.state)
            let district = OrganizationID.district(school.district)
            let officers = try transaction.contacts(of: district, [.district], for: inquiry)
            if officers.isEmpty || contact.organization == district {
                inquiry.clock.take(.tellState, on: today, calendar: calendar)
                try transaction.announce(request, toStateContactsOf: school.state)
            } else {
                inquiry.clock.take(.tellDistrict, on: today, calendar: calendar)
                for officer in officers {
                    try transaction.ask(officer, about: inquiry, of: request, Letter.escalate)
                }
            }
            try transaction.reschedule(inquiry)
            try transaction.audit(
                .link(id),
                "contact.wrong",
                subject: contact.id,
                detail: suggestion.isEmpty ? "" : "a suggestion was made"
            )
        }
    }

    private func end(
        _ inquiry: Inquiry.ID,
        _ facts: Inquiry.Facts,
        by answerer: Answerer
    ) async throws {
        guard facts.note.utf8.count <= RequestDraft.longestMessage else {
            throw CaseworkFailure.tooLong
        }
        if facts.reason == .willNotSend, facts.note.isEmpty { throw CaseworkFailure.reasonMissing }
        let student = try await read { transaction in
            let inquiry = try transaction.inquiry(inquiry, answerableBy: answerer)
            return try transaction.request(inquiry.request).student
        }
        let known = await knownPointers(of: student)
        try await write { transaction in
            var inquiry = try transaction.inquiry(inquiry, answerableBy: answerer)
            let request = try transaction.request(inquiry.request)
            guard request.isOpen else { throw CaseworkFailure.link(.closed) }
            try transaction.markOpened(&inquiry, answerer.lifecycleActor)
            try transaction.move(&inquiry, .refuse, by: answerer.lifecycleActor, facts)
            inquiry.clock.stop()
            try transaction.reschedule(inquiry)
            try transaction.audit(
                transaction.hand(of: answerer),
                "inquiry.refuse",
                subject: inquiry.id,
                detail: facts.reason?.rawValue ?? ""
            )
            try transaction.learn(from: facts, about: inquiry, of: request, known)
            try transaction.askNext(after: inquiry, facts, of: request)
        }
    }
}

extension CaseTransaction {
    /// One holder's "no" never ends a request: where it names the next school that one is asked,
    /// else the request is somebody's to place.
    fileprivate func askNext(
        after inquiry: Inquiry,
        _ facts: Inquiry.Facts,
        of request: RecordRequest
    ) throws {
        let asked = try session.inquiries(of: request.id).map(\.school)
        if facts.reason == .movedOn, let next = facts.movedTo, next != request.requester,
            !asked.contains(next), let school = try session.school(next)
        {
            try tell(.movedOn(to: next), of: request.id, inquiry: inquiry.id)
            try sendNews(.movedOn(toSchool: school.name), inquiry: inquiry, request: request)
            try openInquiry(for: request, at: school)
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
        if try !session.inquiries(of: request.id).contains(where: \.isLive) {
            try tell(.noLocationLeft, of: request.id)
            try announce(request, toStateContactsOf: request.requesterState)
        }
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
