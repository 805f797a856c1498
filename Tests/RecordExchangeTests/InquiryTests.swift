import HostileInput
import RecordExchange
import SeededNumbers
import Testing
import Vocabulary

@Suite("Inquiry") struct InquiryTests {
    @Test(arguments: ReasonCode.allCases)
    func `a refusal needs a reason for refusing`(reason: ReasonCode) throws {
        var inquiry = try Fixture.inquiry(in: .opened)
        let before = inquiry
        let outcome = Result { () throws(Inquiry.Refusal) in
            try inquiry.apply(.refuse, by: .holder, .init(reason: reason), at: Fixture.instant)
        }

        if reason.family == .refusal {
            #expect(inquiry.status == .notFilled)
            #expect(inquiry.reason == reason)
        } else {
            #expect(outcome == .failure(.factsMissing(.refuse)))
            #expect(inquiry == before)
        }
    }

    @Test(arguments: ReasonCode.allCases)
    func `a record is not acceptable for a reason`(reason: ReasonCode) throws {
        var inquiry = try Fixture.inquiry(in: .sent)
        let outcome = Result { () throws(Inquiry.Refusal) in
            try inquiry.apply(.reject, by: .requester, .init(reason: reason), at: Fixture.instant)
        }

        #expect((inquiry.status == .opened) == (reason.family == .notAcceptable))
        #expect((outcome == .failure(.factsMissing(.reject))) == (reason.family != .notAcceptable))
    }

