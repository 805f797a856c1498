package import Vocabulary

/// The days the service clock counts: Monday to Friday without US federal holidays.
///
/// The holidays are those of 5 U.S.C. 6103.
package enum WorkingDays {
    package static func isWorkingDay(_ day: CivilDate) -> Bool {
        day.weekday <= 5 && !isFederalHoliday(day)
    }

    /// The day on which `count` working days have passed after `start`.
    package static func day(_ count: Int, after start: CivilDate) -> CivilDate {
        var day = start
        var remaining = count
        while remaining > 0 {
            day = day.advanced(by: 1)
            if isWorkingDay(day) { remaining -= 1 }
        }
        return day
    }

    /// The first working day on or after `day`.
    package static func first(onOrAfter day: CivilDate) -> CivilDate {
        isWorkingDay(day) ? day : Self.day(1, after: day)
    }

    /// Working days after `start` up to and including `end`; zero where `end` is not later.
    package static func count(after start: CivilDate, through end: CivilDate) -> Int {
        guard end > start else { return 0 }
        return (start.dayNumber + 1...end.dayNumber)
            .count { isWorkingDay(CivilDate(dayNumber: $0)) }
    }

    /// A federal holiday, on the day it is observed.
    package static func isFederalHoliday(_ day: CivilDate) -> Bool {
        // New Year's Day of the next year is observed on December 31 when it is a Saturday.
        holidays(in: day.year).contains(day)
            || day.month == 12 && day.day == 31 && holidays(in: day.year + 1).contains(day)
    }

    private static func holidays(in year: Int) -> [CivilDate] {
        let fixed = [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)]
            .compactMap { CivilDate(year: year, month: $0.0, day: $0.1) }
            .map(observed)
        let floating = [
            weekday(1, occurrence: 3, month: 1, year: year),
            weekday(1, occurrence: 3, month: 2, year: year),
            lastMonday(of: 5, year: year),
            weekday(1, occurrence: 1, month: 9, year: year),
            weekday(1, occurrence: 2, month: 10, year: year),
            weekday(4, occurrence: 4, month: 11, year: year),
        ]
        return fixed + floating.compactMap { $0 }
    }

    private static func observed(_ day: CivilDate) -> CivilDate {
        switch day.weekday {
        case 6: day.advanced(by: -1)
        case 7: day.advanced(by: 1)
        default: day
        }
    }

    private static func weekday(
        _ weekday: Int,
        occurrence: Int,
        month: Int,
        year: Int
    ) -> CivilDate? {
        guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
        let offset = (weekday - first.weekday + 7) % 7
        return first.advanced(by: offset + 7 * (occurrence - 1))
    }

    private static func lastMonday(of month: Int, year: Int) -> CivilDate? {
        let length = CivilDate.length(ofMonth: month, in: year)
        guard let last = CivilDate(year: year, month: month, day: length) else { return nil }
        return last.advanced(by: -(last.weekday - 1))
    }
}
