import Casework
import RecordExchange
import Vocabulary

/// Lists made anew from what is on file at every question.
extension MemoryCaseSession {
    func worklist(_ question: WorklistQuestion) throws -> ListPage<WorklistItem> {
        let lines = try lines(question).filter { $0.belongs(to: question.view) }
            .map { entry in
                WorklistItem(
                    request: entry.request,
                    inquiry: entry.inquiry,
                    position: entry.position(in: question.order)
                )
            }
            .sorted { $0.position < $1.position }
            .map { (position: $0.position, item: $0) }
        return page(lines, from: question.start, limit: question.limit)
    }

    func worklistCounts(_ question: WorklistQuestion) throws -> WorklistCounts {
        var counts = WorklistCounts()
        for entry in try lines(question) {
            counts.add(
                1,
                isTold: entry.isTold,
                why: entry.why,
                isUnreachable: entry.isUnreachable
            )
        }
        return counts
    }

    func requests(_ question: RequestListQuestion) throws -> ListPage<RecordRequest> {
        let lines = try state.requests.values
            .filter { request in
                let stage = try stage(of: request)
                return request.requester == question.school && question.part.holds(stage)
            }
            .map { request in
                (
                    position: ListPosition(
                        request.filedAt.millisecondsSince1970,
                        id: request.id.description
                    ),
                    item: request
                )
            }
            .sorted { $0.position > $1.position }
        let read: [(position: ListPosition, item: RecordRequest)] =
            switch question.start {
            case .top: lines
            case .after(let position): lines.filter { $0.position < position }
            case .before(let position): lines.filter { $0.position > position }.reversed()
            }
        return ListPage(read: read, from: question.start, limit: question.limit)
    }

    func requestCounts(from school: SchoolID) throws -> [RequestState: Int] {
        var counts: [RequestState: Int] = [:]
        for request in state.requests.values where request.requester == school {
            counts[try stage(of: request), default: 0] += 1
        }
        return counts
    }

    func openRequests(from school: SchoolID, for student: StudentKey) throws -> [RecordRequest] {
        try requests(from: school, open: true, limit: .max)
            .filter { StudentKey($0.student) == student }
    }

    func openRequestCount(from school: SchoolID, for student: StudentKey) throws -> Int {
        try openRequests(from: school, for: student).count
    }

    private func stage(of request: RecordRequest) throws -> RequestState {
        RequestState.derive(
            request,
            inquiries: try inquiries(of: request.id),
            bundles: try bundles(of: request.id)
        )
    }

    private func lines(_ question: WorklistQuestion) throws -> [WorklistEntry] {
        var lines: [WorklistEntry] = []
        for request in state.requests.values {
            lines += try WorklistEntry.entries(
                of: request,
                inquiries: try inquiries(of: request.id),
                bundles: try bundles(of: request.id),
                timer: timer(of:),
                contacts: contacts(of:),
                assignee: { try assignment(of: request.id, in: $0)?.staff }
            )
        }
        return lines.filter { entry in
            let isOwned =
                switch question.owner {
                case .state(let code):
                    entry.state == code
                        && (question.assignee.map { $0.staff == entry.assignee } ?? true)
                case .requester(let code):
                    entry.requesterState == code
                        && (question.assignee.map { $0.staff == entry.requesterAssignee } ?? true)
                case .holder(let holder): entry.holder == holder && entry.isWaiting
                }
            return isOwned && (entry.isUrgent || !question.isUrgentOnly)
                && (question.step.map { $0 == entry.step } ?? true)
                && (question.askedBefore.map { entry.since < $0 } ?? true)
                && (question.band.map { $0 == entry.band } ?? true)
                && matches(entry, question)
        }
    }

    private func matches(_ entry: WorklistEntry, _ question: WorklistQuestion) -> Bool {
        if let number = question.number { return state.requests[entry.request]?.number == number }
        guard let name = question.nameSearched else { return true }
        return [entry.school, entry.requester].compactMap { $0.flatMap { state.schools[$0] } }
            .contains { $0.name.lowercased().contains(name) }
    }

    /// The page of sorted lines.
    func page<Item>(
        _ lines: [(position: ListPosition, item: Item)],
        from start: PageStart,
        limit: Int
    ) -> ListPage<Item> {
        let read: [(position: ListPosition, item: Item)] =
            switch start {
            case .top: lines
            case .after(let position): lines.filter { $0.position > position }
            case .before(let position): lines.filter { $0.position < position }.reversed()
            }
        return ListPage(read: Array(read), from: start, limit: limit)
    }
}
