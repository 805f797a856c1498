package import Vocabulary

/// Instants as operators read them.
package enum UTCText {
    /// `2026-05-18T14:03:22.005Z`.
    package static func text(of instant: Instant) -> String {
        let milliseconds = instant.millisecondsSince1970
        let day = milliseconds.flooredQuotient(by: 86_400_000)
        let rest = milliseconds - day * 86_400_000
        let date = CivilDate(dayNumber: Int(day))
        let parts = [rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60]
        let clock = parts.map { padded($0, 2) }.joined(separator: ":")
        return "\(date)T\(clock).\(padded(rest % 1_000, 3))Z"
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension Int64 {
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
