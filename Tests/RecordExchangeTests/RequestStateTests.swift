import HostileInput
import RecordExchange
import SeededNumbers
import Testing

@Suite("State of a request") struct RequestStateTests {
    typealias Status = Inquiry.Status

    /// What may lie in a request's folder of bundles.
    enum Answers: CaseIterable {
        case none, ready, received, partlyReceived, withdrawn
    }

    private static func bundles(_ answers: Answers) throws -> [RecordBundle] {
        switch answers {
        case .none: []
        case .ready: [try Fixture.bundle()]
        case .received: [try Fixture.bundle(received: true)]
        case .partlyReceived: [try Fixture.bundle(received: true), try Fixture.bundle(2)]
        case .withdrawn: [try Fixture.bundle(withdrawn: true)]
        }
    }

    /// Every set of statuses that the inquiries of one request can have, as inquiries.
    private static func everyCombination() throws -> [[Inquiry]] {
        let each = try Status.allCases.enumerated().map { number, status in
            try Fixture.inquiry(in: status, UInt128(number) + 1)
        }
        return (0..<1 << each.count).map { bits in
            each.indices.filter { bits & 1 << $0 != 0 }.map { each[$0] }
        }
    }

    @Test(arguments: Answers.allCases)
    func `every combination has a state, and an open request is never in none`(
        answers: Answers
    ) throws {
        let bundles = try Self.bundles(answers)
        let open = try Fixture.recordRequest()
        let cancelling = try Fixture.recordRequest(cancelRequested: .wrongSchool)
        for inquiries in try Self.everyCombination() {
            let state = RequestState.derive(open, inquiries: inquiries, bundles: bundles)
            let isOwned = Self.hasOwner(state, inquiries)
            #expect(!state.isTerminal && isOwned, "\(inquiries.map(\.status)) gives \(state)")

            let stopping = RequestState.derive(cancelling, inquiries: inquiries, bundles: bundles)
            let isStoppingOwned = Self.hasOwner(stopping, inquiries)
            #expect(!stopping.isTerminal && isStoppingOwned)
            #expect(stopping == .cancelPending || stopping == state)
        }
    }

    /// Somebody can act on it, or the ladder will.
    private static func hasOwner(_ state: RequestState, _ inquiries: [Inquiry]) -> Bool {
        inquiries.contains { $0.isLive && !$0.clock.isStopped }
            || RequestLifecycle.rules.contains { $0.from == state && $0.actor != .system }
    }

    @Test(arguments: RecordRequest.Conclusion.Kind.allCases)
    func `a concluded request is at its end, whatever still arrives`(
        kind: RecordRequest.Conclusion.Kind
    ) throws {
        let request = try Fixture.recordRequest(cancelRequested: .wrongSchool, conclusion: kind)
        for inquiries in try Self.everyCombination() {
            let state = RequestState.derive(request, inquiries: inquiries, bundles: [])
            #expect(state.isTerminal && state.rawValue == kind.rawValue)
        }
    }

    @Test func `the order of the inquiries says nothing`() throws {
        let request = try Fixture.recordRequest()
        var generator = SeededGenerator(seed: 1)
        for inquiries in try Self.everyCombination() where generator.happens(10) {
            #expect(
                RequestState.derive(request, inquiries: inquiries, bundles: [])
                    == RequestState.derive(
                        request,
                        inquiries: inquiries.shuffled(using: &generator),
                        bundles: []
                    )
            )
        }
    }

    @Test(arguments: [Status.notFilled, .superseded, .timedOut, .withdrawn])
    func `one holder's end never ends a request`(status: Status) throws {
        let request = try Fixture.recordRequest()
        let ended = try Fixture.inquiry(in: status, 99)
        for inquiries in try Self.everyCombination() {
            #expect(
                RequestState.derive(request, inquiries: inquiries + [ended], bundles: [])
                    == RequestState.derive(request, inquiries: inquiries, bundles: [])
            )
        }
        #expect(
            RequestState.derive(request, inquiries: [ended], bundles: []) == .endOfLocations
        )
    }

    @Test(arguments: [
        (Status.queued, RequestState.requested), (.notified, .requested), (.opened, .opened),
        (.accepted, .accepted), (.onHold, .onHold), (.question, .question),
        (.partlySent, .partlySent), (.sent, .sent),
    ])
    func `a single inquiry speaks for the request`(status: Status, state: RequestState) throws {
        let request = try Fixture.recordRequest()
        let inquiries = [try Fixture.inquiry(in: status)]
        #expect(RequestState.derive(request, inquiries: inquiries, bundles: []) == state)
    }

    @Test func `a request without an inquiry waits for a place to ask`() throws {
        #expect(
            RequestState.derive(try Fixture.recordRequest(), inquiries: [], bundles: [])
                == .endOfLocations
        )
    }

    @Test(arguments: [
        (Answers.none, RequestState.sent), (.ready, .sent), (.received, .delivered),
        (.partlyReceived, .sent), (.withdrawn, .sent),
    ])
    func `sent records are delivered once all of them were received`(
        answers: Answers,
        state: RequestState
    ) throws {
        let request = try Fixture.recordRequest()
        let inquiries = [try Fixture.inquiry(in: .sent)]
        #expect(
            RequestState.derive(request, inquiries: inquiries, bundles: try Self.bundles(answers))
                == state
        )
    }

    @Test func `a bundle that was withdrawn keeps no other from being received`() throws {
        let bundles = [try Fixture.bundle(withdrawn: true), try Fixture.bundle(2, received: true)]
        #expect(
            RequestState.derive(
                try Fixture.recordRequest(),
                inquiries: [try Fixture.inquiry(in: .sent)],
                bundles: bundles
            ) == .delivered
        )
    }

    @Test func `what was already sent is not cancelled under way`() throws {
        let request = try Fixture.recordRequest(cancelRequested: .wrongSchool)
        let sent = try Fixture.inquiry(in: .sent)
        let live = try Fixture.inquiry(in: .opened, 2)
        #expect(RequestState.derive(request, inquiries: [live], bundles: []) == .cancelPending)
        #expect(RequestState.derive(request, inquiries: [sent, live], bundles: []) == .sent)
    }

    @Test(arguments: [
        (StatusWord.draft, [RequestState.draft, .duplicateReview]),
        (.findingTheSchool, [.locating, .matchReview, .endOfLocations]),
        (.withTheSchool, [.requested, .opened, .accepted, .onHold, .cancelPending]),
        (.questionForYou, [.question]), (.partlyAnswered, [.partlySent]), (.recordsReady, [.sent]),
        (.received, [.delivered, .completed]),
        (.closed, [.cancelled, .closedUnfilled, .closedDuplicate, .enteredInError]),
    ])
    func `people see eight words`(word: StatusWord, states: [RequestState]) {
        #expect(RequestState.allCases.filter { $0.word == word } == states)
        #expect(StatusWord.allCases.count == 8)
    }

    @Test func `records are never called ready before they are`() {
        for state in RequestState.allCases
        where state.word == .recordsReady || state.word == .received {
            #expect([.sent, .delivered, .completed].contains(state))
        }
    }
}
