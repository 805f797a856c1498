import Vocabulary

/// One content line, unfolded: name, parameters and value.
struct CalendarLine {
    let number: Int
    let name: String
    let parameters: [String: String]
    let value: String

    /// Longest line after unfolding, in bytes.
    static let longest = 8_192

    /// The lines of a file; one that cannot be read has an empty name.
    static func unfolded(_ bytes: [UInt8]) -> [Self] {
        var lines: [(number: Int, bytes: [UInt8])] = []
        var number = 0
        for raw in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            number += 1
            var line = Array(raw)
            if line.last == 13 { line.removeLast() }
            if let first = line.first, first == 32 || first == 9, !lines.isEmpty {
                lines[lines.count - 1].bytes += line.dropFirst()
            } else if !line.isEmpty {
                lines.append((number, line))
            }
        }
        return lines.map { Self(number: $0.number, $0.bytes) }
    }

    private init(number: Int, _ bytes: [UInt8]) {
        self.number = number
        // The first colon outside quotes ends the name and its parameters.
        var isQuoted = false
        let colon = bytes.firstIndex { byte in
            if byte == 34 { isQuoted.toggle() }
            return byte == 58 && !isQuoted
        }
        guard bytes.count <= Self.longest, let colon,
            !bytes.contains(where: { $0 < 32 && $0 != 9 || $0 == 127 })
        else {
            (name, parameters, value) = ("", [:], "")
            return
        }
        let head = String(decoding: bytes[..<colon], as: UTF8.self).split(separator: ";")
        name = head.first.map { $0.uppercased() } ?? ""
        var parameters: [String: String] = [:]
        for field in head.dropFirst() {
            let pair = field.split(separator: "=", maxSplits: 1).map(String.init)
            if pair.count == 2 { parameters[pair[0].uppercased()] = pair[1] }
        }
        self.parameters = parameters
        value = String(decoding: bytes[(colon + 1)...], as: UTF8.self)
    }

    /// The value with RFC 5545's escapes taken off.
    var text: String {
        var result: [UInt8] = []
        var isEscaped = false
        for byte in value.utf8 {
            switch byte {
            case 92 where !isEscaped:
                isEscaped = true
                continue
            case 78 where isEscaped, 110 where isEscaped: result.append(32)
            default: result.append(byte)
            }
            isEscaped = false
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A whole day, also where the line names a time of it.
    var day: CivilDate? {
        let digits = Array(value.utf8.prefix(8))
        guard digits.count == 8, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let rest = value.utf8.dropFirst(8)
        guard rest.isEmpty || rest.first == UInt8(ascii: "T") && (7...8).contains(rest.count) else {
            return nil
        }
        func number(_ range: Range<Int>) -> Int {
            digits[range].reduce(0) { $0 * 10 + Int($1 - 48) }
        }
        // A span of days that begins here must end in a year of four digits as well.
        let year = number(0..<4)
        guard (1900...2200).contains(year) else { return nil }
        return CivilDate(year: year, month: number(4..<6), day: number(6..<8))
    }

    var isWholeDay: Bool { value.utf8.count == 8 }

    /// `P3D`, `P2W`: whole days only.
    var days: Int? {
        var bytes = Array(value.utf8)[...]
        guard bytes.popFirst() == UInt8(ascii: "P"), let unit = bytes.popLast(),
            (1...4).contains(bytes.count), bytes.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        let count = bytes.reduce(0) { $0 * 10 + Int($1 - 48) }
        return unit == UInt8(ascii: "D") ? count : unit == UInt8(ascii: "W") ? count * 7 : nil
    }
}

/// Collects the events of a file, and everything that is wrong with it.
struct CalendarReader {
    struct Event {
        var line = 0
        var first: CivilDate?
        /// The first day that no longer belongs to it, or the last day where times were given.
        var end: CivilDate?
        var isEndIncluded = false
        var days: Int?
        var name = ""
        var kind: SchoolCalendar.Recess.Kind?
        var isStaffed = false
        var isCancelled = false
        var isWrong = false

        var span: (first: CivilDate, last: CivilDate) {
            let first = first ?? CivilDate(dayNumber: 0)
            if let end { return (first, isEndIncluded ? end : end.advanced(by: -1)) }
            return (first, first.advanced(by: max(days ?? 1, 1) - 1))
        }
    }

    private var stack: [String] = []
    private var event: Event?
    private var events: [Event] = []
    private var problems: [CalendarFile.Problem] = []
    private var wasCalendar = false
    private var lastLine = 1

    mutating func take(_ line: CalendarLine) {
        lastLine = line.number
        guard !line.name.isEmpty else { return report(.lineMalformed, line) }
        switch line.name {
        case "BEGIN": begin(line)
        case "END": end(line)
        default:
            guard !stack.isEmpty else { return report(.notACalendar, line) }
            // What stands in alarms and time zones is not the event's.
            if stack.last == "VEVENT" { property(line) }
        }
    }

    mutating func finish() -> (events: [Event], problems: [CalendarFile.Problem]) {
        if !stack.isEmpty { problems.append(.init(line: lastLine, kind: .unbalanced)) }
        if !wasCalendar { problems.append(.init(line: 1, kind: .notACalendar)) }
        return (events, Array(problems.prefix(100)))
    }

    private mutating func report(_ kind: CalendarFile.Problem.Kind, _ line: CalendarLine) {
        problems.append(.init(line: line.number, kind: kind))
        event?.isWrong = true
    }

    private mutating func begin(_ line: CalendarLine) {
        let name = line.value.uppercased()
        if stack.isEmpty {
            guard name == "VCALENDAR" else { return report(.notACalendar, line) }
            wasCalendar = true
        }
        guard stack.count < 8 else { return report(.unbalanced, line) }
        stack.append(name)
        if name == "VEVENT" { event = Event(line: line.number) }
    }

    private mutating func end(_ line: CalendarLine) {
        guard stack.last == line.value.uppercased() else { return report(.unbalanced, line) }
        stack.removeLast()
        guard line.value.uppercased() == "VEVENT", let event else { return }
        self.event = nil
        keep(event)
    }

    private mutating func keep(_ event: Event) {
        guard !event.isWrong, !event.isCancelled else { return }
        guard event.first != nil else {
            return problems.append(.init(line: event.line, kind: .startMissing))
        }
        let span = event.span
        if span.last < span.first {
            return problems.append(.init(line: event.line, kind: .endBeforeStart))
        }
        if span.first.days(to: span.last) >= CalendarFile.longestSpan {
            return problems.append(.init(line: event.line, kind: .tooLong))
        }
        guard events.count < CalendarFile.mostEvents else {
            if events.count == CalendarFile.mostEvents,
                !problems.contains(where: { $0.kind == .tooManyEvents })
            {
                problems.append(.init(line: event.line, kind: .tooManyEvents))
            }
            return
        }
        events.append(event)
    }

    private mutating func property(_ line: CalendarLine) {
        switch line.name {
        case "DTSTART":
            if event?.first != nil { return report(.startTwice, line) }
            guard let day = line.day else { return report(.dateMalformed, line) }
            event?.first = day
        case "DTEND":
            guard let day = line.day else { return report(.dateMalformed, line) }
            event?.end = day
            event?.isEndIncluded = !line.isWholeDay
        case "DURATION":
            guard let days = line.days else { return report(.dateMalformed, line) }
            event?.days = days
        case "SUMMARY": event?.name = String(line.text.prefix(200))
        case "STATUS": event?.isCancelled = line.value.uppercased() == "CANCELLED"
        // A break that comes back every year falls on other days every year.
        case "RRULE", "RDATE": report(.repeats, line)
        case "CATEGORIES": categorise(line.value.uppercased())
        default: break
        }
    }

    private mutating func categorise(_ value: String) {
        for word in value.split(separator: ",") {
            switch word {
            case "SUMMER": event?.kind = .summer
            case "BREAK": event?.kind = .longBreak
            case "HOLIDAY": event?.kind = .holiday
            case "STAFF": event?.isStaffed = true
            default: break
            }
        }
    }
}
