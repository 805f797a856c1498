import Casework
import RecordExchange
import Rendering
import Vocabulary

extension Samples {
    static let report = ReportPage(
        place: "Texas",
        scopes: [
            ReportTab(name: "Texas", path: "/reports?of=state:TX", isCurrent: true),
            ReportTab(name: "Oak School", path: "/reports?of=school:1", isCurrent: false),
        ],
        scope: "state:TX",
        first: day("2026-07-01"),
        last: day("2027-06-30"),
        years: [
            ReportYear(ending: 2027, path: "/reports?from=2026-07", isCurrent: true),
            ReportYear(ending: 2026, path: "/reports?from=2025-07", isCurrent: false),
        ],
        firstMonths: months("2026-07-01"),
        lastMonths: months("2027-06-01"),
        filePath: "/reports/report.csv?from=2026-07",
        sides: [
            ReportSide(
                index: 1,
                kind: .asking,
                isEmpty: false,
                total: ReportLine(ReportHeading.total, figures),
                takenBack: 7,
                chart: ShareChart([
                    ShareWithin(days: 1, count: 12, of: 40),
                    ShareWithin(days: 4, count: 25, of: 40),
                    ShareWithin(days: nil, count: 33, of: 40),
                ]),
                times: [
                    ReportTable(
                        .routes,
                        [
                            ReportLine(
                                ReportName.route(from: "California", to: "Texas"),
                                figures
                            ),
                            ReportLine(ReportName.nowhere(to: "Texas"), never),
                        ],
                        holdsBack: true
                    ),
                    ReportTable(
                        .schools,
                        (1...45).map {
                            ReportLine(ReportName.place(name: "Oak School \($0)"), figures)
                        },
                        holdsBack: false
                    ),
                    ReportTable(
                        .sessions,
                        [ReportLine(RequestReport.Session.closed, figures)],
                        holdsBack: false
                    ),
                ],
                counts: [
                    ReportTable(.stops, [ReportLine(ReportStop.unfilled, never)], holdsBack: true),
                    ReportTable(.levels, [ReportLine(ClockLevel.capped, never)], holdsBack: false),
                    ReportTable(
                        .reasons,
                        [ReportLine(ReasonCode.neverEnrolled, never)],
                        holdsBack: false
                    ),
                ],
                effort: EffortLine(answers: 33, minutes: 4, fields: 9)
            ),
            ReportSide(index: 2, kind: .answering, isEmpty: false),
        ],
        unreachable: [
            UnreachableRow(
                name: "Cedar East High School",
                role: .recordsOffice,
                since: day("2026-08-03"),
                path: "/contacts/school:1"
            ),
            UnreachableRow(
                name: "Cedar ISD",
                role: .district,
                since: day("2026-08-04"),
                path: ""
            ),
        ]
    )

    static let emptyReport = ReportPage(
        place: "Oak School",
        first: day("2026-07-01"),
        last: day("2027-06-30"),
        years: [],
        firstMonths: months("2026-07-01"),
        lastMonths: months("2027-06-01"),
        filePath: "",
        sides: [
            ReportSide(index: 1, kind: .asking, isEmpty: true),
            ReportSide(index: 2, kind: .all, isEmpty: true),
        ],
        unreachable: []
    )

    private static let figures = Percentiles(
        arrived: Array(repeating: 6_480, count: 33),
        of: 40
    )
    private static let never = Percentiles(arrived: [], of: 9)

    private static func months(_ first: String) -> [MonthChoice] {
        [
            MonthChoice(value: String(first.prefix(7)), day: day(first), isChosen: true),
            MonthChoice(value: "2026-08", day: day("2026-08-01"), isChosen: false),
        ]
    }
}
