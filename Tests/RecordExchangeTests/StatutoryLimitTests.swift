import Foundation
import RecordExchange
import SeededNumbers
import Testing
import Vocabulary

@Suite("What the law gives a school") struct StatutoryLimitTests {
    private func limit(
        _ days: Int,
        _ unit: StatutoryLimit.Unit,
        _ start: StatutoryLimit.Start = .asked,
        _ scope: StatutoryLimit.Scope = .every,
        countsSummer: Bool = false
    ) -> StatutoryLimit {
        StatutoryLimit(
            days: days,
            unit: unit,
            start: start,
            scope: scope,
            countsSummer: countsSummer,
            citation: "Sample Code 1",
            isVerified: false
        )
    }

    private let open = SchoolCalendar(recesses: [])

    @Test(arguments: [
        // Over New Year's Day, which is no working day.
        ("2025-12-22", 10, StatutoryLimit.Unit.workingDay, "2026-01-07"),
        ("2025-12-22", 10, .calendarDay, "2026-01-01"),
        // New Year's Day on a Saturday is observed in the old year.
        ("2021-12-29", 2, .workingDay, "2022-01-03"),
        // February 29, and a year without it.
        ("2028-02-28", 1, .workingDay, "2028-02-29"),
        ("2028-02-28", 2, .calendarDay, "2028-03-01"),
        ("2027-02-28", 1, .calendarDay, "2027-03-01"),
        ("2028-02-29", 365, .calendarDay, "2029-02-28"),
        // Over the nights on which clocks are set, and over Thanksgiving.
        ("2026-03-06", 1, .workingDay, "2026-03-09"),
        ("2026-10-30", 2, .calendarDay, "2026-11-01"),
        ("2026-11-20", 5, .workingDay, "2026-11-30"),
    ])
    func `days are counted from the day after`(
        start: String,
        days: Int,
        unit: StatutoryLimit.Unit,
        last: String
    ) throws {
        #expect(
            limit(days, unit).lastDay(after: try day(start), calendar: open) == (try day(last))
        )
    }

    @Test func `school days stop in a recess, and run through the summer where the law says so`()
        throws
    {
        let calendar = SchoolCalendar(recesses: [
            .init(
                kind: .longBreak,
                name: "Spring",
                first: try day("2026-04-06"),
                last: try day("2026-04-10")
            ),
            .init(
                kind: .summer,
                name: "Summer",
                first: try day("2026-06-08"),
                last: try day("2026-08-16")
            ),
        ])
        let asked = try day("2026-06-01")
        #expect(
            limit(10, .schoolDay).lastDay(after: asked, calendar: calendar)
                == (try day("2026-08-24"))
        )
        // June 19 and July 3 (for July 4) are holidays; neither lies before the tenth day here
        // but June 19 does not count.
        #expect(
            limit(15, .schoolDay, countsSummer: true).lastDay(after: asked, calendar: calendar)
                == (try day("2026-06-23"))
        )
        // Only the summer: another recess stops it all the same.
        #expect(
            limit(3, .schoolDay, countsSummer: true)
                .lastDay(after: try day("2026-04-02"), calendar: calendar)
                == (try day("2026-04-14"))
        )
    }

    @Test func `where the school never opens again no date is told`() throws {
        let closed = SchoolCalendar(recesses: [
            .init(
                kind: .longBreak,
                name: "For good",
                first: try day("2026-01-01"),
                last: try day("2036-01-01")
            )
        ])
        #expect(
            limit(1, .schoolDay).lastDay(after: try day("2026-05-18"), calendar: closed) == nil
        )
    }

    @Test(arguments: [1, 2, 3, 4])
    func `a last day has exactly so many days that count before and on it`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let start = CivilDate(dayNumber: 20_000 + Int(random.next() % 6_000))
            let days = 1 + Int(random.next() % 60)
            let first = start.advanced(by: Int(random.next() % 40))
            let calendar = SchoolCalendar(recesses: [
                .init(
                    kind: random.next() % 2 == 0 ? .summer : .longBreak,
                    name: "",
                    first: first,
                    last: first.advanced(by: Int(random.next() % 90))
                )
            ])
            let last = try #require(
                limit(days, .schoolDay).lastDay(after: start, calendar: calendar)
            )
            let counted = (start.dayNumber + 1...last.dayNumber)
                .count { calendar.isSchoolDay(CivilDate(dayNumber: $0)) }
            #expect(counted == days && calendar.isSchoolDay(last))
        }
    }

    @Test func `a limit from enrollment begins when both have happened`() throws {
        let asked = try day("2026-05-18")
        var request = try Fixture.recordRequest()
        #expect(limit(5, .calendarDay, .enrolled).countedFrom(request, askedOn: asked) == asked)
        request = try Fixture.recordRequest(startDate: day("2026-05-25"))
        #expect(
            limit(5, .calendarDay, .enrolled).countedFrom(request, askedOn: asked)
                == (try day("2026-05-25"))
        )
        request = try Fixture.recordRequest(startDate: day("2026-05-01"))
        #expect(limit(5, .calendarDay, .enrolled).countedFrom(request, askedOn: asked) == asked)
    }

    @Test func `of the limits that hold the first to run out counts`() throws {
        let asked = try day("2026-05-18")
        let request = try Fixture.recordRequest()
        let texas = try #require(StateCode("TX"))
        let limits = [
            limit(30, .calendarDay), limit(10, .workingDay),
            limit(1, .calendarDay, .asked, .militaryFamilies),
            limit(2, .calendarDay, .asked, .sameState),
        ]
        let due = try #require(
            StatutoryDue.first(
                of: limits,
                for: request,
                askedOn: asked,
                in: texas,
                calendar: open
            )
        )
        #expect(due.limit == limits[1])
        // Memorial Day does not count.
        #expect(due.on == (try day("2026-06-02")))
        #expect(due.daysLate(on: due.on) == 0)
        #expect(due.daysLate(on: due.on.advanced(by: 3)) == 3)
    }

    @Test func `a rule that an older program wrote has no limits`() throws {
        let rule = try JSONDecoder().decode(StateRule.self, from: Data(#"{"phase":3}"#.utf8))
        #expect(rule.limits == nil)
        let kept = rule.with(limits: [limit(10, .workingDay)])
        let again = try JSONDecoder().decode(StateRule.self, from: JSONEncoder().encode(kept))
        #expect(again == kept && again.limits?.count == 1)
    }
}