    @Test(arguments: [InquiryLifecycle.Event.refuse, .reject, .promise])
    func `an event without its facts changes nothing`(event: InquiryLifecycle.Event) throws {
        var inquiry = try Fixture.inquiry(in: event == .reject ? .sent : .opened)
        let before = inquiry
        #expect(throws: Inquiry.Refusal.factsMissing(event)) {
            try inquiry.apply(
                event,
                by: event == .reject ? .requester : .holder,
                at: Fixture.instant
            )
        }
        #expect(inquiry == before)
    }

    @Test func `a forbidden event is refused before its facts are read`() throws {
        var inquiry = try Fixture.inquiry(in: .withdrawn)
        #expect(throws: Inquiry.Refusal.notAllowed(.refuse, by: .holder, while: .withdrawn)) {
            try inquiry.apply(.refuse, by: .holder, at: Fixture.instant)
        }
    }

    @Test func `a promise is kept while the holder looks again, and gone once it is due`() throws {
        let promised = try day("2026-06-10")
        var inquiry = try Fixture.inquiry(in: .opened)
        _ = try inquiry.apply(
            .promise,
            by: .holder,
            .init(promisedFor: promised),
            at: Fixture.instant
        )
        _ = try inquiry.apply(.open, by: .holder, at: Fixture.instant)
        #expect(inquiry.status == .accepted)
        #expect(inquiry.promisedFor == promised)
        #expect(inquiry.clock.promisedFor == promised)

        _ = try inquiry.apply(.comeDue, by: .system, at: Fixture.instant)
        #expect(inquiry.status == .opened)
        #expect(inquiry.promisedFor == nil)
    }

    @Test func `the first opening and the last answer are remembered`() throws {
        var inquiry = try Fixture.inquiry(in: .notified)
        #expect(inquiry.openedAt == nil && inquiry.answeredAt == nil)
        let later = Fixture.instant.advanced(bySeconds: 60)
        _ = try inquiry.apply(.open, by: .holder, at: Fixture.instant)
        _ = try inquiry.apply(.promise, by: .holder, Fixture.facts(for: .promise), at: later)
        _ = try inquiry.apply(.open, by: .holder, at: later)
        #expect(inquiry.openedAt == Fixture.instant)
        #expect(inquiry.answeredAt == nil)

        _ = try inquiry.apply(.sendSome, by: .holder, at: later)
        #expect(inquiry.answeredAt == later)
    }

    @Test func `whoever sent some and refuses the rest has sent, and says why`() throws {
        var inquiry = try Fixture.inquiry(in: .partlySent)
        let facts = Inquiry.Facts(reason: .feesOwed, note: "two books")
        let effects = try inquiry.apply(.refuse, by: .holder, facts, at: Fixture.instant)
        #expect(inquiry.status == .sent && inquiry.reason == nil)
        #expect(inquiry.restReason == .feesOwed && inquiry.note == "two books")
        #expect(!effects.contains(.askNextLocation))
        #expect(inquiry.clock.isStopped)

        // What comes after all takes nothing back; what is not acceptable begins anew.
        _ = try inquiry.apply(.sendAll, by: .holder, at: Fixture.instant)
        #expect(inquiry.restReason == .feesOwed)
        let wrong = Inquiry.Facts(reason: .incomplete)
        _ = try inquiry.apply(.reject, by: .requester, wrong, at: Fixture.instant)
        #expect(inquiry.restReason == nil)
    }

    @Test func `the school that asks reads of nobody who was named instead`() throws {
        var inquiry = try Fixture.inquiry(in: .opened)
        inquiry.suggested = SuggestedContact(name: "Ana", email: "ana@oak.example", note: "x")
        #expect(inquiry.forRequester.suggested == nil)
        _ = try inquiry.apply(
            .refuse,
            by: .holder,
            .init(reason: .missingChild),
            at: Fixture.instant
        )
        #expect(inquiry.suggested != nil)
        #expect(inquiry.forRequester.suggested == nil)
        #expect(inquiry.forRequester.reason == .neverEnrolled)
    }

    @Test func `where the student went is kept with the refusal`() throws {
        let next = try Fixture.school("060000000001")
        var inquiry = try Fixture.inquiry(in: .opened)
        let facts = Inquiry.Facts(reason: .movedOn, note: "in August", movedTo: next)
        _ = try inquiry.apply(.refuse, by: .holder, facts, at: Fixture.instant)
        #expect(inquiry.movedTo == next)
        #expect(inquiry.note == "in August")
    }

    @Test func `a note is kept until the next one, and where the student went for good`() throws {
        let next = try Fixture.school("060000000001")
        var inquiry = try Fixture.inquiry(in: .opened)
        let said = Inquiry.Facts(note: "we look", promisedFor: try day("2026-06-10"), movedTo: next)
        _ = try inquiry.apply(.promise, by: .holder, said, at: Fixture.instant)
        _ = try inquiry.apply(.comeDue, by: .system, at: Fixture.instant)
        #expect(inquiry.note == "we look" && inquiry.movedTo == next)

        let later = Inquiry.Facts(note: "half of it")
        _ = try inquiry.apply(.sendSome, by: .holder, later, at: Fixture.instant)
        #expect(inquiry.note == "half of it" && inquiry.movedTo == next)
    }

    @Test func `a message that comes twice changes nothing more`() throws {
        for event in [
            InquiryLifecycle.Event.mailAccepted, .open, .refuse, .withdraw, .supersede, .timeOut,
        ] {
            for status in Inquiry.Status.allCases {
                var inquiry = try Fixture.inquiry(in: status)
                guard
                    let row = InquiryLifecycle.transitions.first(where: {
                        $0.from == status && $0.on == event
                    }),
                    row.to != status
                else { continue }
                let facts = Fixture.facts(for: event)
                _ = try inquiry.apply(event, by: row.by[0], facts, at: Fixture.instant)
                let once = inquiry
                let again = Result { () throws(Inquiry.Refusal) in
                    try inquiry.apply(event, by: row.by[0], facts, at: Fixture.instant)
                }
                #expect(again == .failure(.notAllowed(event, by: row.by[0], while: row.to)))
                #expect(inquiry == once)
            }
        }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `any life at all keeps the facts where they belong`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var inquiry = try Fixture.inquiry()
        for _ in 0..<40 {
            let event = generator.choice(of: InquiryLifecycle.Event.allCases)
            let actor = generator.choice(of: InquiryLifecycle.Actor.allCases)
            let facts = generator.happens(70) ? Fixture.facts(for: event) : Inquiry.Facts()
            let before = inquiry
            do throws(Inquiry.Refusal) {
                _ = try inquiry.apply(event, by: actor, facts, at: Fixture.instant)
            } catch {
                #expect(inquiry == before)
            }
            #expect((inquiry.reason != nil) == (inquiry.status == .notFilled))
            #expect(inquiry.restReason == nil || inquiry.status == .sent)
            #expect((inquiry.promisedFor != nil) == (inquiry.status == .accepted))
            #expect(inquiry.isLive == !inquiry.clock.isStopped)
            #expect(inquiry.clock.isPaused == (inquiry.status == .question))
            #expect(!inquiry.isLive || inquiry.acceptsAnswers)
        }
    }
}
