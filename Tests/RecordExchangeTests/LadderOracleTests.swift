import RecordExchange
import SeededNumbers
import Testing
import Vocabulary

/// The ladder as the plan tells it, played day by day: who is told on which day when nobody acts.
///
/// Written apart from `Ladder`: it looks at no list of candidates, only at today.
private struct PlainLadder {
    let calendar: SchoolCalendar
    let askedOn: CivilDate

    /// What happens on each day until `last`, in the order of the day.
    func story(until last: CivilDate) -> [String] {
        var told: [String] = []
        var isClosed = calendar.closure(on: askedOn) != nil
        var since = askedOn
        var isFirstDay = true
        for number in askedOn.dayNumber...last.dayNumber {
            let today = CivilDate(dayNumber: number)
            let closedToday = calendar.closure(on: today) != nil
            if !isFirstDay, WorkingDays.isWorkingDay(today), closedToday != isClosed {
                told.append("\(today) changeColumn")
                isClosed = closedToday
                since = today
                isFirstDay = true
            }
            let worked = WorkingDays.count(after: since, through: today)
            let isNewCount = WorkingDays.isWorkingDay(today) && today > since
            for (step, after) in isClosed ? Self.closed : Self.open
            where after == 0 ? isFirstDay : isNewCount && worked == after {
                told.append("\(today) \(step)")
            }
            if askedOn.days(to: today) == 20 { told.append("\(today) cap") }
            isFirstDay = false
        }
        return told
    }

    private static let open: [(String, Int)] = [
        ("askRecordsOffice", 0), ("askBackup", 1), ("remind", 2), ("tellDistrict", 4),
        ("tellState", 10),
    ]
    private static let closed: [(String, Int)] = [
        ("askSummerContacts", 0), ("tellState", 1), ("remindState", 2),
    ]
}

@Suite("The ladder by the plan") struct LadderOracleTests {
    @Test(arguments: 0..<400 as Range<UInt64>)
    func `under any calendar it does what the plan says, day by day`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let start = Fixture.anyDay(&generator)
        let calendar = Fixture.anyCalendar(around: start, &generator)
        let last = start.advanced(by: 130)
        var clock = InquiryClock(askedOn: start, calendar: calendar)
        var told: [String] = []
        for number in start.dayNumber...last.dayNumber {
            let today = CivilDate(dayNumber: number)
            while let due = Ladder.next(clock, calendar: calendar, policy: .standard),
                due.on <= today
            {
                told.append("\(today) \(due.step)")
                clock.take(due.step, on: today, calendar: calendar)
            }
        }

        #expect(told == PlainLadder(calendar: calendar, askedOn: start).story(until: last))
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `the next change of column is the first working day that differs`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let start = Fixture.anyDay(&generator)
        let calendar = Fixture.anyCalendar(around: start, &generator)
        var clock = InquiryClock(askedOn: start, calendar: calendar)
        // With every rung climbed only a change can come.
        let starts: Set<Ladder.Step> = [.changeColumn, .promiseDue, .extensionDue]
        for step in Ladder.Step.allCases where !starts.contains(step) {
            clock.take(step, on: start, calendar: calendar)
        }

        let expected = (1...500).map { start.advanced(by: $0) }.first { date in
            WorkingDays.isWorkingDay(date)
                && Ladder.column(on: date, calendar: calendar) != clock.column
        }
        let next = Ladder.next(clock, calendar: calendar, policy: .standard)
        #expect(next?.on == expected)
        #expect(next == nil || next?.step == .changeColumn)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `any numbers of a state keep the cap and the order of the rungs`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var policy = Ladder.Policy()
        policy.backupAfter = Int.random(in: 0...6, using: &generator)
        policy.remindAfter = Int.random(in: 0...8, using: &generator)
        policy.districtAfter = Int.random(in: 0...12, using: &generator)
        policy.stateAfter = Int.random(in: 0...30, using: &generator)
        policy.capAfter = Int.random(in: 1...20, using: &generator)
        let start = Fixture.anyDay(&generator)
        let calendar = SchoolCalendar(recesses: [])
        let clock = InquiryClock(askedOn: start, calendar: calendar)

        let outlook = Ladder.outlook(clock, calendar: calendar, policy: policy)
        let days = Dictionary(uniqueKeysWithValues: outlook.map { ($0.step, $0.on) })
        #expect(days.count == 6)
        #expect(days[.askRecordsOffice] == start)
        #expect(days[.askBackup] == WorkingDays.day(policy.backupAfter, after: start))
        #expect(days[.remind] == WorkingDays.day(policy.remindAfter, after: start))
        #expect(days[.tellDistrict] == WorkingDays.day(policy.districtAfter, after: start))
        #expect(days[.tellState] == WorkingDays.day(policy.stateAfter, after: start))
        #expect(days[.cap] == start.advanced(by: policy.capAfter))
    }
}
