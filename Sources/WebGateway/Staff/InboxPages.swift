import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// What waits for a signed-in clerk, and answering it.
extension StaffRoom {
    func inbox(_ visit: StaffVisit) async throws -> Response {
        let fields = visit.visit.query
        let order = fields["sort"].flatMap(QueueOrder.init(rawValue:)) ?? .waiting
        let isUrgentOnly = fields["urgent"] == "yes"
        // Students' names are not searched here.
        let search = fields[.searchName]
        let waiting = try await desk.inbox(
            by: visit.actor,
            order: order.order,
            isUrgentOnly: isUrgentOnly,
            search: search,
            start: PageStart(fields)
        )
        let page = InboxPage(
            organizations: visit.organizationName,
            rows: waiting.items.map { item in
                InboxRow(
                    inquiry: item.inquiry.id.description,
                    number: item.number,
                    student: item.initials,
                    grade: item.grade,
                    requester: item.requester.name,
                    requesterPlace: schools.place(item.requester),
                    askedOn: item.inquiry.clock.askedOn,
                    answerBy: item.answerBy,
                    due: due(item),
                    level: item.inquiry.clock.level,
                    isUrgent: item.isUrgent,
                    law: item.law.map { LawTag($0) }
                )
            },
            pager: Pager(
                waiting,
                total: try await desk.inboxCount(
                    by: visit.actor,
                    isUrgentOnly: isUrgentOnly,
                    search: search
                ),
                at: StaffRoute.inbox.path().description,
                [
                    ("sort", order == .waiting ? "" : order.rawValue),
                    ("urgent", isUrgentOnly ? "yes" : ""),
                    (FieldName.searchName.rawValue, search),
                ]
            ),
            searchForm: Form(fields.typed(.searchName)),
            orders: Choice.list(QueueOrder.allCases, chosen: [order]),
            isUrgentOnly: isUrgentOnly,
            widePath: isUrgentOnly || !search.isEmpty ? StaffRoute.inbox.path().description : "",
            sent: try await desk.sentOutcomes(by: visit.actor).map(row)
        )
        return frame.page(page, visit, door: .answers)
    }

    private func row(_ sent: SentOutcome) -> SentOutcomeRow {
        let outcome = sent.outcome
        return SentOutcomeRow(
            inquiry: sent.inquiry.description,
            number: sent.number,
            requester: sent.requester.name,
            on: local(outcome.at, sent.requester.state),
            verdict: VerdictWord(outcome.verdict),
            sentTotal: outcome.hasAmounts ? outcome.sent.description : "",
            acceptedTotal: outcome.hasAmounts ? outcome.accepted.description : "",
            enrolledOn: outcome.enrolledOn,
            placedOn: outcome.placedOn
        )
    }

    private func due(_ item: WaitingInquiry) -> DueWord {
        let today = desk.time.today(in: item.school.state)
        let days = WorkingDays.count(after: today, through: item.answerBy)
        // A closed school is never overdue: somebody else's turn has come.
        if item.inquiry.clock.column == .closed { return .closed }
        if item.answerBy == today { return .dueToday }
        return item.answerBy > today
            ? .dueIn(days: days)
            : .overdue(days: WorkingDays.count(after: item.answerBy, through: today))
    }

    /// A clerk answers for the holder; a state contact in its place.
    func answer(_ step: AnswerRoom.Step, _ visit: StaffVisit) async throws -> Response {
        let inquiry = try visit.visit.identifier("inquiry", of: Inquiry.self)
        let isClerk = visit.actor.memberships.contains {
            StaffRole.answerers.contains($0.role)
        }
        let seat = AnswerRoom.Seat(
            base: "/answers/\(inquiry)",
            inquiry: inquiry,
            answerer: isClerk ? .staff(visit.actor) : .stateContact(visit.actor)
        )
        let frame = frame
        return try await answers.respond(to: step, visit.visit, at: seat) { page, status in
            frame.page(
                page,
                visit,
                door: isClerk ? .answers : .queue,
                status: status
            )
        }
    }
}
