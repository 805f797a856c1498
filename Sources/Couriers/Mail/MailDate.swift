package import Vocabulary

/// The date of a mail, as RFC 5322 writes it, in UTC.
package enum MailDate {
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Mon, 18 May 2026 14:03:00 +0000`.
    package static func text(of instant: Instant) -> String {
        let seconds = floorDivide(instant.millisecondsSince1970, by: 1_000)
        let days = floorDivide(seconds, by: 86_400)
        let rest = seconds - days * 86_400
        let date = CivilDate(dayNumber: Int(days))
        let clock = [rest / 3_600, rest / 60 % 60, rest % 60].map(twoDigits).joined(separator: ":")
        let year =
            String(repeating: "0", count: max(0, 4 - String(date.year).utf8.count))
            + String(date.year)
        return "\(weekdays[date.weekday - 1]), \(twoDigits(Int64(date.day))) "
            + "\(months[date.month - 1]) \(year) \(clock) +0000"
    }

    /// Reads what `text(of:)` writes; `nil` for any other text.
    package static func instant(from text: some StringProtocol) -> Instant? {
        let fields = text.split(separator: " ", omittingEmptySubsequences: false)
        guard fields.count == 6, fields[5] == "+0000", isTwoDigits(fields[1]),
            fields[3].utf8.count == 4, let day = Int(fields[1]), let year = Int(fields[3]),
            let month = months.firstIndex(of: String(fields[2])),
            let date = CivilDate(year: year, month: month + 1, day: day),
            fields[0] == "\(weekdays[date.weekday - 1]),"
        else { return nil }
        let clock = fields[4].split(separator: ":", omittingEmptySubsequences: false)
        let numbers = clock.compactMap { isTwoDigits($0) ? Int64($0) : nil }
        guard clock.count == 3, numbers.count == 3, (0...23).contains(numbers[0]),
            (0...59).contains(numbers[1]), (0...59).contains(numbers[2])
        else { return nil }
        let seconds = numbers[0] * 3_600 + numbers[1] * 60 + numbers[2]
        return Instant(
            millisecondsSince1970: (Int64(date.dayNumber) * 86_400 + seconds) * 1_000
        )
    }

    private static func floorDivide(_ number: Int64, by divisor: Int64) -> Int64 {
        (number - (number % divisor + divisor) % divisor) / divisor
    }

    private static func isTwoDigits(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 2 && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    private static func twoDigits(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
