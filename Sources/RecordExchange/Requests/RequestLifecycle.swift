/// What may be done with a whole request, by whom, in which state.
///
/// With `InquiryLifecycle` this is the whole truth about what is allowed: the buttons on pages,
/// the actions of the API, the diagram in the manual and the exhaustive tests are read from it.
/// Where the next state depends on the inquiries it is derived, so it is `nil` here.
package enum RequestLifecycle {
    /// Who acts: requester, the holder's clerk, state contact, or the system itself.
    package enum Actor: String, Sendable, CaseIterable {
        case requester, holder, stateContact, system
    }

    /// What is done.
    package enum Action: String, Sendable, CaseIterable {
        // Before anybody is asked: the pages of a draft.
        case submit, discard, sendAnyway, join
        case locate, chooseMatch, rejectMatches
        // While it runs.
        case cancel, confirmCancel, accept, reject, askAnotherLocation, askInParallel, remind
        case closeUnfilled
        /// The holder is given until a day; the law's date and the cap stay.
        case extend
        /// Goes on as another request for the same student.
        case merge
        /// The requester is told again that records wait, 3 working days after they were ready.
        case remindToCollect
        case completeBySilence
        // After the end: each opens a new, linked request.
        case reopen
        case answerLate

        /// What is done goes into a new request that names this one; this one stays as it ended.
        package var opensLinkedRequest: Bool { self == .reopen || self == .answerLate }
    }

    /// One permitted action.
    package struct Rule: Hashable, Sendable {
        package let from: RequestState
        package let actor: Actor
        package let action: Action
        /// `nil`: derived from the inquiries afterwards.
        package let next: RequestState?
    }

    package static let rules: [Rule] =
        drafts + cancelling + judging
        + locations + reminders + endings

    private static let drafts: [Rule] = [
        rule(.draft, .requester, .submit, nil),
        rule(.draft, .requester, .discard, .enteredInError),
        rule(.duplicateReview, .requester, .sendAnyway, .locating),
        rule(.duplicateReview, .requester, .join, .closedDuplicate),
        rule(.locating, .system, .locate, nil),
        rule(.matchReview, .requester, .chooseMatch, .requested),
        rule(.matchReview, .requester, .rejectMatches, .endOfLocations),
        rule(.matchReview, .stateContact, .chooseMatch, .requested),
        rule(.matchReview, .stateContact, .rejectMatches, .endOfLocations),
    ]

    // Immediate where nobody has begun; a holder who promised a day or waits for something is asked
    // to confirm, since the records may be in the mail already.
    private static let cancelling: [Rule] =
        [.requested, .opened, .question, .endOfLocations].map { state in
            rule(state, .requester, .cancel, .cancelled)
        }
        + [.accepted, .onHold].map { state in
            rule(state, .requester, .cancel, .cancelPending)
        }
        + [Actor.holder, .stateContact, .system].map { actor in
            rule(.cancelPending, actor, .confirmCancel, .cancelled)
        }

    private static let judging: [Rule] =
        [
            rule(.partlySent, .requester, .accept, .completed),
            rule(.delivered, .requester, .accept, .completed),
            rule(.sent, .requester, .reject, nil),
            rule(.partlySent, .requester, .reject, nil),
            rule(.delivered, .requester, .reject, nil),
            rule(.sent, .system, .remindToCollect, nil),
            rule(.delivered, .system, .completeBySilence, .completed),
        ]

    // The requester asks another school beside the one that works on it; a state contact also in
    // its place.
    private static let locations: [Rule] =
        [
            rule(.endOfLocations, .requester, .askAnotherLocation, .requested),
            rule(.endOfLocations, .stateContact, .askAnotherLocation, .requested),
        ]
        + [.requested, .opened, .accepted, .onHold].map { state in
            rule(state, .stateContact, .askAnotherLocation, nil)
        }
        + [Actor.requester, .stateContact].flatMap { actor in
            working.map { rule($0, actor, .askInParallel, nil) }
        }

    private static let reminders: [Rule] =
        [.requested, .opened, .accepted, .onHold, .partlySent].map { state in
            rule(state, .stateContact, .remind, nil)
        }
        + [.requested, .opened].map { state in rule(state, .requester, .remind, nil) }
        // A question is the requester's to answer: nothing of the holder's runs meanwhile.
        + [.requested, .opened, .accepted, .onHold, .partlySent].map { state in
            rule(state, .stateContact, .extend, nil)
        }

    private static let endings: [Rule] =
        [.requested, .opened, .accepted, .onHold, .question, .endOfLocations].map { state in
            rule(state, .stateContact, .closeUnfilled, .closedUnfilled)
        }
        // What has an answer stays: the other one is merged into it.
        + [Actor.requester, .stateContact].flatMap { actor in
            [.requested, .opened, .accepted, .onHold, .question, .endOfLocations].map { state in
                rule(state, actor, .merge, .closedDuplicate)
            }
        }
        + RequestState.allCases.filter(\.isTerminal).map { state in
            rule(state, .requester, .reopen, nil)
        }
        + [.completed, .closedUnfilled].map { state in rule(state, .holder, .answerLate, nil) }

    private static let working: [RequestState] = [
        .requested, .opened, .accepted, .onHold, .question, .partlySent,
    ]

    /// The rule that permits `action`, or `nil` where it is refused.
    package static func rule(
        for action: Action,
        by actor: Actor,
        in state: RequestState
    ) -> Rule? {
        rules.first { $0.from == state && $0.actor == actor && $0.action == action }
    }

    /// The actions `actor` is offered in `state`, in the order of the table.
    package static func actions(for actor: Actor, in state: RequestState) -> [Action] {
        rules.filter { $0.from == state && $0.actor == actor }.map(\.action)
    }

    private static func rule(
        _ from: RequestState,
        _ actor: Actor,
        _ action: Action,
        _ next: RequestState?
    ) -> Rule {
        Rule(from: from, actor: actor, action: action, next: next)
    }
}
