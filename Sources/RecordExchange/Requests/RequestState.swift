/// Where a record request stands.
package enum RequestState: String, Sendable, CaseIterable, Codable {
    case draft, duplicateReview, locating, matchReview
    case requested, opened, accepted, onHold, question, partlySent, sent, delivered
    case endOfLocations, cancelPending
    case completed, cancelled, closedUnfilled, closedDuplicate, enteredInError

    /// Terminal states accept nothing; a late answer opens a linked request.
    package var isTerminal: Bool {
        switch self {
        case .completed, .cancelled, .closedUnfilled, .closedDuplicate, .enteredInError: true
        default: false
        }
    }

    /// The state of a filed request, from everything that is on file about it.
    ///
    /// Total: every combination has a state, so a request can never be in none. The inquiry that
    /// is furthest along speaks for the request; one holder's "no" never ends it.
    package static func derive(
        _ request: RecordRequest,
        inquiries: [Inquiry],
        bundles: [RecordBundle]
    ) -> Self {
        if let conclusion = request.conclusion { return state(of: conclusion.kind) }
        let statuses = Set(inquiries.map(\.status))
        if statuses.contains(.sent) {
            let answers = bundles.filter { $0.withdrawnAt == nil }
            let received = !answers.isEmpty && answers.allSatisfy { $0.receivedAt != nil }
            return received ? .delivered : .sent
        }
        // What was already sent stands, and where nobody is asked any more there is nobody to
        // wait for.
        if request.cancelRequested != nil, inquiries.contains(where: \.isLive) {
            return .cancelPending
        }
        let furthestFirst: [(Inquiry.Status, Self)] = [
            (.partlySent, .partlySent), (.question, .question), (.accepted, .accepted),
            (.onHold, .onHold), (.opened, .opened), (.notified, .requested),
            (.queued, .requested),
        ]
        for (status, state) in furthestFirst where statuses.contains(status) { return state }
        // Nobody is working on it: every inquiry ended without records, or none was ever made.
        return .endOfLocations
    }

    private static func state(of kind: RecordRequest.Conclusion.Kind) -> Self {
        switch kind {
        case .completed: .completed
        case .cancelled: .cancelled
        case .closedUnfilled: .closedUnfilled
        case .closedDuplicate: .closedDuplicate
        case .enteredInError: .enteredInError
        }
    }
}

/// The eight words people see instead of nineteen states.
package enum StatusWord: String, Sendable, CaseIterable, Codable {
    case draft, findingTheSchool, withTheSchool, questionForYou, partlyAnswered, recordsReady
    case received, closed
}

extension RequestState {
    /// The word this state is shown as.
    package var word: StatusWord {
        switch self {
        case .draft, .duplicateReview: .draft
        case .locating, .matchReview, .endOfLocations: .findingTheSchool
        case .requested, .opened, .accepted, .onHold, .cancelPending: .withTheSchool
        case .question: .questionForYou
        case .partlySent: .partlyAnswered
        case .sent: .recordsReady
        case .delivered, .completed: .received
        case .cancelled, .closedUnfilled, .closedDuplicate, .enteredInError: .closed
        }
    }
}
