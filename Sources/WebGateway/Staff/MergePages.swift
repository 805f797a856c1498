import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Requests that were made twice, and a last school that nobody could name.
extension StaffRoom {
    func mergePage(_ visit: StaffVisit) async throws -> Response {
        try await mergePage(visit, trouble: nil)
    }

    func merge(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        guard let survivor = try? RequestNumber(parsing: visit.visit.form[.number]) else {
            return try await mergePage(visit, trouble: .requestMissing)
        }
        do {
            try await desk.mergeRequest(number, into: survivor, by: visit.actor)
        } catch CaseworkFailure.notPossibleNow {
            return try await mergePage(visit, trouble: .requestChanged)
        }
        return seeOther(home(of: visit), survivor.description, done: .merged)
    }

    private func mergePage(
        _ visit: StaffVisit,
        trouble: FieldTrouble?
    ) async throws -> Response {
        let number = try number(visit)
        let story = try await desk.story(of: number, by: visit.actor)
        let isRequester = visit.actor.requestingSchools.contains(story.request.requester)
        let route: StaffRoute = isRequester ? .tracker : .queueRow
        let rows = twinRows(try await desk.twins(of: number, by: visit.actor), route)
        let name = story.request.student.name
        let page = MergePage(
            number: number,
            student: isRequester ? name.full : name.initials,
            backPath: route.path(number.description).description,
            choices: rows.filter { $0.obstacle == .none },
            others: rows.filter { $0.obstacle != .none },
            form: Form([:], problems: trouble.map { [FieldProblem(.number, $0)] } ?? [])
        )
        return frame.page(
            page,
            visit,
            door: isRequester ? .requests : .queue,
            status: trouble == nil ? .ok : .unprocessableContent
        )
    }

    private func home(of visit: StaffVisit) -> StaffRoute {
        visit.actor.requestingSchools.isEmpty ? .queueRow : .tracker
    }

    func twinRows(_ twins: [RequestTwin], _ route: StaffRoute) -> [TwinRow] {
        let possible = twins.count { $0.obstacle == nil }
        return twins.map { twin in
            let request = twin.summary.request
            return TwinRow(
                number: request.number,
                path: route.path(request.number.description).description,
                filedBy: twin.summary.filedBy,
                filedOn: request.filedOn,
                holder: twin.summary.holder?.name ?? "",
                status: twin.summary.state.word,
                obstacle: TwinObstacle(twin.obstacle),
                mergePath: twin.obstacle != nil && twin.canBeMerged
                    ? StaffRoute.merge.path(request.number.description).description : "",
                isChosen: possible == 1 && twin.obstacle == nil
            )
        }
    }

    /// Who looks for a school that nobody could name; `nil` where one was asked or it ended.
    func task(_ story: RequestStory) -> SchoolTask? {
        guard let unnamed = story.request.unnamedSchool, story.request.isOpen,
            story.inquiries.isEmpty
        else { return nil }
        return SchoolTask(
            kind: SchoolTaskKind(unnamed.kind),
            told: unnamed.told,
            stateName: schools.stateName(story.request.requesterState),
            person: story.stateContact?.name ?? "",
            phone: story.stateContact?.phone ?? ""
        )
    }
}

extension SchoolTaskKind {
    fileprivate init(_ kind: RecordRequest.UnnamedSchool.Kind) {
        switch kind {
        case .outsideUnitedStates: self = .outsideUnitedStates
        case .unknown: self = .unknown
        }
    }
}

extension TwinObstacle {
    fileprivate init(_ obstacle: RequestTwin.Obstacle?) {
        switch obstacle {
        case nil: self = .none
        case .hasRecords: self = .hasRecords
        case .bothHaveRecords: self = .bothHaveRecords
        case .notNow: self = .notNow
        }
    }
}
