package import Vocabulary

/// The whole months that a report is about.
///
/// Whole months, since two reports that differ by a day would tell that day's requests.
package struct ReportPeriod: Hashable, Sendable {
    /// A month of a year.
    package struct Month: Hashable, Sendable, Comparable, CustomStringConvertible {
        package let year: Int
        /// 1 to 12.
        package let month: Int

        package init(of day: CivilDate) {
            year = day.year
            month = day.month
        }

        /// Counts months from January of the year 0.
        package init(number: Int) {
            year = number / 12
            month = number % 12 + 1
        }

        /// Reads `2026-08`; `nil` for any other text and for years that no report is about.
        package init?(_ text: String) {
            guard text.utf8.count == 7, let day = CivilDate(iso8601: text + "-01"),
                Self.years.contains(day.year)
            else { return nil }
            self.init(of: day)
        }

        // The month after the last of these is a month as well.
        private static let years = 1900...2200

        package var number: Int { year * 12 + month - 1 }
        package var description: String { month < 10 ? "\(year)-0\(month)" : "\(year)-\(month)" }

        package var firstDay: CivilDate {
            guard let day = CivilDate(year: year, month: month, day: 1) else {
                preconditionFailure("every month has a first day")
            }
            return day
        }

        package static func < (lhs: Self, rhs: Self) -> Bool { lhs.number < rhs.number }
    }

    package let first: Month
    package let last: Month

    /// Two months in either order.
    package init(_ one: Month, _ other: Month) {
        first = min(one, other)
        last = max(one, other)
    }

    /// July to June, by the year in which it ends.
    package init(schoolYearEnding year: Int) {
        self.init(Month(number: (year - 1) * 12 + 6), Month(number: year * 12 + 5))
    }

    /// The school year that a day falls in.
    package init(schoolYearOf day: CivilDate) {
        self.init(schoolYearEnding: day.month >= 7 ? day.year + 1 : day.year)
    }

    package var firstDay: CivilDate { first.firstDay }
    package var lastDay: CivilDate {
        Month(number: last.number + 1).firstDay.advanced(by: -1)
    }

    /// The year in which it ends, where it is a school year.
    package var schoolYear: Int? {
        self == Self(schoolYearEnding: last.year) ? last.year : nil
    }
}
