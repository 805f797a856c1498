import RecordExchange
import Testing
import Vocabulary

@Suite("Life of an inquiry") struct InquiryLifecycleTests {
    typealias Status = Inquiry.Status
    typealias Event = InquiryLifecycle.Event
    typealias Actor = InquiryLifecycle.Actor

    static let ends: Set<Status> = [.sent, .notFilled, .superseded, .timedOut, .withdrawn]

    @Test(arguments: Status.allCases)
    func `every status is reached by an inquiry`(status: Status) throws {
        #expect(try Fixture.inquiry(in: status).status == status)
    }

    @Test(arguments: Status.allCases)
    func `every live status leads to an end`(status: Status) throws {
        var reached: Set<Status> = [status]
        var frontier = [status]
        while let from = frontier.popLast() {
            for row in InquiryLifecycle.transitions where row.from == from {
                if reached.insert(row.to).inserted { frontier.append(row.to) }
            }
        }
        #expect(!reached.isDisjoint(with: Self.ends))
        #expect(try Fixture.inquiry(in: status).isLive == !Self.ends.contains(status))
    }

    @Test(arguments: Status.allCases)
    func `every live status can end without records and with them`(status: Status) throws {
        guard try Fixture.inquiry(in: status).isLive else { return }
        #expect(InquiryLifecycle.transition(from: status, on: .sendAll, by: .holder) != nil)
        #expect(InquiryLifecycle.transition(from: status, on: .withdraw, by: .requester) != nil)
        #expect(InquiryLifecycle.transition(from: status, on: .timeOut, by: .system) != nil)
    }

    @Test func `no status, event and actor have two outcomes`() {
        struct Key: Hashable {
            let from: Status
            let on: Event
            let by: Actor
        }
        var seen: Set<Key> = []
        for row in InquiryLifecycle.transitions {
            #expect(!row.by.isEmpty)
            #expect(Set(row.effects).count == row.effects.count)
            for actor in row.by {
                let key = Key(from: row.from, on: row.on, by: actor)
                #expect(seen.insert(key).inserted, "\(key)")
            }
        }
    }

    @Test(arguments: Status.allCases, Event.allCases)
    func `what the table allows happens, and nothing else`(status: Status, event: Event) throws {
        let before = try Fixture.inquiry(in: status)
        for actor in Actor.allCases {
            var inquiry = before
            let row = InquiryLifecycle.transitions.first {
                $0.from == status && $0.on == event && $0.by.contains(actor)
            }
            let outcome = Result { () throws(Inquiry.Refusal) in
                try inquiry.apply(event, by: actor, Fixture.facts(for: event), at: Fixture.instant)
            }

            if let row {
                #expect(outcome == .success(row.effects))
                #expect(inquiry.status == row.to)
            } else {
                #expect(outcome == .failure(.notAllowed(event, by: actor, while: status)))
                #expect(inquiry == before)
            }
            #expect(InquiryLifecycle.events(for: actor, in: status).contains(event) == (row != nil))
        }
    }

    @Test(arguments: [Status.notFilled, .withdrawn])
    func `an ended inquiry accepts nothing`(status: Status) throws {
        #expect(InquiryLifecycle.transitions.filter { $0.from == status }.isEmpty)
        #expect(try !Fixture.inquiry(in: status).acceptsAnswers)
    }

    @Test(
        arguments: [Status.timedOut, .superseded],
        [Event.sendAll, .sendSome, .refuse, .promise]
    )
    func `a late answer is a good answer`(status: Status, answer: Event) throws {
        var inquiry = try Fixture.inquiry(in: status)
        #expect(inquiry.acceptsAnswers)

        let effects = try inquiry.apply(
            answer,
            by: .holder,
            Fixture.facts(for: answer),
            at: Fixture.instant
        )
        #expect(effects.contains(.giveReceipt) || effects.contains(.tellRequester))
    }

    @Test(arguments: Status.allCases)
    func `a link takes an answer wherever the table does`(status: Status) throws {
        let takesRecords =
            InquiryLifecycle.transition(from: status, on: .sendAll, by: .holder) != nil
        let inquiry = try Fixture.inquiry(in: status)
        // More records may follow what was sent; the page for that is the receipt's.
        #expect(takesRecords == (inquiry.acceptsAnswers || status == .sent))
    }

    @Test(arguments: Status.allCases)
    func `whatever ends an inquiry stops its clock and whatever revives it starts it`(
        status: Status
    ) throws {
        for row in InquiryLifecycle.transitions where row.from == status {
            let wasLive = !Self.ends.contains(row.from)
            let isLive = !Self.ends.contains(row.to)
            let stops = row.effects.contains(.stopClock)
            #expect(isLive ? !stops : stops || !wasLive)
            var inquiry = try Fixture.inquiry(in: status)
            _ = try inquiry.apply(
                row.on,
                by: row.by[0],
                Fixture.facts(for: row.on),
                at: Fixture.instant
            )
            #expect(inquiry.clock.isStopped == !isLive)
        }
    }

    @Test func `records never arrive without a bundle and a receipt`() {
        for row in InquiryLifecycle.transitions {
            let brings = row.on == .sendAll || row.on == .sendSome
            #expect(row.effects.contains(.assembleBundle) == brings)
            #expect(row.effects.contains(.giveReceipt) == (brings || row.on == .refuse))
            // Where some was sent nobody else is asked for the rest by itself.
            #expect(row.effects.contains(.askNextLocation) == (row.to == .notFilled))
        }
    }

    @Test func `the requester hears of every word the holder says`() {
        for row in InquiryLifecycle.transitions {
            switch row.on {
            case .promise, .hold, .ask, .refuse: #expect(row.effects.contains(.tellRequester))
            case .comeDue, .answerQuestion, .reject, .withdraw:
                #expect(row.effects.contains(.tellHolder))
            default: break
            }
        }
    }

    @Test(arguments: Actor.allCases)
    func `everybody keeps to their part`(actor: Actor) {
        let events = Set(InquiryLifecycle.transitions.filter { $0.by.contains(actor) }.map(\.on))
        let answers: Set<Event> = [.open, .promise, .hold, .ask, .sendSome, .sendAll, .refuse]
        switch actor {
        case .holder: #expect(events == answers.union([.reject]))
        case .stateContact: #expect(events == answers.union([.reject, .supersede, .timeOut]))
        case .requester: #expect(events == [.answerQuestion, .reject, .withdraw])
        case .system:
            #expect(
                events == [.mailAccepted, .comeDue, .reject, .withdraw, .supersede, .timeOut]
            )
        }
    }

    @Test(arguments: Status.allCases)
    func `a person is offered each event once`(status: Status) {
        for actor in Actor.allCases {
            let events = InquiryLifecycle.events(for: actor, in: status)
            #expect(Set(events).count == events.count)
        }
    }
}
