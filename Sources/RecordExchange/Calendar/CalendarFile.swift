package import Vocabulary

/// A school calendar as an iCalendar file (RFC 5545): what districts export from their own
/// calendars, and what they can subscribe to.
///
/// Reading is strict and bounded: whole days only, nothing that repeats, and every problem at once
/// with its line. What a calendar program adds (alarms, time zones, descriptions) is passed over.
package enum CalendarFile {
    /// Most bytes, lines and days that are taken.
    package static let mostBytes = 1 << 20
    package static let mostEvents = 2_000
    package static let longestSpan = 400

    /// One thing wrong, and the line it stands on, counted from 1.
    package struct Problem: Error, Hashable, Sendable {
        /// What kind of thing.
        package enum Kind: String, Sendable, CaseIterable {
            case tooLarge, notUTF8, notACalendar, unbalanced, lineMalformed, tooManyEvents
            case startMissing, startTwice, dateMalformed, endBeforeStart, tooLong, repeats
        }

        package let line: Int
        package let kind: Kind

        package init(line: Int, kind: Kind) {
            self.line = line
            self.kind = kind
        }
    }

    /// Every problem of a file together.
    package struct Malformed: Error, Hashable, Sendable {
        package let problems: [Problem]

        package init(problems: [Problem]) {
            self.problems = problems
        }
    }

    /// Reads a file.
    ///
    /// Each event becomes a closed stretch; its category says of which kind (`SUMMER`, `BREAK`,
    /// `HOLIDAY`, `STAFF` for days on which the office works though school is out), and where it
    /// says nothing, its length does.
    package static func read(_ bytes: [UInt8]) throws(Malformed) -> SchoolCalendar {
        guard bytes.count <= mostBytes else {
            throw Malformed(problems: [Problem(line: 1, kind: .tooLarge)])
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Malformed(problems: [Problem(line: 1, kind: .notUTF8)])
        }
        var reader = CalendarReader()
        for line in CalendarLine.unfolded(bytes) { reader.take(line) }
        let (events, problems) = reader.finish()
        guard problems.isEmpty else { throw Malformed(problems: problems) }
        let spans = events.map(\.span)
        return SchoolCalendar(
            recesses: zip(events, spans).compactMap { event, span in
                event.isStaffed
                    ? nil
                    : SchoolCalendar.Recess(
                        kind: event.kind ?? kind(of: span),
                        name: event.name,
                        first: span.first,
                        last: span.last
                    )
            },
            staffDays: zip(events, spans).compactMap { event, span in
                event.isStaffed
                    ? SchoolCalendar.StaffDays(
                        name: event.name,
                        first: span.first,
                        last: span.last
                    ) : nil
            }
        )
    }

    /// What a stretch is, by its length alone: from four weeks on a summer, from three working days
    /// on a break, else a holiday.
    private static func kind(
        of span: (first: CivilDate, last: CivilDate)
    ) -> SchoolCalendar.Recess.Kind {
        let days = span.first.days(to: span.last) + 1
        if days >= 28 { return .summer }
        let working = (0..<days).count { WorkingDays.isWorkingDay(span.first.advanced(by: $0)) }
        return working >= 3 ? .longBreak : .holiday
    }

    /// Writes a calendar; what is read back is the same calendar.
    ///
    /// `stamp` is the day of writing, which every event must carry.
    package static func write(
        _ calendar: SchoolCalendar,
        of organization: OrganizationID,
        stamp: CivilDate
    ) -> [UInt8] {
        var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mochila//School calendar//EN"]
        func event(_ category: String, _ name: String, _ first: CivilDate, _ last: CivilDate) {
            lines += [
                "BEGIN:VEVENT",
                "UID:\(category.lowercased())-\(basic(first))-\(basic(last))@"
                    + organization.description.replacing(":", with: "."),
                "DTSTAMP:\(basic(stamp))T000000Z",
                "DTSTART;VALUE=DATE:\(basic(first))",
                // The end is the first day that no longer belongs to it.
                "DTEND;VALUE=DATE:\(basic(last.advanced(by: 1)))",
                "SUMMARY:\(escaped(name))", "CATEGORIES:\(category)", "TRANSP:TRANSPARENT",
                "END:VEVENT",
            ]
        }
        for recess in calendar.recesses {
            event(recess.kind.category, recess.name, recess.first, recess.last)
        }
        for days in calendar.staffDays ?? [] { event("STAFF", days.name, days.first, days.last) }
        lines.append("END:VCALENDAR")
        return lines.flatMap(folded)
    }

    private static func basic(_ day: CivilDate) -> String {
        day.description.replacing("-", with: "")
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
            .replacing("\r", with: "").replacing("\n", with: "\\n")
    }

    /// At most 75 bytes a line, never inside a character.
    private static func folded(_ line: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var width = 0
        for scalar in line.unicodeScalars {
            let length = String(scalar).utf8.count
            if width + length > 75 {
                bytes += [13, 10, 32]
                width = 1
            }
            bytes += Array(String(scalar).utf8)
            width += length
        }
        return bytes + [13, 10]
    }
}

extension SchoolCalendar.Recess.Kind {
    var category: String {
        switch self {
        case .summer: "SUMMER"
        case .longBreak: "BREAK"
        case .holiday: "HOLIDAY"
        }
    }
}
