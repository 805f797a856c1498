import RecordExchange
import Testing
import Vocabulary

@Suite("The ladder") struct LadderTests {
    typealias Step = Ladder.Step

    private static let open = SchoolCalendar(recesses: [])

    private static func summer() throws -> SchoolCalendar {
        SchoolCalendar(recesses: [
            SchoolCalendar.Recess(
                kind: .summer,
                name: "Summer",
                first: try day("2026-06-05"),
                last: try day("2026-08-12")
            )
        ])
    }

    private static func steps(
        _ clock: InquiryClock,
        _ calendar: SchoolCalendar
    ) -> [String] {
        Ladder.outlook(clock, calendar: calendar, policy: .standard).map { "\($0.on) \($0.step)" }
    }

    @Test func `in session it climbs from the records office to the state in ten working days`()
        throws
    {
        let clock = InquiryClock(askedOn: try day("2026-05-18"), calendar: Self.open)
        #expect(
            Self.steps(clock, Self.open) == [
                "2026-05-18 askRecordsOffice", "2026-05-19 askBackup", "2026-05-20 remind",
                "2026-05-22 tellDistrict", "2026-06-02 tellState", "2026-06-07 cap",
            ]
        )
    }

    @Test func `a closed school's summer contacts are asked at once, the state a working day on`()
        throws
    {
        let clock = InquiryClock(askedOn: try day("2026-07-02"), calendar: try Self.summer())
        #expect(clock.column == .closed)
        #expect(
            Self.steps(clock, try Self.summer()) == [
                // July 3 is the observed holiday, July 4 and 5 a weekend.
                "2026-07-02 askSummerContacts", "2026-07-06 tellState", "2026-07-07 remindState",
                "2026-07-22 cap", "2026-08-13 changeColumn", "2026-08-13 askRecordsOffice",
                "2026-08-14 askBackup", "2026-08-17 remind", "2026-08-19 tellDistrict",
                "2026-08-27 tellState",
            ]
        )
    }

    @Test func `a school that closes while a request waits takes the summer path that day`() throws
    {
        let clock = InquiryClock(askedOn: try day("2026-06-03"), calendar: try Self.summer())
        #expect(
            Self.steps(clock, try Self.summer()).prefix(6) == [
                "2026-06-03 askRecordsOffice", "2026-06-04 askBackup", "2026-06-05 changeColumn",
                "2026-06-05 askSummerContacts", "2026-06-08 tellState", "2026-06-09 remindState",
            ]
        )
    }

    @Test func `a promise is waited for, and the cap waits for nothing`() throws {
        var clock = InquiryClock(askedOn: try day("2026-05-18"), calendar: Self.open)
        clock.take(.askRecordsOffice, on: clock.askedOn, calendar: Self.open)
        clock.promise(try day("2026-06-30"))
        #expect(
            Self.steps(clock, Self.open).prefix(3) == [
                "2026-06-07 cap", "2026-07-01 promiseDue", "2026-07-02 askBackup",
            ]
        )
    }

    @Test func `the promised day itself is still good`() throws {
        var clock = InquiryClock(askedOn: try day("2026-05-18"), calendar: Self.open)
        clock.promise(try day("2026-05-22"))
        // The day after is a Saturday, and Monday is Memorial Day.
        let due = Ladder.next(clock, calendar: Self.open, policy: .standard)
        #expect(due?.step == .promiseDue)
        #expect(due?.on == (try day("2026-05-26")))
    }

    @Test func `a promise made in session that falls into the summer asks the summer contacts`()
        throws
    {
        let calendar = try Self.summer()
        var clock = InquiryClock(askedOn: try day("2026-06-01"), calendar: calendar)
        clock.take(.askRecordsOffice, on: clock.askedOn, calendar: calendar)
        clock.promise(try day("2026-06-10"))
        #expect(
            Self.steps(clock, calendar).prefix(3) == [
                "2026-06-11 promiseDue", "2026-06-11 askSummerContacts", "2026-06-12 tellState",
            ]
        )
    }

    @Test func `a question pauses the rungs, not the limits`() throws {
        var clock = InquiryClock(askedOn: try day("2026-05-18"), calendar: Self.open)
        clock.take(.askRecordsOffice, on: clock.askedOn, calendar: Self.open)
        clock.pause()
        #expect(Self.steps(clock, Self.open) == ["2026-06-02 tellState", "2026-06-07 cap"])

        clock.restart(on: try day("2026-05-21"), calendar: Self.open)
        #expect(
            Self.steps(clock, Self.open).prefix(2) == ["2026-05-22 askBackup", "2026-05-26 remind"]
        )
    }

    @Test func `a question from a closed school waits for the cap alone`() throws {
        let calendar = try Self.summer()
        var clock = InquiryClock(askedOn: try day("2026-07-02"), calendar: calendar)
        clock.take(.askSummerContacts, on: clock.askedOn, calendar: calendar)
        clock.pause()
        #expect(Self.steps(clock, calendar) == ["2026-07-22 cap"])
        // The school opens while the requester thinks: nobody is asked before the answer.
        clock.take(.cap, on: try day("2026-07-22"), calendar: calendar)
        #expect(Ladder.next(clock, calendar: calendar, policy: .standard) == nil)
        clock.resume()
        #expect(Self.steps(clock, calendar).contains("2026-08-13 changeColumn"))
    }

    @Test func `on one day the column changes first and the highest rung comes last`() throws {
        var policy = Ladder.Policy()
        policy.backupAfter = 0
        policy.remindAfter = 0
        policy.districtAfter = 0
        policy.stateAfter = 0
        policy.stateAfterWhenClosed = 0
        policy.remindStateAfterWhenClosed = 0
        policy.capAfter = 0
        let start = try day("2026-07-02")
        for (calendar, expected) in [
            (Self.open, "askRecordsOffice askBackup remind tellDistrict tellState cap"),
            (try Self.summer(), "askSummerContacts tellState remindState cap"),
        ] {
            let clock = InquiryClock(askedOn: start, calendar: calendar)
            let today = Ladder.outlook(clock, calendar: calendar, policy: policy)
                .prefix { $0.on == start }
            #expect(today.map { "\($0.step)" }.joined(separator: " ") == expected)
        }
    }

    @Test func `starting again keeps the cap that was reached, and the level`() throws {
        var clock = InquiryClock(askedOn: try day("2026-05-18"), calendar: Self.open)
        for due in Ladder.outlook(clock, calendar: Self.open, policy: .standard) {
            clock.take(due.step, on: due.on, calendar: Self.open)
        }
        #expect(Ladder.next(clock, calendar: Self.open, policy: .standard) == nil)
        #expect(clock.level == .capped)

        clock.restart(on: try day("2026-06-20"), calendar: Self.open)
        let again = Ladder.outlook(clock, calendar: Self.open, policy: .standard).map(\.step)
        #expect(again == [.askBackup, .remind, .tellDistrict, .tellState])
        #expect(clock.level == .capped)
    }

    @Test func `starting again in the summer asks those who are there`() throws {
        let calendar = try Self.summer()
        var clock = InquiryClock(askedOn: try day("2026-06-03"), calendar: calendar)
        clock.take(.askRecordsOffice, on: clock.askedOn, calendar: calendar)
        clock.pause()
        clock.restart(on: try day("2026-06-15"), calendar: calendar)
        #expect(
            Self.steps(clock, calendar).prefix(2) == [
                "2026-06-15 askSummerContacts", "2026-06-16 tellState",
            ]
        )
    }

    @Test func `a stopped clock does nothing`() throws {
        var clock = Fixture.clock()
        clock.promise(try day("2026-06-30"))
        clock.stop()
        #expect(Ladder.next(clock, calendar: Self.open, policy: .standard) == nil)
        #expect(Ladder.outlook(clock, calendar: Self.open, policy: .standard).isEmpty)
        #expect(clock.promisedFor == nil)
    }

    @Test(arguments: [
        (Step.askRecordsOffice, ClockLevel.onTime), (.askSummerContacts, .onTime),
        (.changeColumn, .onTime), (.promiseDue, .onTime), (.extensionDue, .onTime),
        (.askBackup, .reminded),
        (.remind, .reminded), (.remindLaw, .reminded), (.remindLawHalfway, .reminded),
        (.tellDistrict, .district),
        (.tellState, .state),
        (.remindState, .state), (.cap, .capped),
    ])
    func `each rung has its owner's level, and none falls back`(step: Step, level: ClockLevel) {
        for before in ClockLevel.allCases {
            var clock = Fixture.clock()
            if let reach = Self.stepReaching[before] {
                clock.take(reach, on: clock.askedOn, calendar: Self.open)
            }
            clock.take(step, on: clock.askedOn, calendar: Self.open)
            #expect(clock.level == max(level, before))
        }
    }

    @Test(arguments: [
        // Ten working days from May 18, with Memorial Day in between: two before June 2.
        ("2026-06-02", 2, "2026-05-29"), ("2026-06-02", 1, "2026-06-01"),
        // The law's date on a Sunday: Friday and Thursday are the last working days.
        ("2026-05-31", 2, "2026-05-27"), ("2026-05-31", 1, "2026-05-28"),
        ("2026-05-20", 1, "2026-05-19"),
    ])
    func `whoever is asked is reminded so many working days before the law's date`(
        lawful: String,
        before: Int,
        on: String
    ) throws {
        var policy = Ladder.Policy.standard
        policy.lawReminderBefore = before
        let steps = Ladder.outlook(
            Fixture.clock(askedOn: try day("2026-05-18")),
            calendar: Self.open,
            policy: policy,
            lawful: try day(lawful)
        )
        #expect(try steps.filter { $0.step == .remindLaw }.map(\.on) == [day(on)])
    }

    @Test(arguments: [("2026-05-19", 2), ("2026-05-18", 1), ("2026-05-01", 2), ("2026-06-02", 0)])
    func `where the law gives less time than that, or the policy says never, none is sent`(
        lawful: String,
        before: Int
    ) throws {
        var policy = Ladder.Policy.standard
        policy.lawReminderBefore = before
        let steps = Ladder.outlook(
            Fixture.clock(askedOn: try day("2026-05-18")),
            calendar: Self.open,
            policy: policy,
            lawful: try day(lawful)
        )
        #expect(!steps.contains { $0.step == .remindLaw })
    }

    @Test func `it is sent once, also after the column changed or the clock began again`() throws {
        var clock = Fixture.clock(askedOn: try day("2026-05-18"))
        clock.take(.remindLaw, on: try day("2026-05-29"), calendar: Self.open)
        clock.take(.changeColumn, on: try day("2026-06-01"), calendar: Self.open)
        clock.restart(on: try day("2026-06-01"), calendar: Self.open)
        let steps = Ladder.outlook(
            clock,
            calendar: Self.open,
            policy: .standard,
            lawful: try day("2026-06-02")
        )
        #expect(!steps.contains { $0.step == .remindLaw })
    }

    private static let stepReaching: [ClockLevel: Step] = [
        .reminded: .remind, .district: .tellDistrict, .state: .tellState, .capped: .cap,
    ]

    @Test func `a state's numbers replace the plan's`() throws {
        var policy = Ladder.Policy.standard
        policy.backupAfter = 2
        policy.stateAfter = 3
        policy.capAfter = 10
        let clock = InquiryClock(askedOn: try day("2026-05-18"), calendar: Self.open)
        let steps = Ladder.outlook(clock, calendar: Self.open, policy: policy)
        #expect(
            steps.map { "\($0.on) \($0.step)" } == [
                "2026-05-18 askRecordsOffice", "2026-05-20 askBackup", "2026-05-20 remind",
                "2026-05-21 tellState", "2026-05-22 tellDistrict", "2026-05-28 cap",
            ]
        )
    }

    @Test(arguments: [
        ("2026-03-02", "2026-03-16"), ("2026-03-08", "2026-03-22"), ("2026-10-19", "2026-09-14"),
        ("2026-10-18", "2026-09-13"),
    ])
    func `a week in which clocks change has as many days as any other`(
        text: String,
        other: String
    ) throws {
        let offsets = try [text, other].map { text in
            let start = try day(text)
            let clock = InquiryClock(askedOn: start, calendar: Self.open)
            return Ladder.outlook(clock, calendar: Self.open, policy: .standard)
                .map { "\(start.days(to: $0.on)) \($0.step)" }
        }
        #expect(offsets[0] == offsets[1])
    }
}
