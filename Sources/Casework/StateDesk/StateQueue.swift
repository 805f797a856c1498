package import RecordExchange
import StudentRecords
package import Vocabulary

/// One row of a state contact's queue.
package struct QueueRow: Hashable, Sendable {
    package let number: RequestNumber
    /// Initials and grade only: lists never show a name.
    package let initials: String
    package let grade: Grade?
    package let inquiry: Inquiry?
    /// The school that is asked; `nil` where none is left.
    package let school: School?
    package let requester: School
    package let state: RequestState
    package let level: ClockLevel
    /// Working days since the holder was first asked.
    package let waitedDays: Int
    /// The working day on which the hard cap falls, counted the same way.
    package let capDays: Int
    package let why: WhyStuck
    package let next: NextStep?
    package let phone: String?
    package let isUrgent: Bool
    /// What the law gives the school.
    package let law: LawShown?
    /// The same school asks for the same student a second time.
    package let hasTwin: Bool
    /// Who of the reader's state has it; `nil`: nobody.
    package let assignee: QueuePerson?
}

/// A page of the state queue.
package struct StateQueue: Sendable {
    package let page: ListPage<QueueRow>
    /// Exact, whatever the page holds.
    package let counts: WorklistCounts
}

extension Desk {
    /// A page of what a state's contacts watch, and how much there is of each kind.
    package func stateQueue(
        _ question: WorklistQuestion,
        by actor: Actor
    ) async throws -> StateQueue {
        guard let state = question.state, actor.watchedStates.contains(state) else {
            throw CaseworkFailure.notAllowed
        }
        return try await read { transaction in
            StateQueue(
                page: try transaction.queueRows(question),
                counts: try transaction.session.worklistCounts(question)
            )
        }
    }

    /// Requests of a state's schools for which records came and nobody says that they opened, or
    /// says that they did not.
    package func unconfirmed(in state: StateCode, by actor: Actor) async throws -> [QueueRow] {
        guard actor.watchedStates.contains(state) else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            let watch = try transaction.watch(state)
            return try transaction.session.requestsWithoutReceipt(ownedBy: state, limit: 200)
                .map { try transaction.row(nil, of: $0, why: .noReceipt, for: watch) }
        }
    }

    /// Writes the digest that is due, from what is in the queue at this moment; nothing where the
    /// queue is empty.
    ///
    /// The effect that asked for it is done in the same transaction, so that a cut in between
    /// cannot write it twice.
    package func writeDigest(
        for contact: Contact.ID,
        of state: StateCode,
        instead effect: Effect.ID
    ) async throws {
        try await write { transaction in
            guard try transaction.takeUp(effect) else { return }
            guard let contact = try transaction.session.contact(contact), contact.isUsable else {
                return
            }
            let told = WorklistQuestion(.state(state), view: .told, limit: 1_000)
            let rows = try transaction.queueRows(told).items
            guard !rows.isEmpty else { return }
            if try transaction.session.worklistCounts(told).withoutSchool > 0 {
                // No holder's clock rings for these: the digest itself comes back.
                try transaction.enqueueDigest(
                    for: contact,
                    in: state,
                    on: WorkingDays.day(
                        Self.daysBetweenDigests,
                        after: transaction.today(in: state)
                    )
                )
            }
            let lines = rows.map { row in
                Letter.DigestRow(
                    number: row.number,
                    school: row.school?.name ?? row.requester.name,
                    waitedDays: row.waitedDays,
                    why: row.why,
                    phone: row.phone,
                    isNew: row.waitedDays <= 1
                )
            }
            try transaction.mail(
                .digest(
                    recipient: contact.name,
                    rows: Array(lines.prefix(50)),
                    total: try transaction.session.worklistCounts(told).told,
                    new: lines.count(where: \.isNew),
                    link: "\(transaction.desk.settings.baseAddress)/queue"
                ),
                to: contact,
                about: nil
            )
        }
    }

    /// Working days after which a state contact is told again of requests without a school.
    static let daysBetweenDigests = 2

    /// The state contact reminds everybody who can answer an inquiry, at once.
    package func remindHolder(_ number: RequestNumber, by actor: Actor) async throws {
        try await write { transaction in
            let request = try transaction.request(number, seenBy: actor)
            try transaction.permit(.remind, on: request, by: actor)
            for (inquiry, contact) in try transaction.reminders(about: request).now {
                try transaction.ask(contact, about: inquiry, of: request, Letter.remind)
            }
            try transaction.tell(
                .stateActed(note: "remind"),
                of: request.id,
                person: actor.name
            )
            try transaction.audit(.staff(actor.id), "request.remind", subject: request.number)
        }
    }

    /// Asks one more school.
    ///
    /// `beside` the schools that are asked already, or in their place; these still take an answer.
    /// A requester asks beside them only: replacing is the state contact's.
    package func askAnotherSchool(
        _ number: RequestNumber,
        _ school: SchoolID,
        beside: Bool = false,
        by actor: Actor
    ) async throws {
        try await write { transaction in
            var request = try transaction.request(number, seenBy: actor)
            let isLive = try transaction.session.inquiries(of: request.id).contains(where: \.isLive)
            let isRequester = actor.requestingSchools.contains(request.requester)
            let inParallel = isLive && (beside || isRequester)
            try transaction.permit(
                inParallel ? .askInParallel : .askAnotherLocation,
                on: request,
                by: actor
            )
            if inParallel, isRequester {
                request.asksInParallel = true
                try transaction.session.save(request)
            }
            let next = try transaction.school(school)
            let inquiries = try transaction.session.inquiries(of: request.id)
            guard next.id != request.requester, !inquiries.contains(where: { $0.school == school })
            else { throw CaseworkFailure.alreadyThere }
            for var inquiry in inquiries where inquiry.isLive && !inParallel {
                // A late answer is a good answer: superseded, not withdrawn.
                try transaction.move(&inquiry, .supersede, by: .system)
                inquiry.clock.stop()
                try transaction.reschedule(inquiry)
            }
            try transaction.openInquiry(for: request, at: next)
            try transaction.audit(
                .staff(actor.id),
                "request.askAnother",
                subject: request.number,
                detail: school.description
            )
        }
    }

    /// A phone call and what came of it, on the record; that somebody called is worth a line where
    /// there is nothing to say of it.
    package func logCall(_ number: RequestNumber, note: String, by actor: Actor) async throws {
        guard note.utf8.count <= RequestDraft.longestMessage else { throw CaseworkFailure.tooLong }
        try await write { transaction in
            let request = try transaction.request(number, seenBy: actor)
            try transaction.logCall(about: request, note: note, by: actor)
        }
    }
}

