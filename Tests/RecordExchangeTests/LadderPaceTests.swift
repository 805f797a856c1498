import RecordExchange
import SeededNumbers
import Testing
import Vocabulary

/// Urgent grounds and the law make the ladder faster, and never slower.
@Suite("The pace of the ladder") struct LadderPaceTests {
    private static let open = SchoolCalendar(recesses: [])

    private static func steps(
        _ policy: Ladder.Policy = .standard,
        lawful: String? = nil
    ) throws -> [String] {
        Ladder.outlook(
            InquiryClock(askedOn: try day("2026-05-18"), calendar: open),
            calendar: open,
            policy: policy,
            lawful: try lawful.map { try day($0) }
        ).map { "\($0.on) \($0.step)" }
    }

    @Test func `on urgent grounds every rung but the cap comes sooner`() throws {
        let fast = Ladder.Policy.standard.paced(for: [.interstateSecondary])
        #expect(
            try Self.steps(fast) == [
                "2026-05-18 askRecordsOffice", "2026-05-19 askBackup", "2026-05-19 remind",
                "2026-05-20 tellDistrict", "2026-05-26 tellState", "2026-06-07 cap",
            ]
        )
    }

    @Test(arguments: UrgentGround.allCases)
    func `every ground is urgent, and without one nothing changes`(ground: UrgentGround) {
        let policy = Ladder.Policy.standard
        #expect(policy.paced(for: []) == policy)
        #expect(policy.paced(for: [ground]).districtAfter == policy.urgentDistrictAfter)
    }

    @Test func `a state whose numbers are smaller already keeps them`() {
        var policy = Ladder.Policy.standard
        (policy.backupAfter, policy.remindAfter, policy.districtAfter) = (0, 0, 1)
        (policy.stateAfter, policy.capAfter) = (2, 5)
        #expect(policy.paced(for: [.foster]) == policy)
    }

    @Test func `the law draws the district and the state forward, and reminds of itself`() throws {
        // Five working days from Monday: the Tuesday after Memorial Day.
        #expect(
            try Self.steps(lawful: "2026-05-26") == [
                "2026-05-18 askRecordsOffice", "2026-05-19 askBackup", "2026-05-20 remind",
                "2026-05-22 remindLaw", "2026-05-22 tellDistrict", "2026-05-26 tellState",
                "2026-06-07 cap",
            ]
        )
        // Two working days: the reminder is the ladder's own of that day.
        #expect(
            try Self.steps(lawful: "2026-05-20") == [
                "2026-05-18 askRecordsOffice", "2026-05-19 askBackup", "2026-05-19 remindLaw",
                "2026-05-19 tellDistrict", "2026-05-20 remind", "2026-05-20 tellState",
                "2026-06-07 cap",
            ]
        )
    }

    @Test func `a law that gives much time puts nothing off, and reminds at half of it`() throws {
        let steps = try Self.steps(lawful: "2026-06-29")
        #expect(steps.contains("2026-06-08 remindLawHalfway"))
        #expect(steps.contains("2026-06-26 remindLaw"))
        #expect(try steps.filter { !$0.contains("remindLaw") } == Self.steps())
    }

    @Test func `a policy can say never, or another share of the time`() throws {
        var policy = Ladder.Policy.standard
        policy.lawReminderAtPercent = 0
        #expect(try !Self.steps(policy, lawful: "2026-06-29").contains { $0.contains("Halfway") })
        policy.lawReminderAtPercent = 75
        #expect(
            try Self.steps(policy, lawful: "2026-06-29").contains("2026-06-18 remindLawHalfway")
        )
    }

    @Test func `on a law's date at a weekend the Friday before is the last day`() throws {
        let steps = try Self.steps(lawful: "2026-05-24")
        #expect(steps.contains("2026-05-22 tellState"))
        #expect(steps.contains("2026-05-21 tellDistrict"))
    }

    @Test func `a clock that begins again after the law's date is pressed by the policy alone`()
        throws
    {
        var clock = InquiryClock(askedOn: try day("2026-05-18"), calendar: Self.open)
        clock.restart(on: try day("2026-05-27"), calendar: Self.open)
        let steps = Ladder.outlook(
            clock,
            calendar: Self.open,
            policy: .standard,
            lawful: try day("2026-05-20")
        )
        #expect(try steps.first { $0.step == .tellDistrict }?.on == day("2026-06-02"))
    }

    @Test func `while the holder waits for an answer the law's day brings the state`() throws {
        var clock = InquiryClock(askedOn: try day("2026-05-18"), calendar: Self.open)
        clock.take(.askRecordsOffice, on: clock.askedOn, calendar: Self.open)
        clock.pause()
        let next = Ladder.next(
            clock,
            calendar: Self.open,
            policy: .standard,
            lawful: try day("2026-05-21")
        )
        #expect(next?.step == .tellState)
        #expect(try next?.on == day("2026-05-21"))
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `under any calendar neither the law nor a ground makes a rung later`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let start = Fixture.anyDay(&generator)
        let calendar = Fixture.anyCalendar(around: start, &generator)
        let clock = InquiryClock(askedOn: start, calendar: calendar)
        let lawful = start.advanced(by: Int.random(in: 1...60, using: &generator))
        func first(
            _ policy: Ladder.Policy,
            _ lawful: CivilDate?
        ) -> [Ladder.Step: CivilDate] {
            let outlook = Ladder.outlook(
                clock,
                calendar: calendar,
                policy: policy,
                lawful: lawful
            ).prefix { $0.step != .changeColumn }
            return Dictionary(outlook.map { ($0.step, $0.on) }) { first, _ in first }
        }
        let plain = first(.standard, nil)
        let urgent = Ladder.Policy.standard.paced(for: [.homeless])
        for faster in [
            first(.standard, lawful), first(urgent, nil), first(urgent, lawful),
        ] {
            for (step, on) in plain {
                #expect(faster[step].map { $0 <= on } ?? false)
            }
            #expect(faster.values.allSatisfy { $0 >= start })
        }
        if clock.column == .inSession, let told = first(.standard, lawful)[.tellState] {
            #expect(told <= max(lawful, start))
        }
    }
}
