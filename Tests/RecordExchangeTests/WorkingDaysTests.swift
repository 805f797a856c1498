import RecordExchange
import SeededNumbers
import Testing
import Vocabulary

@Suite("Working days") struct WorkingDaysTests {
    /// The days on which federal offices were or will be closed, by the Office of Personnel
    /// Management's published lists.
    static let observed: [(year: Int, days: [String])] = [
        (
            2024,
            [
                "01-01", "01-15", "02-19", "05-27", "06-19", "07-04", "09-02", "10-14", "11-11",
                "11-28", "12-25",
            ]
        ),
        (
            2025,
            [
                "01-01", "01-20", "02-17", "05-26", "06-19", "07-04", "09-01", "10-13", "11-11",
                "11-27", "12-25",
            ]
        ),
        (
            2026,
            [
                "01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11",
                "11-26", "12-25",
            ]
        ),
        (
            2027,
            [
                "01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11",
                "11-25", "12-24", "12-31",
            ]
        ),
        (
            2028,
            [
                "01-17", "02-21", "05-29", "06-19", "07-04", "09-04", "10-09", "11-10", "11-23",
                "12-25",
            ]
        ),
        (
            2029,
            [
                "01-01", "01-15", "02-19", "05-28", "06-19", "07-04", "09-03", "10-08", "11-12",
                "11-22", "12-25",
            ]
        ),
        (
            2030,
            [
                "01-01", "01-21", "02-18", "05-27", "06-19", "07-04", "09-02", "10-14", "11-11",
                "11-28", "12-25",
            ]
        ),
    ]

    @Test(arguments: observed)
    func `federal holidays are those of the published list`(year: Int, days: [String]) throws {
        let first = try day("\(year)-01-01")
        let last = try day("\(year)-12-31")
        let found = (first.dayNumber...last.dayNumber).map(CivilDate.init(dayNumber:))
            .filter { $0.weekday <= 5 && WorkingDays.isFederalHoliday($0) }
            .map { String($0.description.dropFirst(5)) }
        #expect(found == days)
    }

    @Test(arguments: [
        ("2026-05-18", true), ("2026-05-23", false), ("2026-05-24", false), ("2026-05-25", false),
        ("2026-07-03", false), ("2026-07-06", true), ("2027-12-31", false), ("2028-01-03", true),
    ])
    func `weekends and holidays are not worked`(text: String, works: Bool) throws {
        #expect(WorkingDays.isWorkingDay(try day(text)) == works)
    }

    @Test(arguments: [
        ("2026-05-18", 1, "2026-05-19"), ("2026-05-22", 1, "2026-05-26"),
        ("2026-05-23", 1, "2026-05-26"), ("2026-05-18", 10, "2026-06-02"),
        ("2026-07-02", 1, "2026-07-06"), ("2026-12-24", 1, "2026-12-28"),
        ("2026-05-23", 0, "2026-05-23"),
        // Clocks change on 2026-03-08 and 2026-11-01; days do not.
        ("2026-03-06", 1, "2026-03-09"), ("2026-10-30", 1, "2026-11-02"),
        ("2026-03-06", 5, "2026-03-13"), ("2026-10-30", 5, "2026-11-06"),
    ])
    func `counts from the day after`(start: String, count: Int, end: String) throws {
        let expected = try day(end)
        #expect(WorkingDays.day(count, after: try day(start)) == expected)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `counting on and counting between agree`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let start = Fixture.anyDay(&generator)
        let count = Int.random(in: 1...40, using: &generator)
        let more = Int.random(in: 1...40, using: &generator)
        let end = WorkingDays.day(count, after: start)

        #expect(WorkingDays.isWorkingDay(end))
        #expect(WorkingDays.count(after: start, through: end) == count)
        #expect(WorkingDays.count(after: start, through: end.advanced(by: -1)) == count - 1)
        #expect(WorkingDays.day(more, after: end) == WorkingDays.day(count + more, after: start))
        #expect(WorkingDays.count(after: end, through: start) == 0)
        // Never more than a weekend with a holiday on either side.
        #expect(start.days(to: WorkingDays.day(1, after: start)) <= 5)
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `the first working day on or after a day is the day itself, or the next one`(
        seed: UInt64
    ) {
        var generator = SeededGenerator(seed: seed)
        let start = Fixture.anyDay(&generator)
        let first = WorkingDays.first(onOrAfter: start)
        #expect(WorkingDays.isWorkingDay(first) && first >= start)
        #expect(WorkingDays.count(after: start.advanced(by: -1), through: first) == 1)
    }

    @Test func `no day has two reasons and every year at least ten holidays`() throws {
        for year in 1990...2090 {
            let first = try day("\(year)-01-01")
            let days = (0..<366).map { first.advanced(by: $0) }.filter { $0.year == year }
            let holidays = days.count { WorkingDays.isFederalHoliday($0) }
            #expect((10...12).contains(holidays), "\(year)")
        }
    }
}
