package import RecordExchange
import Vocabulary

/// The made-up school calendars of the demonstration, from August 2025 to August 2027.
///
/// A state's calendar stands for its schools that have none of their own and whose district has
/// none. Projects have one because they are open when schools are not.
package enum DemoCalendars {
    package static let all: [OrganizationID: SchoolCalendar] = {
        var all: [OrganizationID: SchoolCalendar] = [:]
        for (code, year) in states { all[.state(DemoCast.state(code))] = calendar(year) }
        all[.district(DemoCast.district("5310110"))] = calendar(yakima)
        all[.district(DemoCast.district("4844960"))] = calendar(weslaco)
        all[.project("tx-valley")] = SchoolCalendar(
            recesses: [
                recess(.longBreak, "Winter break", "2025-12-19", "2026-01-04"),
                recess(.longBreak, "Winter break", "2026-12-18", "2027-01-03"),
            ]
        )
        all[.custodian("fl-putnam-archive")] = SchoolCalendar(recesses: [])
        return all
    }()

    /// The calendar a school follows: its own, its district's, or its state's.
    package static func calendar(of school: School) -> SchoolCalendar? {
        all[.school(school.id)] ?? all[.district(school.district)] ?? all[.state(school.state)]
    }

    /// First and last closed day of each, for the school years 2025-26 and 2026-27.
    private struct Dates {
        let winter: [(String, String)]
        let spring: [(String, String)]
        let summer: [(String, String)]
    }

    private static let texas = Dates(
        winter: [("2025-12-20", "2026-01-05"), ("2026-12-19", "2027-01-04")],
        spring: [("2026-03-14", "2026-03-22"), ("2027-03-13", "2027-03-21")],
        summer: [("2026-05-29", "2026-08-16"), ("2027-05-28", "2027-08-15")]
    )
    private static let weslaco = Dates(
        winter: [("2025-12-20", "2026-01-06"), ("2026-12-19", "2027-01-05")],
        spring: [("2026-03-14", "2026-03-22"), ("2027-03-13", "2027-03-21")],
        summer: [("2026-05-29", "2026-08-16"), ("2027-05-28", "2027-08-15")]
    )
    private static let washington = Dates(
        winter: [("2025-12-20", "2026-01-04"), ("2026-12-19", "2027-01-03")],
        spring: [("2026-04-04", "2026-04-12"), ("2027-04-03", "2027-04-11")],
        summer: [("2026-06-13", "2026-08-31"), ("2027-06-12", "2027-08-31")]
    )
    private static let yakima = Dates(
        winter: [("2025-12-20", "2026-01-04"), ("2026-12-19", "2027-01-03")],
        spring: [("2026-04-04", "2026-04-12"), ("2027-04-03", "2027-04-11")],
        summer: [("2026-06-13", "2026-08-25"), ("2027-06-12", "2027-08-24")]
    )
    private static let florida = Dates(
        winter: [("2025-12-20", "2026-01-05"), ("2026-12-19", "2027-01-04")],
        spring: [("2026-03-14", "2026-03-22"), ("2027-03-13", "2027-03-21")],
        summer: [("2026-05-30", "2026-08-09"), ("2027-05-29", "2027-08-09")]
    )
    private static let south = Dates(
        winter: [("2025-12-20", "2026-01-04"), ("2026-12-19", "2027-01-03")],
        spring: [("2026-04-04", "2026-04-12"), ("2027-03-27", "2027-04-04")],
        summer: [("2026-05-23", "2026-08-03"), ("2027-05-22", "2027-08-02")]
    )
    private static let north = Dates(
        winter: [("2025-12-20", "2026-01-04"), ("2026-12-19", "2027-01-03")],
        spring: [("2026-03-28", "2026-04-05"), ("2027-03-27", "2027-04-04")],
        summer: [("2026-06-12", "2026-08-31"), ("2027-06-11", "2027-08-31")]
    )
    private static let california = Dates(
        winter: [("2025-12-20", "2026-01-11"), ("2026-12-19", "2027-01-10")],
        spring: [("2026-03-28", "2026-04-05"), ("2027-03-27", "2027-04-04")],
        summer: [("2026-06-06", "2026-08-12"), ("2027-06-05", "2027-08-11")]
    )
    private static let desert = Dates(
        winter: [("2025-12-20", "2026-01-04"), ("2026-12-19", "2027-01-03")],
        spring: [("2026-03-14", "2026-03-22"), ("2027-03-13", "2027-03-21")],
        summer: [("2026-05-23", "2026-08-02"), ("2027-05-22", "2027-08-01")]
    )

    private static let states: [(String, Dates)] = [
        ("TX", texas), ("WA", washington), ("CA", california), ("FL", florida), ("AZ", desert),
        ("GA", south), ("NC", north), ("MI", north), ("OR", washington), ("ID", washington),
        ("PR", south),
    ]

    private static func calendar(_ dates: Dates) -> SchoolCalendar {
        SchoolCalendar(
            recesses: dates.winter.map { recess(.longBreak, "Winter break", $0.0, $0.1) }
                + dates.spring.map { recess(.longBreak, "Spring break", $0.0, $0.1) }
                + dates.summer.map { recess(.summer, "Summer", $0.0, $0.1) }
                + [
                    recess(.holiday, "Thanksgiving", "2025-11-26", "2025-11-28"),
                    recess(.holiday, "Thanksgiving", "2026-11-25", "2026-11-27"),
                ]
        )
    }

    private static func recess(
        _ kind: SchoolCalendar.Recess.Kind,
        _ name: String,
        _ first: String,
        _ last: String
    ) -> SchoolCalendar.Recess {
        SchoolCalendar.Recess(
            kind: kind,
            name: name,
            first: DemoCast.required(CivilDate(iso8601: first)),
            last: DemoCast.required(CivilDate(iso8601: last))
        )
    }
}
