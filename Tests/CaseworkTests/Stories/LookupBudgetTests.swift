import Casework
import RecordExchange
import SeededNumbers
import TestSupport
import Testing
import Vocabulary

@Suite("Budgets for looking students up") struct LookupBudgetTests {
    private static let small = LookupBudget(
        person: .init(perHour: 3, perDay: 5),
        organization: .init(perHour: 4, perDay: 20)
    )

    /// Looks up `count` different students, all of the same registrar.
    private static func guess(
        _ numbers: Range<Int>,
        _ world: World,
        by account: StaffAccount = Cast.registrar
    ) async throws {
        for number in numbers {
            let draft = try await world.draft(by: account) { $0.stateStudentID = "N\(number)" }
            _ = try await world.desk.locate(draft.id, by: account.actor)
        }
    }

    private static func refusal(
        of number: Int,
        _ world: World,
        by account: StaffAccount = Cast.registrar
    ) async -> LookupsSpent? {
        do {
            try await guess(number..<number + 1, world, by: account)
            return nil
        } catch {
            return error as? LookupsSpent
        }
    }

    @Test func `ten thousand guesses end at the budget, and the right people hear of it once`()
        async throws
    {
        // Nine o'clock in Texas is 14:00 in UTC.
        let world = try await World(lookups: Self.small)
        try await Self.guess(1..<4, world)

        for number in 4..<200 {
            let spent = try #require(await Self.refusal(of: number, world))
            #expect(spent.holder == .person(Cast.registrar.id) && spent.window == .hour)
            #expect(world.clock.now().seconds(to: spent.again) == 3_600)
        }
        try await world.settle()

        let audit = try await world.everything().audit
        #expect(audit.count { $0.action == "locator.query" } == 3)
        #expect(audit.count { $0.action == "locator.budgetSpent" } == 1)
        for told in [Cast.administrator, Cast.texas] {
            #expect(world.mails(to: told.email, named: "operator").count == 1)
        }
        for other in [Cast.california, Cast.auditor, Cast.registrar] {
            #expect(world.mails(to: other.email, named: "operator").isEmpty)
        }
        try await Invariants.check(world)
    }

    @Test func `the next hour answers again, until the day is spent`() async throws {
        let world = try await World(lookups: Self.small)
        try await Self.guess(1..<4, world)
        #expect(await Self.refusal(of: 4, world)?.window == .hour)

        world.clock.advance(bySeconds: 3_600)
        try await Self.guess(5..<7, world)
        let spent = try #require(await Self.refusal(of: 7, world))
        #expect(spent.window == .day)
        // The first three were made in the hour that began 24 hours before.
        #expect(world.clock.now().seconds(to: spent.again) == 23 * 3_600)

        world.clock.advance(bySeconds: 23 * 3_600)
        try await Self.guess(8..<11, world)
    }

