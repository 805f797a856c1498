/// The line that `ls -l` would print, which some clients show as it is.
enum LongName {
    /// Times within half a year before `now` with the clock, others with the year, in UTC.
    static func line(_ name: String, _ attributes: FileAttributes, now: UInt32) -> [UInt8] {
        let size = padded(String(attributes.size ?? 0), to: 12)
        let time = date(attributes.modifiedAt ?? 0, now: now)
        return Array(
            "\(mode(attributes.permissions ?? 0)) 1 partner  mochila  \(size) \(time) \(name)".utf8
        )
    }

    private static func mode(_ permissions: UInt32) -> String {
        var text = permissions & 0o170000 == 0o040000 ? "d" : "-"
        for shift in [6, 3, 0] as [UInt32] {
            let bits = permissions >> shift
            text += bits & 4 != 0 ? "r" : "-"
            text += bits & 2 != 0 ? "w" : "-"
            text += bits & 1 != 0 ? "x" : "-"
        }
        return text
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func date(_ seconds: UInt32, now: UInt32) -> String {
        let (year, month, day) = civil(daysSince1970: Int(seconds / 86_400))
        let start = "\(months[month - 1]) \(padded(String(day), to: 2))"
        guard seconds <= now, now - seconds < 183 * 86_400 else { return "\(start)  \(year)" }
        let minutes = Int(seconds % 86_400) / 60
        return "\(start) \(two(minutes / 60)):\(two(minutes % 60))"
    }

    // The days of 400 years are always 146,097; years are counted from March, so that a leap day
    // is the last of its year.
    private static func civil(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func padded(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }
}
