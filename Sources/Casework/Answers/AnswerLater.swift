package import RecordExchange
package import Vocabulary

/// Answers that say when: a day, the post, or that nobody is there.
extension Desk {
    /// Calendar days that a letter may take before it counts as not arrived.
    static let daysOfPost = 7
    /// Farthest day, from today, on which papers can be mailed or somebody be back.
    package static let farthestDay = 120

    /// The holder promises a day; until then the ladder waits.
    package func promise(
        _ inquiry: Inquiry.ID,
        day: CivilDate,
        note: String,
        by answerer: Answerer
    ) async throws {
        try await promise(inquiry, due: day, note: note, by: answerer) { _ in
            (.promised(day: day, note: note), .needsUntil(day))
        }
    }

    /// The records are on paper only, and are mailed on `day` with a cover sheet (X12 refusal E7).
    ///
    /// The ladder waits until they should have arrived.
    package func mailPaper(
        _ inquiry: Inquiry.ID,
        on day: CivilDate,
        note: String,
        by answerer: Answerer
    ) async throws {
        let arrival = day.advanced(by: Self.daysOfPost)
        try await promise(inquiry, due: arrival, note: note, by: answerer) { today in
            guard today <= day, day <= today.advanced(by: Self.farthestDay) else {
                throw CaseworkFailure.dateNotInFuture
            }
            return (.paperMailed(on: day, note: note), .paperMailed(on: day))
        }
    }

    /// Whoever opened the link is away until `day`: somebody else is asked now.
    package func sayAway(
        _ inquiry: Inquiry.ID,
        until day: CivilDate,
        by answerer: Answerer
    ) async throws {
        guard case .link(let link, _) = answerer else { throw CaseworkFailure.notAllowed }
        try await write { transaction in
            let (inquiry, _) = try transaction.begun(inquiry, by: answerer)
            guard inquiry.isLive,
                let contact = try transaction.contact(of: answerer, inquiry: inquiry)
            else { throw CaseworkFailure.notPossibleNow }
            let today = transaction.today(in: inquiry.holderState)
            guard today < day, day <= today.advanced(by: Self.farthestDay) else {
                throw CaseworkFailure.dateNotInFuture
            }
            try transaction.session.save(inquiry)
            guard
                try transaction.noteAbsence(of: contact, until: day, about: inquiry) == .noted
            else { return }
            try transaction.audit(
                .link(link),
                "contact.away",
                subject: inquiry.id,
                detail: "until \(day)"
            )
        }
    }

    private func promise(
        _ inquiry: Inquiry.ID,
        due day: CivilDate,
        note: String,
        by answerer: Answerer,
        _ words:
            @escaping @Sendable (_ today: CivilDate) throws -> (
                TimelineEvent.Kind, Letter.News
            )
    ) async throws {
        guard note.utf8.count <= RequestDraft.longestMessage else { throw CaseworkFailure.tooLong }
        try await write { transaction in
            var (inquiry, request) = try transaction.begun(inquiry, by: answerer)
            let today = transaction.today(in: inquiry.holderState)
            guard day > today else { throw CaseworkFailure.dateNotInFuture }
            let (event, news) = try words(today)
            try transaction.move(
                &inquiry,
                .promise,
                by: answerer.lifecycleActor,
                Inquiry.Facts(note: note, promisedFor: day)
            )
            inquiry.clock.promise(day)
            try transaction.reschedule(inquiry)
            try transaction.tell(event, of: request.id, inquiry: inquiry.id)
            try transaction.sendNews(news, inquiry: inquiry, request: request)
            try transaction.tellOffice(ofAnswerBy: answerer, about: inquiry, of: request)
            try transaction.audit(
                transaction.hand(of: answerer),
                "inquiry.promise",
                subject: inquiry.id,
                detail: day.description
            )
        }
    }
}