    @Test func `a restart gives nothing back`() async throws {
        let world = try await World(lookups: Self.small)
        try await Self.guess(1..<4, world)
        let draft = try await world.draft { $0.stateStudentID = "N9" }
        let restarted = Desk(
            store: world.store,
            time: world.clock,
            secrets: world.desk.secrets,
            passwords: world.desk.passwords,
            oneTimeCodes: world.desk.oneTimeCodes,
            letters: world.desk.letters,
            finder: world.locator,
            settings: world.desk.settings
        )

        await #expect(throws: LookupsSpent.self) {
            try await restarted.locate(draft.id, by: Cast.registrar.actor)
        }
    }

    @Test func `one school's people share the school's budget`() async throws {
        let world = try await World(lookups: Self.small)
        try await Self.guess(1..<4, world)
        try await Self.guess(4..<5, world, by: Cast.counselor)

        let spent = await Self.refusal(of: 5, world, by: Cast.counselor)

        #expect(spent?.holder == .organization(School.oak.organization))
        try await world.settle()
        let mail = try #require(
            world.mails(to: Cast.administrator.email, named: "operator").last
        )
        #expect(mail.plainText.contains("person: nil"))
        // Another school goes on.
        try await Self.guess(6..<7, world, by: Cast.outsider)
    }

    @Test func `reading the same page again costs nothing`() async throws {
        let world = try await World(lookups: Self.small)
        let draft = try await world.draft()
        for _ in 0..<10 { _ = try await world.desk.locate(draft.id, by: Cast.registrar.actor) }

        try await Self.guess(1..<3, world)

        #expect(await Self.refusal(of: 3, world) != nil)
        // Each look is on the record all the same.
        let audit = try await world.everything().audit
        #expect(audit.count { $0.action == "locator.query" } == 12)
    }

    @Test func `an hour later the same question counts again`() async throws {
        let world = try await World(lookups: Self.small)
        let draft = try await world.draft()
        _ = try await world.desk.locate(draft.id, by: Cast.registrar.actor)
        world.clock.advance(bySeconds: 3_600)
        _ = try await world.desk.locate(draft.id, by: Cast.registrar.actor)

        let use = try await world.desk.lookupUse(by: Cast.auditor.actor)

        #expect(use.map(\.today) == [2, 2] && use.map(\.thisHour) == [1, 1])
    }

    @Test func `who watches sees those first whose budget is spent, and only their own state's`()
        async throws
    {
        let world = try await World(lookups: Self.small)
        try await Self.guess(1..<3, world, by: Cast.outsider)
        try await Self.guess(4..<7, world)
        _ = await Self.refusal(of: 7, world)

        let all = try await world.desk.lookupUse(by: Cast.administrator.actor)
        #expect(all.count == 4)
        #expect(all.first?.holder == .person(Cast.registrar.id))
        #expect(all.first?.isSpent == true && all.first?.refused == 1 && all.first?.today == 3)

        let washington = try await world.desk.lookupUse(by: Cast.washington.actor)
        #expect(
            Set(washington.map(\.holder)) == [
                .person(Cast.outsider.id), .organization(School.willow.organization),
            ]
        )
        #expect(try await world.desk.lookupUse(by: Cast.california.actor).isEmpty)
        let district = try await world.desk.lookupUse(by: Cast.oakDistrict.actor)
        #expect(
            Set(district.map(\.holder)) == [
                .person(Cast.registrar.id), .organization(School.oak.organization),
            ]
        )
        #expect(try await world.desk.lookupUse(by: Cast.mapleDistrict.actor).isEmpty)
    }

    /// Whatever comes at whatever time: never more in an hour, nor in 24 of them, and whoever is
    /// told a time is answered then.
    @Test(arguments: 1...20)
    func `no share is ever overdrawn`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let share = LookupBudget.Share(
            perHour: .random(in: 1...4, using: &generator),
            perDay: .random(in: 2...9, using: &generator)
        )
        let world = try await World(
            lookups: LookupBudget(person: share, organization: .init(perHour: 99, perDay: 999))
        )
        var made: [Int64: Int] = [:]
        for number in 1...60 {
            world.clock.advance(bySeconds: .random(in: 0...5_000, using: &generator))
            let hour = world.clock.now().millisecondsSince1970 / 3_600_000
            if let spent = await Self.refusal(of: number, world) {
                #expect(
                    made[hour, default: 0] >= share.perHour
                        || (hour - 23...hour).reduce(0) { $0 + made[$1, default: 0] }
                            >= share.perDay
                )
                if Bool.random(using: &generator) {
                    world.clock.advance(bySeconds: world.clock.now().seconds(to: spent.again))
                    try await Self.guess(1_000 + number..<1_001 + number, world)
                    made[world.clock.now().millisecondsSince1970 / 3_600_000, default: 0] += 1
                }
            } else {
                made[hour, default: 0] += 1
            }
            #expect(made.values.allSatisfy { $0 <= share.perHour })
            for hour in made.keys {
                #expect(
                    (hour - 23...hour).reduce(0) { $0 + made[$1, default: 0] } <= share.perDay
                )
            }
        }
    }
}
