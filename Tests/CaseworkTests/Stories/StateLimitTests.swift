import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("What the law gives the school that is asked") struct StateLimitTests {
    static let limit = StatutoryLimit(
        days: 3,
        unit: .schoolDay,
        citation: "Sample Code 49",
        isVerified: false
    )

    private func law(
        _ world: World,
        of request: RecordRequest
    ) async throws -> LawShown? {
        try await world.story(of: request).law
    }

    @Test func `where nobody entered a limit none is shown, and nothing is late by law`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        #expect(try await law(world, of: request) == nil)
        #expect(try await world.inquiry(of: request).lawfulUntil == nil)
    }

    @Test func `requester, clerk, state contact and operator are told the same date`() async throws
    {
        let world = try await World(on: "2026-05-18")
        try await world.desk.keepLimit(Self.limit, of: .california, by: Cast.california.actor)
        let request = try await world.file()

        let shown = try #require(try await law(world, of: request))
        #expect(shown.due.on == .on("2026-05-21"))
        #expect(shown.due.limit == Self.limit)
        #expect(shown.stateName == "California" && shown.daysLate == 0)
        let key = try world.key(for: Cast.mapleOffice)
        #expect(try await world.desk.door(token: key.token).law == shown)
        let row = try await world.desk.queueRow(of: request.number, by: Cast.california.actor)
        #expect(row.law == shown)
        let explained = try await world.desk.explainDates(of: request.number)
        #expect(explained.map(\.law) == [shown])
    }

    @Test func `on the law's last day the state contact has it, the district the day before`()
        async throws
    {
        // Three calendar days from Monday: Thursday.
        let world = try await World(on: "2026-05-18")
        try await world.desk.replaceLimits([Self.limit], of: .california)
        let request = try await world.file()
        let lawful = try #require(try await world.inquiry(of: request).lawfulUntil)
        #expect(lawful == .on("2026-05-21"))
        try await world.walk(to: "2026-05-19", hour: 20)
        #expect(world.mails(to: Cast.figDistrict).isEmpty)
        try await world.step("the day before") { try await world.walk(to: "2026-05-20", hour: 20) }
        #expect(world.mails(to: Cast.figDistrict, named: "escalate").count == 1)
        #expect(try await world.inquiry(of: request).clock.level == .district)
        try await world.step("the last day") { try await world.walk(to: "2026-05-21", hour: 20) }
        #expect(try await world.inquiry(of: request).clock.level == .state)
        #expect(try await world.story(of: request).next?.owner == .stateContact(.california))
    }

    @Test func `one working day before the date whoever was asked is reminded of it, once`()
        async throws
    {
        var limit = Self.limit
        limit = StatutoryLimit(
            days: 7,
            unit: .workingDay,
            citation: limit.citation,
            isVerified: false
        )
        let world = try await World(on: "2026-05-18")
        try await world.desk.replaceLimits([limit], of: .california)
        let request = try await world.file()
        let lawful = try #require(try await world.inquiry(of: request).lawfulUntil)
        #expect(lawful == .on("2026-05-28"))
        func reminders() async throws -> Int {
            try await world.story(of: request).events.count { event in
                if case .ladder(.remindLaw, _, _) = event.kind { true } else { false }
            }
        }
        try await world.walk(to: "2026-05-26", hour: 20)
        #expect(try await reminders() == 0)
        let before = world.mails(to: Cast.mapleOffice, named: "remind").count
        try await world.walk(to: "2026-05-27", hour: 20)
        #expect(try await reminders() == 1)
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").count == before + 1)
        try await world.walk(to: "2026-06-10")
        #expect(try await reminders() == 1)
    }

    @Test func `a date that is entered when it has passed reminds nobody`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        try await world.walk(to: "2026-05-27")
        try await world.desk.replaceLimits([Self.limit], of: .california)
        try await world.walk(to: "2026-05-29")
        let events = try await world.story(of: request).events
        let isReminded = events.contains { event in
            if case .ladder(.remindLaw, _, _) = event.kind { true } else { false }
        }
        #expect(!isReminded)
    }

    @Test func `a day is over when it is over at the holder's`() async throws {
        let world = try await World(on: "2026-05-18")
        try await world.desk.replaceLimits([Self.limit], of: .california)
        let request = try await world.file()
        // Two hours later in Texas it is the next day.
        try await world.walk(
            to: world.clock.instant(of: .on("2026-05-21"), hour: 23, in: .california)
        )
        #expect(try await law(world, of: request)?.daysLate == 0)
        try await world.walk(
            to: world.clock.instant(of: .on("2026-05-22"), hour: 1, in: .california)
        )
        #expect(try await law(world, of: request)?.daysLate == 1)
    }

    @Test func `entering a limit or closing the school tells waiting requests their new date`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        try await world.desk.keepLimit(Self.limit, of: .california, by: Cast.administrator.actor)
        #expect(try await world.inquiry(of: request).lawfulUntil == .on("2026-05-21"))

        try await world.desk.addClosure(
            .init(kind: .holiday, name: "Fair", first: .on("2026-05-20"), last: .on("2026-05-21")),
            of: Cast.maple,
            by: Cast.clerk.actor
        )
        #expect(try await world.inquiry(of: request).lawfulUntil == .on("2026-05-26"))
        #expect(try await law(world, of: request)?.due.on == .on("2026-05-26"))

        try await world.desk.removeLimit(
            Self.limit.name,
            of: .california,
            by: Cast.california.actor
        )
        #expect(try await world.inquiry(of: request).lawfulUntil == nil)
        #expect(try await world.desk.stateRule(of: .california) == .unknown)
    }

    @Test func `an answer ends it`() async throws {
        let world = try await World(on: "2026-05-18")
        try await world.desk.replaceLimits([Self.limit], of: .california)
        let request = try await world.file()
        try await world.sendRecords()
        try await world.walk(to: "2026-06-01")
        #expect(try await law(world, of: request) == nil)
    }

    @Test func `the queue can begin with what is latest by law`() async throws {
        let world = try await World(on: "2026-05-18")
        let first = try await world.file()
        try await world.walk(to: "2026-05-20")
        let second = try await world.file(by: Cast.counselor) { $0.given = "Rosa" }
        // Only what the first asked is counted in school days.
        try await world.desk.replaceLimits([Self.limit], of: .california)
        let question = WorklistQuestion(.state(.california), order: .law)
        let queue = try await world.desk.stateQueue(question, by: Cast.california.actor)
        #expect(queue.page.items.map(\.number) == [first.number, second.number])
        let days = queue.page.items.map { $0.law?.due.on }
        #expect(days == [.on("2026-05-21"), .on("2026-05-26")])
    }

    @Test func `saving what the state accepts leaves its limits, and the other way round`()
        async throws
    {
        let world = try await World()
        let actor = Cast.texas.actor
        try await world.desk.keepLimit(Self.limit, of: .texas, by: actor)
        try await world.desk.keepStateRule(StateRuleTests.rule, of: .texas, by: actor)
        let other = StatutoryLimit(
            days: 3,
            unit: .schoolDay,
            citation: "Sample Code 49, as of 2026",
            isVerified: true
        )
        // The same limit with a better source replaces the first.
        try await world.desk.keepLimit(other, of: .texas, by: actor)
        let rule = try await world.desk.stateRule(of: .texas)
        #expect(rule == StateRuleTests.rule.with(limits: [other]))
    }

    @Test func `what is no limit is refused and nothing is changed`() async throws {
        let world = try await World()
        let before = try await world.everything()
        func trial(_ days: Int, _ citation: String) -> StatutoryLimit {
            StatutoryLimit(days: days, unit: .workingDay, citation: citation, isVerified: false)
        }
        let long = String(repeating: "é", count: 501)
        let trials: [(StatutoryLimit, CaseworkFailure)] = [
            (trial(0, "x"), .dateImpossible), (trial(367, "x"), .dateImpossible),
            (trial(3, " \n"), .reasonMissing), (trial(3, long), .tooLong),
        ]
        for (limit, failure) in trials {
            await #expect(throws: failure) {
                try await world.desk.keepLimit(limit, of: .texas, by: Cast.texas.actor)
            }
        }
        let many = (1...StatutoryLimit.mostOfAState + 1).map { trial($0, "x") }
        await #expect(throws: CaseworkFailure.tooLong) {
            try await world.desk.replaceLimits(many, of: .texas)
        }
        #expect(try await world.everything() == before)
    }
}
