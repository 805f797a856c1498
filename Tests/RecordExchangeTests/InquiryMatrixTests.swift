import RecordExchange
import Testing

/// The table as the plan tells it, written a second time by hand: a change of the lifecycle is made
/// in two places, knowingly.
@Suite("The inquiry's table by the plan") struct InquiryMatrixTests {
    /// For each status, which event leads where, by whom.
    ///
    /// `h` is the holder or the state contact in its place, `H` the holder alone, `r` the
    /// requester, `s` the system, `c` the state contact.
    static let plan: [(from: Inquiry.Status, rows: String)] = [
        (
            .queued,
            """
            mailAccepted s notified; open h opened; promise h accepted; hold h onHold; ask h question;
            sendSome h partlySent; sendAll h sent; refuse h notFilled; withdraw rs withdrawn;
            supersede cs superseded; timeOut cs timedOut
            """
        ),
        (
            .notified,
            """
            open h opened; promise h accepted; hold h onHold; ask h question; sendSome h partlySent;
            sendAll h sent; refuse h notFilled; withdraw rs withdrawn; supersede cs superseded;
            timeOut cs timedOut
            """
        ),
        (
            .opened,
            """
            promise h accepted; hold h onHold; ask h question; sendSome h partlySent; sendAll h sent;
            refuse h notFilled; withdraw rs withdrawn; supersede cs superseded; timeOut cs timedOut
            """
        ),
        (
            .accepted,
            """
            open h accepted; promise h accepted; hold h onHold; ask h question; sendSome h partlySent;
            sendAll h sent; refuse h notFilled; comeDue s opened; withdraw rs withdrawn;
            supersede cs superseded; timeOut cs timedOut
            """
        ),
        (
            .onHold,
            """
            open h onHold; promise h accepted; hold h onHold; ask h question; sendSome h partlySent;
            sendAll h sent; refuse h notFilled; comeDue s opened; withdraw rs withdrawn;
            supersede cs superseded; timeOut cs timedOut
            """
        ),
        (
            .question,
            """
            promise h accepted; hold h onHold; ask h question; sendSome h partlySent; sendAll h sent;
            refuse h notFilled; answerQuestion r opened; withdraw rs withdrawn;
            supersede cs superseded; timeOut cs timedOut
            """
        ),
        (
            .partlySent,
            """
            sendSome h partlySent; sendAll h sent; refuse h sent; reject rhs opened;
            withdraw rs withdrawn; supersede cs superseded; timeOut cs timedOut
            """
        ),
        (.sent, "sendAll H sent; reject rhs opened"),
        (.notFilled, ""),
        (
            .superseded,
            """
            promise h accepted; hold h onHold; ask h question; sendSome h partlySent; sendAll h sent;
            refuse h notFilled
            """
        ),
        (
            .timedOut,
            """
            promise h accepted; hold h onHold; ask h question; sendSome h partlySent; sendAll h sent;
            refuse h notFilled
            """
        ),
        (.withdrawn, ""),
    ]

    private static let actors: [Character: Set<InquiryLifecycle.Actor>] = [
        "h": [.holder, .stateContact], "H": [.holder], "r": [.requester], "s": [.system],
        "c": [.stateContact],
    ]

    @Test(arguments: plan)
    func `the table says what the plan says`(from: Inquiry.Status, rows: String) {
        let planned = rows.replacing("\n", with: " ").split(separator: ";").map { row in
            let words = row.split(separator: " ")
            let actors = words[1].reduce(into: Set<InquiryLifecycle.Actor>()) { actors, letter in
                actors.formUnion(Self.actors[letter] ?? [])
            }
            return "\(words[0]) \(actors.map(\.rawValue).sorted()) \(words[2])"
        }
        let stated = InquiryLifecycle.transitions.filter { $0.from == from }.map { row in
            "\(row.on) \(row.by.map(\.rawValue).sorted()) \(row.to)"
        }
        #expect(Set(stated) == Set(planned))
        #expect(stated.count == planned.count)
    }

    @Test func `the plan leaves no status out`() {
        #expect(Self.plan.map(\.from) == Inquiry.Status.allCases)
    }

    /// Of two inquiries the one that is furthest along speaks for the request.
    @Test func `the nearer an inquiry is to the record, the louder it speaks`() throws {
        let request = try Fixture.recordRequest()
        let loudestFirst: [(Inquiry.Status, RequestState)] = [
            (.sent, .sent), (.partlySent, .partlySent), (.question, .question),
            (.accepted, .accepted), (.onHold, .onHold), (.opened, .opened),
            (.notified, .requested), (.queued, .requested), (.notFilled, .endOfLocations),
            (.superseded, .endOfLocations), (.timedOut, .endOfLocations),
            (.withdrawn, .endOfLocations),
        ]
        for (rank, (louder, state)) in loudestFirst.enumerated() {
            for (quieter, _) in loudestFirst[rank...] {
                let inquiries = [
                    try Fixture.inquiry(in: quieter, 1), try Fixture.inquiry(in: louder, 2),
                ]
                #expect(
                    RequestState.derive(request, inquiries: inquiries, bundles: []) == state,
                    "\(louder) beside \(quieter)"
                )
            }
        }
    }
}
