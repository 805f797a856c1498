import RecordExchange
import SeededNumbers
import Testing
import Vocabulary

/// The holidays as the law words them, built for a whole year.
///
/// 5 U.S.C. 6103 and Executive Order 11582: slow, plain, and written apart from the code it checks.
private struct HolidayLaw {
    let year: Int

    /// The observed days, which may lie in the year before.
    var observed: Set<CivilDate> {
        let fixed = [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)]
            .compactMap { CivilDate(year: year, month: $0.0, day: $0.1) }
            .map { day in
                switch day.weekday {
                case 6: day.advanced(by: -1)
                case 7: day.advanced(by: 1)
                default: day
                }
            }
        let floating = [
            nth(3, weekday: 1, of: 1), nth(3, weekday: 1, of: 2), last(weekday: 1, of: 5),
            nth(1, weekday: 1, of: 9), nth(2, weekday: 1, of: 10), nth(4, weekday: 4, of: 11),
        ]
        return Set(fixed + floating.compactMap(\.self))
    }

    private func days(of month: Int) -> [CivilDate] {
        (1...31).compactMap { CivilDate(year: year, month: month, day: $0) }
    }

    private func nth(_ number: Int, weekday: Int, of month: Int) -> CivilDate? {
        let matching = days(of: month).filter { $0.weekday == weekday }
        return matching.count >= number ? matching[number - 1] : nil
    }

    private func last(weekday: Int, of month: Int) -> CivilDate? {
        days(of: month).last { $0.weekday == weekday }
    }
}

@Suite("Holidays by the law") struct WorkingDayOracleTests {
    @Test(arguments: 1971...2120)
    func `every day of a year is a holiday or not as the law says`(year: Int) throws {
        let law = HolidayLaw(year: year).observed.union(HolidayLaw(year: year + 1).observed)
        let first = try #require(CivilDate(year: year, month: 1, day: 1))
        let last = try #require(CivilDate(year: year, month: 12, day: 31))
        for number in first.dayNumber...last.dayNumber {
            let date = CivilDate(dayNumber: number)
            // One that falls on a weekend is observed beside it, never on it.
            let expected = law.contains(date) && date.weekday <= 5
            #expect(WorkingDays.isFederalHoliday(date) == expected, "\(date)")
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `counting is one day at a time`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let start = Fixture.anyDay(&generator)
        let span = Int.random(in: 0...120, using: &generator)
        let end = start.advanced(by: span)
        var counted = 0
        // The last days of a year may be observed for the next one's first.
        let holidays = (start.year...end.year + 1)
            .reduce(into: Set<CivilDate>()) { $0.formUnion(HolidayLaw(year: $1).observed) }
        for offset in stride(from: 1, through: span, by: 1) {
            let date = start.advanced(by: offset)
            if date.weekday <= 5, !holidays.contains(date) { counted += 1 }
        }
        #expect(WorkingDays.count(after: start, through: end) == counted)
    }
}
