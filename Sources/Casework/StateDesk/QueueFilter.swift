package import RecordExchange
package import Vocabulary

/// What of a state's queue is shown, and in which order.
package struct QueueFilter: Hashable, Sendable {
    package var side: QueueSide = .holding
    package var view: WorklistQuestion.View = .all
    package var order: WorklistQuestion.Order = .waiting
    package var isUrgentOnly = false
    /// Whose; `nil` for everybody's.
    package var assignee: Assignee?
    package var step: QueueStep?
    /// The fewest working days that it has waited; `nil` for any.
    package var waitedDays: Int?
    package var band: GradeBand?
    /// A request number, or part of the name of a school.
    package var search = ""

    package init() {}

    /// Something is left out, whatever the view.
    package var isNarrow: Bool {
        isUrgentOnly || assignee != nil || step != nil || waitedDays != nil || band != nil
            || search.utf8.contains { $0 > 32 }
    }

    /// The longest wait that can be asked for.
    package static let mostDays = 250

    func question(
        in state: StateCode,
        at time: any Timekeeper,
        start: PageStart = .top,
        limit: Int = 50
    ) -> WorklistQuestion {
        let owner: WorklistQuestion.Owner =
            switch side {
            case .holding: .state(state)
            case .requesting: .requester(state)
            }
        return WorklistQuestion(
            owner,
            view: view,
            order: order,
            isUrgentOnly: isUrgentOnly,
            assignee: assignee,
            askedBefore: waitedDays.map { Self.instant(after: $0, in: state, at: time) },
            band: band,
            step: step,
            search: search,
            start: start,
            limit: limit
        )
    }

    /// Whatever was asked before has waited for so many working days at least, today in `state`.
    private static func instant(
        after days: Int,
        in state: StateCode,
        at time: any Timekeeper
    ) -> Instant {
        let today = time.today(in: state)
        var day = today
        let wanted = min(max(days, 0), mostDays)
        while WorkingDays.count(after: day, through: today) < wanted {
            day = day.advanced(by: -1)
        }
        return time.instant(of: day.advanced(by: 1), hour: 0, in: state)
    }
}

/// On which side of its requests a state stands.
package enum QueueSide: String, Hashable, Sendable, CaseIterable {
    /// Its schools are asked, and requests of its schools that have no school left.
    case holding
    /// Its schools ask, wherever the records are.
    case requesting
}

/// How far the school of a line is, as whoever calls it wants to know.
package enum QueueStep: String, Hashable, Sendable, CaseIterable {
    case unopened, opened, promised, question, partlySent, withoutSchool, cancelling

    /// Where one school stands, whatever others say that are asked beside it.
    ///
    /// `isCancelling`: the requester asks for its request back.
    package init(_ inquiry: Inquiry, isCancelling: Bool) {
        guard !isCancelling || !inquiry.isLive else {
            self = .cancelling
            return
        }
        switch inquiry.status {
        case .queued, .notified: self = .unopened
        case .opened: self = .opened
        case .accepted, .onHold: self = .promised
        case .question: self = .question
        case .partlySent: self = .partlySent
        // Whoever let the time pass has either looked or not.
        case .timedOut, .sent, .notFilled, .superseded, .withdrawn:
            self = inquiry.openedAt == nil ? .unopened : .opened
        }
    }
}

/// Grades that are placed alike.
package enum GradeBand: String, Hashable, Sendable, CaseIterable {
    case elementary, middle, high
    /// Ungraded, adult, or not known.
    case other

    package init(_ grade: Grade?) {
        switch grade {
        case .prekindergarten, .kindergarten, .first, .second, .third, .fourth, .fifth:
            self = .elementary
        case .sixth, .seventh, .eighth: self = .middle
        case .ninth, .tenth, .eleventh, .twelfth, .thirteenth: self = .high
        case .ungraded, .adult, nil: self = .other
        }
    }
}

extension Desk {
    /// A page of a state's queue, narrowed.
    package func queue(
        _ filter: QueueFilter,
        in state: StateCode,
        start: PageStart = .top,
        limit: Int = 50,
        by actor: Actor
    ) async throws -> StateQueue {
        try await stateQueue(
            filter.question(in: state, at: time, start: start, limit: limit),
            by: actor
        )
    }

    /// A page of a state's queue without its counts, for whoever reads all of them.
    ///
    /// By district and school, whatever the filter's order: a line keeps that place while pages are
    /// read, so that none comes twice.
    package func queueLines(
        _ filter: QueueFilter,
        in state: StateCode,
        start: PageStart = .top,
        limit: Int = 200,
        by actor: Actor
    ) async throws -> ListPage<QueueRow> {
        guard actor.watchedStates.contains(state) else { throw CaseworkFailure.notAllowed }
        var placed = filter
        placed.order = .place
        let question = placed.question(in: state, at: time, start: start, limit: limit)
        return try await read { try $0.queueRows(question) }
    }
}
