/// What may be done with a whole request, by whom, in which state.
///
/// With `InquiryLifecycle` this is the whole truth about what is allowed: the buttons on pages,
/// the actions of the API, the diagram in the manual and the exhaustive tests are read from it.
/// Where the next state depends on the inquiries it is derived, so it is `nil` here.
package enum RequestLifecycle {
    /// Who acts: requester, state contact, or the system itself.
    package enum Actor: String, Sendable, CaseIterable {
        case requester, stateContact, system
    }

    /// What is done.
    package enum Action: String, Sendable, CaseIterable {
        case cancel, confirmCancel, accept, reject, askAnotherLocation, remind, closeUnfilled
        case completeBySilence, reopen
    }

    /// One permitted action.
    package struct Rule: Hashable, Sendable {
        package let from: RequestState
        package let actor: Actor
        package let action: Action
        /// `nil`: derived from the inquiries afterwards.
        package let next: RequestState?
    }

    package static let rules: [Rule] = [
        // Cancelling is immediate; a holder who was asked is told that nothing more is needed.
        rule(.requested, .requester, .cancel, .cancelled),
        rule(.opened, .requester, .cancel, .cancelled),
        rule(.endOfLocations, .requester, .cancel, .cancelled),
        rule(.accepted, .requester, .cancel, .cancelled),
        rule(.onHold, .requester, .cancel, .cancelled),
        rule(.question, .requester, .cancel, .cancelled),
        rule(.cancelPending, .system, .confirmCancel, .cancelled),

        rule(.partlySent, .requester, .accept, .completed),
        rule(.delivered, .requester, .accept, .completed),
        rule(.sent, .requester, .reject, nil),
        rule(.partlySent, .requester, .reject, nil),
        rule(.delivered, .requester, .reject, nil),
        rule(.delivered, .system, .completeBySilence, .completed),

        rule(.endOfLocations, .requester, .askAnotherLocation, .requested),
        rule(.endOfLocations, .stateContact, .askAnotherLocation, .requested),
        rule(.requested, .stateContact, .askAnotherLocation, nil),
        rule(.opened, .stateContact, .askAnotherLocation, nil),
        rule(.accepted, .stateContact, .askAnotherLocation, nil),
        rule(.onHold, .stateContact, .askAnotherLocation, nil),

        rule(.requested, .stateContact, .remind, nil),
        rule(.opened, .stateContact, .remind, nil),
        rule(.accepted, .stateContact, .remind, nil),
        rule(.onHold, .stateContact, .remind, nil),
        rule(.partlySent, .stateContact, .remind, nil),
        rule(.requested, .requester, .remind, nil),
        rule(.opened, .requester, .remind, nil),

        rule(.requested, .stateContact, .closeUnfilled, .closedUnfilled),
        rule(.opened, .stateContact, .closeUnfilled, .closedUnfilled),
        rule(.accepted, .stateContact, .closeUnfilled, .closedUnfilled),
        rule(.onHold, .stateContact, .closeUnfilled, .closedUnfilled),
        rule(.question, .stateContact, .closeUnfilled, .closedUnfilled),
        rule(.endOfLocations, .stateContact, .closeUnfilled, .closedUnfilled),

        rule(.completed, .requester, .reopen, nil),
        rule(.cancelled, .requester, .reopen, nil),
        rule(.closedUnfilled, .requester, .reopen, nil),
        rule(.closedDuplicate, .requester, .reopen, nil),
        rule(.enteredInError, .requester, .reopen, nil),
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
