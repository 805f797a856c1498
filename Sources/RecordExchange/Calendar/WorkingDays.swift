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

    /// The last working day on or before `day`.
    package static func last(onOrBefore day: CivilDate) -> CivilDate {
        var day = day
        while !isWorkingDay(day) { day = day.advanced(by: -1) }
        return day
    }

    /// Working days after `start` up to and including `end`; zero where `end` is not later.
    package static func count(after start: CivilDate, through end: CivilDate) -> Int {
        guard end > start else { return 0 }
        return (start.dayNumber + 1...end.dayNumber)
            .count { isWorkingDay(CivilDate(dayNumber: $0)) }
    }

    /// A federal holiday, on the day it is observed.
    package static func isFederalHoliday(_ day: CivilDate) -> Bool {
        let weekday = day.weekday
        guard weekday <= 5 else { return false }
        let (_, month, number) = day.components
        if isFixed(month, number) { return true }
        // One that falls on a Saturday is observed on the Friday before, which for New Year's Day
        // is in the old year; one on a Sunday on the Monday after. No other is at the end of a
        // month.
        return switch weekday {
        case 1: isFixed(month, number - 1) || isFloatingMonday(month, number)
        case 4: month == 11 && (22...28).contains(number)
        case 5: isFixed(month, number + 1) || month == 12 && number == 31
        default: false
        }
    }

    /// New Year's Day, Juneteenth, Independence Day, Veterans Day and Christmas Day.
    private static func isFixed(_ month: Int, _ number: Int) -> Bool {
        switch (month, number) {
        case (1, 1), (6, 19), (7, 4), (11, 11), (12, 25): true
        default: false
        }
    }

    /// The third of January and February, the last of May, the first of September and the second
    /// of October: the birthdays of King and Washington, Memorial, Labor and Columbus Day.
    private static func isFloatingMonday(_ month: Int, _ number: Int) -> Bool {
        switch (month, number) {
        case (1, 15...21), (2, 15...21), (5, 25...31), (9, 1...7), (10, 8...14): true
        default: false
        }
    }
}
