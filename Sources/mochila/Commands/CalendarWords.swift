import RecordExchange
import Vocabulary

extension CalendarReview {
    /// What comes and what goes, a line each.
    var text: String {
        if changesNothing { return "The calendar says what it said.\n" }
        let lines =
            removed.map { "  - \($0.line)" } + added.map { "  + \($0.line)" }
            + removedStaffDays.map { "  - \($0.line)" } + addedStaffDays.map { "  + \($0.line)" }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension CalendarReview.Trouble {
    var line: String {
        switch self {
        case .overlap(let first, let second):
            "\(first.line) and \(second.line) have days in common; keep one of them"
        case .gap(let first, let second, let days):
            "between \(first.line) and \(second.line) the school would open for \(days) "
                + "working day\(days == 1 ? "" : "s"); join them, or name these days as STAFF"
        }
    }
}

extension SchoolCalendar.Recess {
    fileprivate var line: String { "\(first) to \(last) \(kind.rawValue) (\(name))" }
}

extension SchoolCalendar.StaffDays {
    fileprivate var line: String { "\(first) to \(last) staffed (\(name))" }
}
