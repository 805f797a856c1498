import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

extension StaffRoom {
    func home(_ visit: StaffVisit) async throws -> Response {
        let actor = visit.actor
        var asking: AskingDoor?
        var closedUntil: CivilDate?
        var summerContact = ""
        var contactsPath = ""
        if let school = actor.requestingSchools.first {
            let counts = try await desk.requestCounts(by: actor)
            asking = AskingDoor(
                open: counts.filter { !$0.key.isTerminal }.values.reduce(0, +),
                ready: counts[.sent, default: 0],
                questions: counts[.question, default: 0],
                drafts: try await draftRows(visit)
            )
            let prospect = try await desk.prospect(of: school)
            closedUntil = prospect.reopens
            if closedUntil != nil {
                let office = OrganizationID.school(school)
                summerContact =
                    try await desk.contacts(of: office)
                    .first { $0.role == .summer && $0.isUsable }?.name ?? ""
                if try await desk.mayKeep(office, by: actor) {
                    contactsPath = StaffRoute.organization.path(office.description).description
                }
            }
        }
        var answering: AnsweringDoor?
        if !actor.organizations(as: StaffRole.answerers).isEmpty {
            let soonest = try await desk.inbox(by: actor, order: .next)
            answering = AnsweringDoor(
                waiting: try await desk.inboxCount(by: actor),
                oldestDue: soonest.items.map(\.answerBy).min()
            )
        }
        var queue: QueueDoor?
        if let state = actor.watchedStates.first {
            let question = WorklistQuestion(.state(state), view: .told, limit: 0)
            let told = try await desk.stateQueue(question, by: actor).counts.told
            queue = QueueDoor(stateName: schools.stateName(state), waiting: told)
        }
        let page = HomePage(
            name: actor.name,
            organization: visit.organizationName,
            asking: asking,
            answering: answering,
            queue: queue,
            closedUntil: closedUntil,
            summerContact: summerContact,
            contactsPath: contactsPath
        )
        return frame.page(page, visit)
    }

    func draftRows(_ visit: StaffVisit) async throws -> [DraftRow] {
        let drafts = try await desk.drafts(by: visit.actor)
        var rows: [DraftRow] = []
        for draft in drafts {
            guard let school = try await desk.school(draft.requester) else { continue }
            let name = [draft.given, draft.paternalSurname, draft.maternalSurname]
                .filter { !$0.isEmpty }.joined(separator: " ")
            rows.append(
                DraftRow(
                    id: draft.id.description,
                    studentName: name,
                    changedAt: local(draft.changedAt, school.state)
                )
            )
        }
        return rows
    }

    private func tabs(_ visit: StaffVisit, current: RequestsTab?) async throws -> [TabLink] {
        let counts = try await desk.requestCounts(by: visit.actor)
        return RequestsTab.allCases.map { other in
            TabLink(
                tab: other,
                count: counts.filter { other.part.holds($0.key) }.values.reduce(0, +),
                isCurrent: other == current
            )
        }
    }

    private static let longestRequestSearch = 200

    /// What was searched for is a student's name, so it stands in no address: it is posted, and
    /// the page comes back at once.
    func findRequests(_ visit: StaffVisit) async throws -> Response {
        let typed = visit.visit.form
        let tabs = try await tabs(visit, current: nil)
        func page(
            _ rows: [RequestSummary],
            isPart: Bool = false,
            problems: [FieldProblem] = []
        ) -> Response {
            let page = RequestsPage(
                tab: .open,
                tabs: tabs,
                rows: rows.map(row),
                isSearch: true,
                isPart: isPart,
                form: Form(typed.typed(.requestSearch), problems: problems),
                pager: Pager(total: rows.count)
            )
            return frame.page(
                page,
                visit,
                door: .requests,
                status: problems.isEmpty ? .ok : .unprocessableContent
            )
        }
        let longest = Self.longestRequestSearch
        guard typed[.requestSearch].utf8.count <= longest else {
            return page([], problems: [FieldProblem(.requestSearch, .tooLong(limit: longest))])
        }
        do {
            let found = try await desk.findRequests(typed[.requestSearch], by: visit.actor)
            return page(found.requests, isPart: found.isPart)
        } catch CaseworkFailure.nameMissing {
            return page([], problems: [FieldProblem(.requestSearch, .searchMissing)])
        }
    }

    func requests(_ visit: StaffVisit) async throws -> Response {
        let tab = visit.visit.query["show"].flatMap(RequestsTab.init(rawValue:)) ?? .open
        let tabs = try await tabs(visit, current: tab)
        let start = PageStart(visit.visit.query)
        let shown = try await desk.requests(by: visit.actor, tab.part, start: start)
        let page = RequestsPage(
            tab: tab,
            tabs: tabs,
            rows: shown.items.map(row),
            drafts: tab == .open && start == .top ? try await draftRows(visit) : [],
            pager: Pager(
                shown,
                total: tabs.first(where: \.isCurrent)?.count ?? 0,
                at: StaffRoute.requests.path().description,
                [("show", tab.rawValue)],
                isByDate: true
            )
        )
        return frame.page(page, visit, door: .requests)
    }

    private func row(_ summary: RequestSummary) -> RequestRow {
        RequestRow(
            number: summary.request.number,
            studentName: summary.request.student.name.full,
            holder: summary.holder?.name ?? "",
            filedOn: summary.request.filedOn,
            status: summary.state.word,
            due: .none,
            next: Rendering.NextStep(
                summary.next,
                state: summary.state,
                holder: summary.holder?.name ?? "",
                district: summary.holder?.districtName ?? "",
                stateName: schools.stateName(
                    summary.holder?.state ?? summary.request.requesterState
                )
            )
        )
    }
}

extension RequestsTab {
    var part: RequestListQuestion.Part {
        switch self {
        case .open: .open
        case .questions: .questions
        case .ready: .ready
        case .closed: .closed
        }
    }
}
