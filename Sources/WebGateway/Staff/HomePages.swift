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
        if let school = actor.requestingSchools.first {
            let open = try await desk.requests(by: actor, open: true)
            asking = AskingDoor(
                open: open.count,
                ready: open.count { $0.state == .sent },
                questions: open.count { $0.state == .question },
                drafts: try await draftRows(visit)
            )
            closedUntil = try await desk.prospect(of: school).reopens
        }
        var answering: AnsweringDoor?
        if !actor.organizations(as: StaffRole.answerers).isEmpty {
            let waiting = try await desk.inbox(by: actor)
            answering = AnsweringDoor(
                waiting: waiting.count,
                oldestDue: waiting.map(\.answerBy).min()
            )
        }
        var queue: QueueDoor?
        if let state = actor.watchedStates.first {
            let rows = try await desk.stateQueue(of: state, all: false, by: actor)
            queue = QueueDoor(stateName: schools.stateName(state), waiting: rows.count)
        }
        let page = HomePage(
            name: actor.name,
            organization: visit.organizationName,
            asking: asking,
            answering: answering,
            queue: queue,
            closedUntil: closedUntil
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

    func requests(_ visit: StaffVisit) async throws -> Response {
        let open = try await desk.requests(by: visit.actor, open: true)
        let closed = try await desk.requests(by: visit.actor, open: false)
        let ready = open.filter { $0.state == .sent || $0.state == .delivered }
        let tab = visit.visit.query["show"].flatMap(RequestsTab.init(rawValue:)) ?? .open
        let shown =
            switch tab {
            case .open: open
            case .ready: ready
            case .closed: closed
            }
        let counts: [RequestsTab: Int] = [
            .open: open.count, .ready: ready.count, .closed: closed.count,
        ]
        let page = RequestsPage(
            tab: tab,
            tabs: RequestsTab.allCases.map { other in
                TabLink(tab: other, count: counts[other] ?? 0, isCurrent: other == tab)
            },
            rows: shown.map(row),
            drafts: tab == .open ? try await draftRows(visit) : []
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
