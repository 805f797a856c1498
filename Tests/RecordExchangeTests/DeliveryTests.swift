import RecordExchange
import Testing
import Vocabulary

@Suite("Delivery") struct DeliveryTests {
    typealias Status = Delivery.Status

    private static func delivery() throws -> Delivery {
        Delivery(
            id: Delivery.ID(rawValue: 1),
            bundle: RecordBundle.ID(rawValue: 2),
            request: Fixture.request,
            recipient: .school(try Fixture.school()),
            way: .sftpPush,
            at: Fixture.instant
        )
    }

    private static func way(to status: Status) -> [Delivery.Event]? {
        var ways: [Status: [Delivery.Event]] = [.waiting: []]
        var frontier: [Status] = [.waiting]
        while !frontier.isEmpty {
            let from = frontier.removeFirst()
            for row in Delivery.transitions where row.from == from && ways[row.to] == nil {
                ways[row.to] = (ways[from] ?? []) + [row.on]
                frontier.append(row.to)
            }
        }
        return ways[status]
    }

    private static func delivery(in status: Status) throws -> Delivery {
        var delivery = try delivery()
        for event in try #require(way(to: status)) {
            try delivery.apply(event, at: Fixture.instant)
        }
        return delivery
    }

    @Test(arguments: Status.allCases, Delivery.Event.allCases)
    func `what the table allows happens, and nothing else`(
        status: Status,
        event: Delivery.Event
    ) throws {
        let before = try Self.delivery(in: status)
        #expect(before.status == status)
        let rows = Delivery.transitions.filter { $0.from == status && $0.on == event }
        #expect(rows.count <= 1)

        var delivery = before
        let later = Fixture.instant.advanced(bySeconds: 5)
        do throws(Delivery.Refusal) {
            try delivery.apply(event, trouble: "why", at: later)
            #expect(delivery.status == rows.first?.to)
            #expect(delivery.changedAt == later && delivery.trouble == "why")
        } catch {
            #expect(rows.isEmpty)
            #expect(error.event == event && error.status == status)
            #expect(delivery == before)
        }
    }

    @Test func `attempts are counted, and what people do with it is not`() throws {
        var delivery = try Self.delivery()
        for event in [Delivery.Event.stumble, .stumble, .fail, .retry, .arrive, .collect, .confirm]
        {
            try delivery.apply(event, at: Fixture.instant)
        }
        #expect(delivery.attempts == 4)
        #expect(delivery.status == .receiptGood)
    }

    @Test func `trouble is forgotten once it goes well`() throws {
        var delivery = try Self.delivery()
        try delivery.apply(.stumble, trouble: "the server did not answer", at: Fixture.instant)
        #expect(delivery.trouble == "the server did not answer")
        try delivery.apply(.arrive, at: Fixture.instant)
        #expect(delivery.trouble.isEmpty)
    }

    @Test func `a failure is left by a person alone, and trouble never ends by itself`() {
        #expect(Delivery.transitions.filter { $0.from == .failed }.map(\.on) == [.retry])
        #expect(Delivery.transitions.contains { $0.from == .retrying && $0.on == .stumble })
        #expect(Delivery.transitions.filter { $0.from == .receiptBad }.isEmpty)
    }

    @Test func `nothing is confirmed before it arrived`() {
        for row in Delivery.transitions where row.on == .confirm {
            #expect(row.from == .sent || row.from == .collected)
        }
    }
}
