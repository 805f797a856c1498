import RecordExchange
import Testing

@Suite("Life of a request") struct RequestLifecycleTests {
    typealias Action = RequestLifecycle.Action
    typealias Actor = RequestLifecycle.Actor

    /// States that a filed request can be in; the others belong to drafts and reviews.
    static let filed: [RequestState] = [
        .requested, .opened, .accepted, .onHold, .question, .partlySent, .sent, .delivered,
        .endOfLocations, .cancelPending,
    ]

    @Test func `no state, actor and action have two rules`() {
        let keys = RequestLifecycle.rules.map { "\($0.from) \($0.actor) \($0.action)" }
        #expect(Set(keys).count == keys.count)
    }

    @Test(arguments: RequestState.allCases, Actor.allCases)
    func `what is offered is what is permitted`(state: RequestState, actor: Actor) {
        let offered = RequestLifecycle.actions(for: actor, in: state)
        for action in Action.allCases {
            let rule = RequestLifecycle.rule(for: action, by: actor, in: state)
            #expect((rule != nil) == offered.contains(action))
            if let rule {
                #expect(rule.from == state && rule.actor == actor && rule.action == action)
            }
        }
    }

    @Test(arguments: RequestState.allCases.filter(\.isTerminal))
    func `an ended request stays as it is: what is done with it opens a new one`(
        state: RequestState
    ) {
        for rule in RequestLifecycle.rules where rule.from == state {
            #expect(rule.action.opensLinkedRequest && rule.next == nil)
        }
        #expect(RequestLifecycle.actions(for: .requester, in: state) == [.reopen])
    }

    @Test(arguments: RequestState.allCases)
    func `only where the records are still wanted is a late answer taken`(state: RequestState) {
        let isTaken = RequestLifecycle.rule(for: .answerLate, by: .holder, in: state) != nil
        #expect(isTaken == [.completed, .closedUnfilled].contains(state))
    }

    @Test(arguments: RecordRequest.Conclusion.Kind.allCases)
    func `a request says the same of late answers as the table`(
        kind: RecordRequest.Conclusion.Kind
    ) throws {
        let request = try Fixture.recordRequest(conclusion: kind)
        let state = RequestState.derive(request, inquiries: [], bundles: [])
        let isTaken = RequestLifecycle.rule(for: .answerLate, by: .holder, in: state) != nil
        #expect(request.welcomesLateAnswers == isTaken)
        #expect(try !Fixture.recordRequest().welcomesLateAnswers)
    }

    @Test(arguments: RequestState.allCases)
    func `somebody can do something in every state`(state: RequestState) {
        #expect(!RequestLifecycle.rules.filter { $0.from == state }.isEmpty)
    }

    @Test func `a state contact can act wherever the ladder puts a request on that desk`() {
        // The ladder reaches level 3 and 4 while an inquiry is live and not the requester's turn.
        for state in [RequestState.requested, .opened, .accepted, .onHold, .endOfLocations] {
            let actions = RequestLifecycle.actions(for: .stateContact, in: state)
            #expect(actions.contains(.closeUnfilled) && actions.contains(.askAnotherLocation))
        }
        #expect(
            RequestLifecycle.actions(for: .stateContact, in: .question).contains(.closeUnfilled)
        )
    }

    @Test func `only the requester cancels, accepts or rejects`() {
        for rule in RequestLifecycle.rules {
            switch rule.action {
            case .cancel, .accept, .reject, .reopen, .submit, .discard, .sendAnyway, .join:
                #expect(rule.actor == .requester)
            case .closeUnfilled, .extend: #expect(rule.actor == .stateContact)
            case .completeBySilence, .remindToCollect, .locate: #expect(rule.actor == .system)
            case .confirmCancel: #expect(rule.actor != .requester)
            case .answerLate: #expect(rule.actor == .holder)
            case .askAnotherLocation, .askInParallel, .remind, .merge, .chooseMatch,
                .rejectMatches:
                #expect(rule.actor == .requester || rule.actor == .stateContact)
            }
        }
    }

    @Test func `the stated next state is where the action leads`() {
        for rule in RequestLifecycle.rules {
            switch rule.action {
            case .accept, .completeBySilence: #expect(rule.next == .completed)
            case .closeUnfilled: #expect(rule.next == .closedUnfilled)
            case .confirmCancel: #expect(rule.next == .cancelled)
            // Whoever has begun is asked first.
            case .cancel:
                let hasBegun = rule.from == .accepted || rule.from == .onHold
                #expect(rule.next == (hasBegun ? .cancelPending : .cancelled))
            case .askAnotherLocation: #expect(rule.next == nil || rule.next == .requested)
            case .reject, .remind, .extend, .reopen, .askInParallel, .remindToCollect, .answerLate,
                .submit, .locate:
                #expect(rule.next == nil)
            case .discard: #expect(rule.next == .enteredInError)
            case .sendAnyway: #expect(rule.next == .locating)
            case .join, .merge: #expect(rule.next == .closedDuplicate)
            case .chooseMatch: #expect(rule.next == .requested)
            case .rejectMatches: #expect(rule.next == .endOfLocations)
            }
        }
    }

    @Test func `records that arrived are not cancelled away`() {
        for state in [RequestState.partlySent, .sent, .delivered] {
            #expect(RequestLifecycle.rule(for: .cancel, by: .requester, in: state) == nil)
            #expect(RequestLifecycle.rule(for: .closeUnfilled, by: .stateContact, in: state) == nil)
            #expect(RequestLifecycle.rule(for: .reject, by: .requester, in: state) != nil)
        }
    }

    @Test func `nobody accepts what has not come`() {
        for state in RequestState.allCases {
            let accepts = RequestLifecycle.rule(for: .accept, by: .requester, in: state) != nil
            #expect(accepts == (state == .delivered || state == .partlySent))
        }
    }

    @Test(arguments: RequestState.allCases)
    func `every open state leads to an end`(state: RequestState) {
        guard Self.filed.contains(state) else { return }
        // What an answer of the holder leads to is derived, so it counts as a way on.
        let ends = RequestLifecycle.rules.filter { $0.from == state }.compactMap(\.next)
        #expect(state == .sent || ends.contains { $0.isTerminal || $0 == .cancelPending })
    }
}
