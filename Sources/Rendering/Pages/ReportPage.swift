package import Casework
package import RecordExchange
package import Vocabulary

/// How long records took and where requests stop, over some months.
///
/// A plain GET to `/reports` with `of`, `from` and `to`.
package struct ReportPage: Page {
    package static let template = "report"

    /// The school, the state or the gateway that it is about.
    package let place: String
    /// Other reports the reader may see; empty where there is one.
    package let scopes: [ReportTab]
    /// What goes back with the form; empty where there is one report.
    package let scope: String
    package let first: CivilDate
    package let last: CivilDate
    package let years: [ReportYear]
    package let firstMonths: [MonthChoice]
    package let lastMonths: [MonthChoice]
    /// Empty where there is nothing to download.
    package let filePath: String
    package let sides: [ReportSide]
    package let unreachable: [UnreachableRow]

    package init(
        place: String,
        scopes: [ReportTab] = [],
        scope: String = "",
        first: CivilDate,
        last: CivilDate,
        years: [ReportYear],
        firstMonths: [MonthChoice],
        lastMonths: [MonthChoice],
        filePath: String,
        sides: [ReportSide],
        unreachable: [UnreachableRow]
    ) {
        self.place = place
        self.scopes = scopes
        self.scope = scope
        self.first = first
        self.last = last
        self.years = years
        self.firstMonths = firstMonths
        self.lastMonths = lastMonths
        self.filePath = filePath
        self.sides = sides
        self.unreachable = unreachable
    }
}

/// Another report, at `path`.
package struct ReportTab: Hashable, Sendable {
    package let name: String
    package let path: String
    package let isCurrent: Bool

    package init(name: String, path: String, isCurrent: Bool) {
        self.name = name
        self.path = path
        self.isCurrent = isCurrent
    }
}

/// A school year, at `path`.
package struct ReportYear: Hashable, Sendable {
    package let begins: Int
    package let ends: Int
    package let path: String
    package let isCurrent: Bool

    package init(ending year: Int, path: String, isCurrent: Bool) {
        begins = year - 1
        ends = year
        self.path = path
        self.isCurrent = isCurrent
    }
}

/// A month to choose, as `2026-08`.
package struct MonthChoice: Hashable, Sendable {
    package let value: String
    package let day: CivilDate
    package let isChosen: Bool

    package init(value: String, day: CivilDate, isChosen: Bool) {
        self.value = value
        self.day = day
        self.isChosen = isChosen
    }
}

/// Requests seen from one side, in words.
package struct ReportSide: Sendable {
    /// Counts the sides of the page from 1.
    package let index: Int
    package let kind: RequestReport.Side.Kind
    package let isEmpty: Bool
    /// `nil` where it is about fewer than five students.
    package let total: ReportLine?
    package let takenBack: Int
    package let chart: ShareChart?
    /// Taken apart by where, with their times.
    package let times: [ReportTable]
    /// Taken apart by what became of them.
    package let counts: [ReportTable]
    package let effort: EffortLine?

    package init(
        index: Int,
        kind: RequestReport.Side.Kind,
        isEmpty: Bool,
        total: ReportLine? = nil,
        takenBack: Int = 0,
        chart: ShareChart? = nil,
        times: [ReportTable] = [],
        counts: [ReportTable] = [],
        effort: EffortLine? = nil
    ) {
        self.index = index
        self.kind = kind
        self.isEmpty = isEmpty
        self.total = total
        self.takenBack = takenBack
        self.chart = chart
        self.times = times
        self.counts = counts
        self.effort = effort
    }
}

/// One line of a report's table.
package struct ReportLine: Sendable {
    package let label: any Worded
    package let count: Int
    package let median: WaitWord
    package let ninetieth: WaitWord

    package init(_ label: any Worded, _ figures: Percentiles) {
        self.label = label
        count = figures.count
        median = WaitWord(figures.median)
        ninetieth = WaitWord(figures.ninetieth)
    }
}

/// A table of a report; that something is too small is said beneath it, and what is too much.
package struct ReportTable: Sendable {
    package let heading: ReportHeading
    package let lines: [ReportLine]
    /// Not how many lines: that would tell of some what they are.
    package let holdsBack: Bool
    package let more: Int

    /// Lines of a table before the rest is left to the file.
    package static let mostLines = 25

    package init(_ heading: ReportHeading, _ lines: [ReportLine], holdsBack: Bool) {
        self.heading = heading
        self.lines = Array(lines.prefix(Self.mostLines))
        self.holdsBack = holdsBack
        more = max(0, lines.count - Self.mostLines)
    }
}

/// Bars of shares with their table; drawn here, so that it needs no script.
package struct ShareChart: Hashable, Sendable {
    /// One bar, in the units of the picture.
    package struct Bar: Hashable, Sendable {
        package let step: ShareStep
        package let count: Int
        package let total: Int
        package let percent: Int
        package let top: Int
        package let textTop: Int
        package let width: Int
        package let textLeft: Int
    }

    package let bars: [Bar]
    package let height: Int

    private static let rowHeight = 28
    private static let left = 92
    private static let fullWidth = 210

    /// `nil` where there is no bar to draw.
    package init?(_ shares: [ShareWithin]) {
        guard !shares.isEmpty else { return nil }
        bars = shares.enumerated().map { index, share in
            let width = share.percent * Self.fullWidth / 100
            return Bar(
                step: share.days.map { .within(days: $0) } ?? .ever,
                count: share.count,
                total: share.of,
                percent: share.percent,
                top: index * Self.rowHeight + 4,
                textTop: index * Self.rowHeight + 19,
                width: width,
                textLeft: Self.left + width + 8
            )
        }
        height = shares.count * Self.rowHeight
    }
}

/// What an answer by a link costs.
package struct EffortLine: Hashable, Sendable {
    package let answers: Int
    package let minutes: Int
    package let fields: Int

    package init(answers: Int, minutes: Int, fields: Int) {
        self.answers = answers
        self.minutes = minutes
        self.fields = fields
    }
}

/// An office that mail does not reach, at `path` where the reader keeps its contacts.
package struct UnreachableRow: Sendable {
    package let name: String
    package let role: Contact.Role
    package let since: CivilDate
    package let path: String

    package init(name: String, role: Contact.Role, since: CivilDate, path: String) {
        self.name = name
        self.role = role
        self.since = since
        self.path = path
    }
}

/// How long, as a table says it.
package enum WaitWord: Hashable, Sendable, Worded {
    package static let words = "wait"

    case days(text: String)
    case notReached

    package init(_ wait: Wait) {
        self = wait.days.map { .days(text: $0) } ?? .notReached
    }
}

/// A step of the chart.
package enum ShareStep: Hashable, Sendable, Worded {
    package static let words = "shareStep"

    case within(days: Int)
    case ever
}

/// What a table takes apart.
package enum ReportHeading: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "reportHeading"

    case total, schools, districts, routes, sessions, stops, levels, reasons
}

/// A line that is called by a name.
package enum ReportName: Hashable, Sendable, Worded {
    package static let words = "reportName"

    case place(name: String)
    case route(from: String, to: String)
    case nowhere(to: String)
}

extension ReportStop: Worded {
    package static let words = "reportStop"
}

extension RequestReport.Session: Worded {
    package static let words = "reportSession"
}

extension RequestReport.Side.Kind: Worded {
    package static let words = "reportSide"
}
