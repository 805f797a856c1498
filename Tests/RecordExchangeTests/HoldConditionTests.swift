import RecordExchange
import Testing
import Vocabulary

@Suite("What a holder waits for") struct HoldConditionTests {
    @Test func `"now" is no hold, and "after a date" needs the date`() throws {
        #expect(HoldCondition(.now) == nil)
        #expect(HoldCondition(.now, until: try day("2026-06-01")) == nil)
        #expect(HoldCondition(.afterSpecifiedDate) == nil)
        #expect(HoldCondition(.afterSpecifiedDate, until: try day("2026-06-01")) != nil)
        #expect(!HoldCondition.Code.choices.contains(.now))
    }

    @Test(arguments: HoldCondition.Code.choices)
    func `with a date it is due then, without one after some working days`(
        code: HoldCondition.Code
    ) throws {
        let today = try day("2026-05-18")
        let named = try #require(HoldCondition(code, until: try day("2026-07-01")))
        #expect(named.due(from: today, reviewAfter: 10) == (try day("2026-07-01")))
        guard let open = HoldCondition(code) else { return }
        // Memorial Day lies between.
        #expect(open.due(from: today, reviewAfter: 10) == (try day("2026-06-02")))
    }

    @Test(arguments: Inquiry.Status.allCases)
    func `an inquiry carries its condition exactly while it is on hold`(
        status: Inquiry.Status
    ) throws {
        for row in InquiryLifecycle.transitions where row.from == status {
            var inquiry = try Fixture.inquiry(in: status)
            #expect((inquiry.hold != nil) == (status == .onHold))
            _ = try inquiry.apply(
                row.on,
                by: row.by[0],
                Fixture.facts(for: row.on),
                at: Fixture.instant
            )
            #expect((inquiry.hold != nil) == (inquiry.status == .onHold), "\(row.on)")
        }
    }

    @Test func `a hold without its condition is refused and changes nothing`() throws {
        let before = try Fixture.inquiry(in: .opened)
        var inquiry = before
        #expect(throws: Inquiry.Refusal.factsMissing(.hold)) {
            try inquiry.apply(.hold, by: .holder, at: Fixture.instant)
        }
        #expect(inquiry == before)
    }
}
