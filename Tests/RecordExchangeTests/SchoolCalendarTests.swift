import RecordExchange
import SeededNumbers
import Testing
import Vocabulary

@Suite("School calendar") struct SchoolCalendarTests {
    typealias Recess = SchoolCalendar.Recess

    private static func recess(
        _ kind: Recess.Kind,
        _ first: String,
        _ last: String
    ) throws -> Recess {
        Recess(kind: kind, name: "\(kind)", first: try day(first), last: try day(last))
    }

    private static func year() throws -> SchoolCalendar {
        SchoolCalendar(recesses: [
            try recess(.summer, "2026-06-05", "2026-08-12"),
            try recess(.longBreak, "2026-12-21", "2027-01-01"),
            try recess(.holiday, "2026-11-27", "2026-11-27"),
        ])
    }

    @Test(arguments: [
        ("2026-06-04", true), ("2026-06-05", false), ("2026-07-15", false), ("2026-08-12", false),
        ("2026-08-13", true), ("2026-11-27", false), ("2026-11-28", false), ("2026-12-18", true),
        ("2027-01-04", true), ("2026-09-07", false),
    ])
    func `knows its school days`(text: String, isSchoolDay: Bool) throws {
        #expect(try Self.year().isSchoolDay(try day(text)) == isSchoolDay)
    }

    @Test(arguments: [
        ("2026-06-04", nil), ("2026-06-05", "2026-08-13"), ("2026-08-12", "2026-08-13"),
        // A weekend is no closure, and a single holiday closes nobody for long.
        ("2026-06-06", "2026-08-13"), ("2026-05-30", nil), ("2026-11-27", nil),
        // Friday, January 1; then a weekend.
        ("2026-12-24", "2027-01-04"),
    ])
    func `says when it opens again`(text: String, reopens: String?) throws {
        let date = try day(text)
        let expected = try reopens.map { try day($0) }
        #expect(try Self.year().reopening(after: date) == expected)
        let closure = try Self.year().closure(on: date)
        #expect((closure != nil) == (reopens != nil))
    }

    @Test func `closures that touch are one`() throws {
        let calendar = SchoolCalendar(recesses: [
            try Self.recess(.summer, "2026-06-05", "2026-07-31"),
            try Self.recess(.longBreak, "2026-08-01", "2026-08-14"),
        ])
        #expect(calendar.reopening(after: try day("2026-06-10")) == (try day("2026-08-17")))
    }

    @Test func `of overlapping closures the one that ends last decides`() throws {
        let early = try Self.recess(.summer, "2026-06-05", "2026-07-31")
        let late = try Self.recess(.longBreak, "2026-07-20", "2026-08-14")
        for recesses in [[early, late], [late, early]] {
            let calendar = SchoolCalendar(recesses: recesses)
            #expect(calendar.closure(on: try day("2026-07-25")) == late)
            #expect(calendar.reopening(after: try day("2026-07-25")) == (try? day("2026-08-17")))
        }
    }

    @Test func `the longest of overlapping recesses names the day`() throws {
        let short = try Self.recess(.holiday, "2026-07-03", "2026-07-06")
        let long = try Self.recess(.summer, "2026-06-05", "2026-08-12")
        for recesses in [[short, long], [long, short]] {
            let calendar = SchoolCalendar(recesses: recesses)
            #expect(calendar.recess(on: try day("2026-07-03")) == long)
            #expect(calendar.closure(on: try day("2026-07-03")) == long)
        }
    }

    @Test func `a recess that ends before it begins lasts its first day`() throws {
        let recess = try Self.recess(.longBreak, "2026-04-07", "2026-04-01")
        #expect(recess.first == recess.last)
        #expect(recess.contains(try day("2026-04-07")))
        for outside in ["2026-04-06", "2026-04-08"] {
            #expect(!recess.contains(try day(outside)))
        }
    }

    @Test func `a school that never opens again holds nobody for ever`() throws {
        let closed = try Self.recess(.summer, "2026-06-05", "2099-01-01")
        let calendar = SchoolCalendar(recesses: [closed])
        #expect(calendar.closure(on: try day("2026-06-10")) == closed)
        #expect(calendar.reopening(after: try day("2026-06-10"))?.year == 2099)
        let chain = (0..<30).compactMap { number -> Recess? in
            guard let first = CivilDate(year: 2026 + number, month: 1, day: 1),
                let last = CivilDate(year: 2026 + number, month: 12, day: 31)
            else { return nil }
            return Recess(kind: .summer, name: "year", first: first, last: last)
        }
        #expect(SchoolCalendar(recesses: chain).reopening(after: try day("2026-06-10")) == nil)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `of any calendar, reopening is the first school day after the closure`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let today = Fixture.anyDay(&generator)
        let calendar = Fixture.anyCalendar(around: today, &generator)
        guard let closure = calendar.closure(on: today) else {
            #expect(calendar.reopening(after: today) == nil)
            return
        }

        #expect(closure.kind != .holiday && closure.contains(today))
        guard let reopening = calendar.reopening(after: today) else {
            Issue.record("no recess here lasts a year")
            return
        }
        #expect(calendar.isSchoolDay(reopening) && reopening > closure.last)
        for number in closure.last.dayNumber + 1..<reopening.dayNumber {
            #expect(!calendar.isSchoolDay(CivilDate(dayNumber: number)))
        }
    }

    @Test func `a calendar without recesses is open on every working day`() throws {
        let calendar = SchoolCalendar(recesses: [])
        let start = try day("2026-01-01")
        for offset in 0..<400 {
            let date = start.advanced(by: offset)
            #expect(calendar.isSchoolDay(date) == WorkingDays.isWorkingDay(date))
            #expect(calendar.closure(on: date) == nil)
        }
    }
}
