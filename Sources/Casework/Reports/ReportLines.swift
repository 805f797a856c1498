import RecordExchange
import Tabular
import Vocabulary

/// One figure of a report, for files: everything the page shows, and nothing else.
package struct ReportLine: Hashable, Sendable {
    package let side: RequestReport.Side.Kind
    /// What is taken apart, such as `total`, `within` or `school`.
    package let table: String
    package let key: String
    /// As people call it; empty where the key says it.
    package let name: String
    /// The denominator; of reasons the number of schools that said so.
    package let count: Int?
    /// Days of 24 hours, or `not reached`.
    package let median: String
    package let ninetieth: String
    /// How many of `count` were answered within the days of the key, and in percent.
    package let answered: Int?
    package let percent: Int?
    package let note: String
}

extension RequestReport {
    /// Every figure, side by side and table by table.
    package var lines: [ReportLine] { sides.flatMap(lines(of:)) }

    /// As a comma-separated file, with a line that names the columns.
    package var csv: String {
        let head = "side,table,key,name,count,median_days,p90_days,answered,percent,note"
        let rows = lines.map { line in
            SpreadsheetField.line([
                line.side.rawValue, line.table, line.key, line.name, line.count.text, line.median,
                line.ninetieth, line.answered.text, line.percent.text, line.note,
            ])
        }
        return ([head] + rows).joined(separator: "\r\n") + "\r\n"
    }

    private func lines(of side: Side) -> [ReportLine] {
        guard let figures = side.figures else {
            let note = side.isEmpty ? "nothing was asked" : "fewer than 5 students"
            return [line(side, "total", "", note: note)]
        }
        var lines = [line(side, "total", "", figures: figures)]
        if let count = side.takenBack {
            lines.append(line(side, "takenBack", "", count: count, note: "counted nowhere else"))
        }
        lines += side.shares.map { share in
            line(side, "within", share.days.map { "\($0) days" } ?? "ever", share: share)
        }
        lines += rows(side, "school", side.schools) { schoolNames[$0] ?? "" }
        lines += rows(side, "district", side.districts) { districtNames[$0] ?? "" }
        lines += rows(side, "route", side.routes) { _ in "" }
        lines += rows(side, "session", side.sessions) { _ in "" }
        lines += rows(side, "stop", side.stops, isTimed: false) { _ in "" }
        lines += rows(side, "level", side.levels, isTimed: false) { _ in "" }
        lines += rows(side, "reason", side.reasons, isTimed: false) { "\($0)" }
        if let effort = side.effort {
            lines.append(line(side, "effort", "minutes", count: effort.answers, effort.minutes))
            lines.append(line(side, "effort", "fields", count: effort.answers, effort.fields))
        }
        return lines
    }

    private func rows<Key: ReportKey>(
        _ side: Side,
        _ table: String,
        _ breakdown: Breakdown<Key>,
        isTimed: Bool = true,
        name: (Key) -> String
    ) -> [ReportLine] {
        var lines = breakdown.rows.map { row in
            isTimed
                ? line(side, table, row.key.fileText, name: name(row.key), figures: row.figures)
                : line(
                    side,
                    table,
                    row.key.fileText,
                    name: name(row.key),
                    count: row.figures.count
                )
        }
        if !breakdown.heldBack.isEmpty {
            // Not how many: of a list of one row, held back for another list, that would be all.
            let note = "rows held back: fewer than 5 students"
            lines.append(line(side, table, "held back", note: note))
        }
        return lines
    }

    private func line(
        _ side: Side,
        _ table: String,
        _ key: String,
        name: String = "",
        figures: Percentiles? = nil,
        share: ShareWithin? = nil,
        count: Int? = nil,
        _ median: Int? = nil,
        note: String = ""
    ) -> ReportLine {
        ReportLine(
            side: side.kind,
            table: table,
            key: key,
            name: name,
            count: figures?.count ?? share?.of ?? count,
            median: figures?.median.fileText ?? median.text,
            ninetieth: figures?.ninetieth.fileText ?? "",
            answered: share?.count,
            percent: share?.percent,
            note: note
        )
    }
}

/// A key of a breakdown, as files write it.
protocol ReportKey: Hashable, Sendable {
    var fileText: String { get }
}

extension ReportKey where Self: RawRepresentable<String> {
    var fileText: String { rawValue }
}

extension ReportKey where Self: CustomStringConvertible {
    var fileText: String { description }
}

extension SchoolID: ReportKey {}
extension DistrictID: ReportKey {}
extension ReportStop: ReportKey {}
extension ReasonCode: ReportKey {}
extension RequestReport.Session: ReportKey {}
extension ClockLevel: ReportKey {
    var fileText: String { "\(rawValue)" }
}
extension RequestReport.Route: ReportKey {
    var fileText: String { "\(from?.description ?? "none found") to \(to)" }
}

extension Wait {
    fileprivate var fileText: String { days ?? "not reached" }
}

extension Int? {
    fileprivate var text: String { map { "\($0)" } ?? "" }
}
