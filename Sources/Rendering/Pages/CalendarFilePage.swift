package import RecordExchange
package import Vocabulary

/// An organisation's calendar as a file: what a new one would change, and the present one to take
/// along.
///
/// Posts `files` to `path`, and what was looked at, in `calendarText`, to `{path}/take`.
package struct CalendarFilePage: Page {
    package static let template = "calendar-file"

    package let path: String
    package let backPath: String
    package let name: String
    /// There is a calendar to download, its own or the one it goes by.
    package let canDownload: Bool
    /// Absent before a file was given.
    package let result: CalendarChanges?
    /// The file that was looked at; empty where it cannot be used.
    package let text: String
    package let form: Form

    package init(
        path: String,
        backPath: String,
        name: String,
        canDownload: Bool,
        result: CalendarChanges? = nil,
        text: String = "",
        form: Form = .empty
    ) {
        self.path = path
        self.backPath = backPath
        self.name = name
        self.canDownload = canDownload
        self.result = result
        self.text = text
        self.form = form
    }
}

/// What a calendar's file would change, or why it cannot be used.
package struct CalendarChanges: Hashable, Sendable {
    package let added: [CalendarStretch]
    package let removed: [CalendarStretch]
    package let changesNothing: Bool
    package let canTake: Bool
    package let lines: [CalendarFault]
    package let troubles: [CalendarTrouble]

    package init(
        added: [CalendarStretch] = [],
        removed: [CalendarStretch] = [],
        lines: [CalendarFault] = [],
        troubles: [CalendarTrouble] = []
    ) {
        self.added = added
        self.removed = removed
        self.lines = lines
        self.troubles = troubles
        let isUsable = lines.isEmpty && troubles.isEmpty
        changesNothing = isUsable && added.isEmpty && removed.isEmpty
        canTake = isUsable && !changesNothing
    }
}

/// Days that come or go.
package struct CalendarStretch: Hashable, Sendable {
    package let name: String
    /// Absent for days on which the office works though school is out.
    package let kind: SchoolCalendar.Recess.Kind?
    package let first: CivilDate
    package let last: CivilDate

    package init(_ recess: SchoolCalendar.Recess) {
        (name, kind, first, last) = (recess.name, recess.kind, recess.first, recess.last)
    }

    package init(_ days: SchoolCalendar.StaffDays) {
        (name, kind, first, last) = (days.name, nil, days.first, days.last)
    }
}

/// One line of a file that cannot be read.
package struct CalendarFault: Hashable, Sendable {
    package let line: Int
    package let kind: CalendarFile.Problem.Kind

    package init(line: Int, kind: CalendarFile.Problem.Kind) {
        self.line = line
        self.kind = kind
    }
}

extension CalendarFile.Problem.Kind: Worded {
    package static let words = "calendarFault"
}

/// What two stretches say together that cannot be meant.
package enum CalendarTrouble: Hashable, Sendable, Worded {
    package static let words = "calendarTrouble"

    case overlap(first: String, second: String)
    case gap(first: String, second: String, days: Int)
}