extension CaseTransaction {
    func queueRows(_ question: WorklistQuestion) throws -> ListPage<QueueRow> {
        var watch: QueueWatch?
        if let state = question.state { watch = try self.watch(state) }
        return try session.worklist(question).map { item in
            let inquiry = try item.inquiry.flatMap { try session.inquiry($0) }
            return try row(inquiry, of: try request(item.request), for: watch)
        }
    }

    /// A state whose contacts read its queue, with all of them: read once for a page of rows.
    struct QueueWatch {
        let state: StateCode
        let people: [StaffID: QueuePerson]
    }

    func watch(_ state: StateCode) throws -> QueueWatch {
        let people = try queuePeople(of: state).map { ($0.id, $0) }
        return QueueWatch(state: state, people: Dictionary(uniqueKeysWithValues: people))
    }

    /// `why`: where it is known without a look at the inquiry.
    func row(
        _ inquiry: Inquiry?,
        of request: RecordRequest,
        why known: WhyStuck? = nil,
        for watch: QueueWatch?
    ) throws -> QueueRow {
        let inquiries = try session.inquiries(of: request.id)
        let bundles = try session.bundles(of: request.id)
        let state = RequestState.derive(request, inquiries: inquiries, bundles: bundles)
        let school = try inquiry.map { try self.school($0.school) }
        let zone = school?.state ?? request.requesterState
        let askedOn = inquiry?.clock.askedOn ?? request.filedOn
        let capOn = askedOn.advanced(by: try policy(of: zone, for: request).capAfter)
        return QueueRow(
            number: request.number,
            initials: request.student.name.initials,
            grade: request.student.grade,
            inquiry: inquiry,
            school: school,
            requester: try self.school(request.requester),
            state: state,
            level: inquiry?.clock.level ?? .state,
            waitedDays: WorkingDays.count(after: askedOn, through: today(in: zone)),
            capDays: WorkingDays.count(after: askedOn, through: capOn),
            why: try known ?? (inquiries.isEmpty ? unasked(request) : why(inquiry, school)),
            next: try next(request, state: state, inquiries: inquiries),
            // Whoever has not taken the records is the school that asked.
            phone: try phone(of: known == .noReceipt ? self.school(request.requester) : school),
            isUrgent: !request.urgentGrounds.isEmpty,
            law: try inquiry.flatMap { try lawShown(of: $0, request) },
            hasTwin: try hasTwin(request),
            assignee: try watch.flatMap { watch in
                try session.assignment(of: request.id, in: watch.state)
                    .flatMap { watch.people[$0.staff] }
            }
        )
    }

    /// The same school asks for the same student a second time: only counted, since a list asks
    /// for each of its rows.
    private func hasTwin(_ request: RecordRequest) throws -> Bool {
        guard request.isOpen else { return false }
        let key = StudentKey(request.student)
        return try session.openRequestCount(from: request.requester, for: key) > 1
    }

    /// The school's number, else its district's: whoever might pick up.
    private func phone(of school: School?) throws -> String? {
        guard let school else { return nil }
        return try school.phone ?? session.district(school.district)?.phone
    }

    /// Why nobody was ever asked.
    private func unasked(_ request: RecordRequest) -> WhyStuck {
        switch request.unnamedSchool?.kind {
        case .outsideUnitedStates: .outsideUnitedStates
        case .unknown: .schoolUnknown
        case nil: .noSchoolLeft
        }
    }

    private func why(_ inquiry: Inquiry?, _ school: School?) throws -> WhyStuck {
        guard let inquiry, let school else { return .noSchoolLeft }
        if inquiry.isLive, inquiry.status != .question, let day = inquiry.clock.extendedUntil,
            day == inquiry.clock.waitsUntil
        {
            return .extended(until: day)
        }
        switch inquiry.status {
        case .accepted:
            if let day = inquiry.promisedFor { return .promised(day) }
        case .onHold: return .onHold
        case .question: return .questionToRequester
        case .partlySent: return .partlySent
        default: break
        }
        let calendar = try calendar(of: school)
        let today = today(in: school.state)
        if calendar.closure(on: today) != nil {
            return .schoolClosed(until: calendar.reopening(after: today))
        }
        let contacts = try session.contacts(of: inquiry.holder)
        if contacts.isEmpty { return .noContact }
        if contacts.allSatisfy({ !$0.isUsable }) { return .mailBounced }
        return inquiry.openedAt == nil ? .notOpened : .openedNotAnswered
    }
}
