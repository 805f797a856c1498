package import Vocabulary

/// A birth date as it is compared: packed, in the order of the calendar, and possibly unknown.
package struct BirthDay: Hashable, Comparable, Sendable {
    /// Year, month (four bits), day (five bits); zero where unknown.
    package let packed: UInt32

    package static let unknown = Self(packed: 0)

    init(packed: UInt32) { self.packed = packed }

    package init(_ date: CivilDate?) {
        guard let date, (1...9_999).contains(date.year) else {
            packed = 0
            return
        }
        packed = Self.known(
            UInt32(date.year) << 9 | UInt32(date.month) << 5 | UInt32(date.day)
        )
    }

    /// Reads a date as people and programs write it: `2010-03-27`, also with a time behind it,
    /// `3/27/2010`, `20100327`, `27-Mar-2010`, `March 27, 2010`.
    ///
    /// Month before day where both are numbers and the year is last. Anything else, and no day of
    /// the calendar, is unknown.
    package init(written text: some Collection<UInt8>) {
        var parts = WrittenDate()
        for byte in text where !parts.take(byte) { break }
        parts.end()
        guard let (year, month, day) = parts.numbers, (1...9_999).contains(year),
            (1...12).contains(month),
            (1...CivilDate.length(ofMonth: month, in: year)).contains(day)
        else {
            packed = 0
            return
        }
        packed = Self.known(UInt32(year) << 9 | UInt32(month) << 5 | UInt32(day))
    }

    // What programs write where nobody knew: nobody at school was born then.
    private static func known(_ packed: UInt32) -> UInt32 {
        switch packed {
        case 1_900 << 9 | 1 << 5 | 1, 1_901 << 9 | 1 << 5 | 1, 1_970 << 9 | 1 << 5 | 1: 0
        default: packed
        }
    }

    var year: Int { Int(packed >> 9) }
    var month: Int { Int(packed >> 5 & 15) }
    var day: Int { Int(packed & 31) }
    var isUnknown: Bool { packed == 0 }

    /// Day and month exchanged; unknown where there is no such day or it is the same.
    var exchanged: Self {
        guard day <= 12, day != month else { return .unknown }
        return Self(packed: packed & ~511 | UInt32(day) << 5 | UInt32(month))
    }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.packed < rhs.packed }

    /// How another's birth date relates to this one.
    func relation(to other: Self) -> Relation {
        if isUnknown || other.isUnknown { return .missing }
        if packed == other.packed { return .same }
        let isSameYear = year == other.year
        let isSameMonth = month == other.month
        let isSameDay = day == other.day
        if isSameYear {
            if month == other.day, day == other.month { return .exchanged }
            if isSameMonth {
                let apart = abs(day - other.day)
                if apart == 1 || apart.isMultiple(of: 10) || Self.isOneDigit(day, other.day) {
                    return .slip
                }
            } else if isSameDay {
                if abs(month - other.month) == 1 || Self.isOneDigit(month, other.month) {
                    return .slip
                }
            } else if hasNeighboursExchanged(other) {
                return .slip
            }
            if month == 1 && day == 1 || other.month == 1 && other.day == 1 { return .firstOfYear }
            return isSameMonth || isSameDay ? .sameYearAndPart : .sameYear
        }
        if isSameMonth, isSameDay {
            return abs(year - other.year) == 1 || Self.isOneDigit(year, other.year)
                ? .yearSlip : .otherYear
        }
        return abs(year - other.year) <= 1 && (exchanged == other || isSameMonth || isSameDay)
            ? .near : .different
    }

    /// Levels of agreement, in the order of the table of weights.
    enum Relation: UInt8, CaseIterable {
        case missing, same, exchanged
        /// Same year; one digit of day or month wrong, two exchanged, or a neighbour.
        case slip
        /// Same month and day; one digit of the year wrong, or the next year.
        case yearSlip
        /// Same month and day.
        case otherYear
        /// Same year, and one of the two says the first of January, which offices write where
        /// they know the year alone.
        case firstOfYear
        case sameYearAndPart, sameYear
        /// The year next to it, and month or day the same.
        case near
        case different
    }

    // One of two digits differs, or the two are exchanged.
    private static func isOneDigit(_ left: Int, _ right: Int) -> Bool {
        if left >= 100 {
            var wrong = 0
            var (left, right) = (left, right)
            while left > 0 || right > 0 {
                if left % 10 != right % 10 { wrong += 1 }
                left /= 10
                right /= 10
            }
            return wrong == 1
        }
        return left / 10 == right / 10 || left % 10 == right % 10
            || left / 10 == right % 10 && left % 10 == right / 10
    }

    // The last digit of the month and the first of the day exchanged.
    private func hasNeighboursExchanged(_ other: Self) -> Bool {
        month / 10 == other.month / 10 && day % 10 == other.day % 10
            && month % 10 == other.day / 10 && day / 10 == other.month % 10
    }
}

/// The numbers and the month's name in a written date.
private struct WrittenDate {
    private var values = SIMD4<Int32>(repeating: 0)
    private var widths = SIMD4<Int32>(repeating: 0)
    private var count = 0
    private var value: Int32 = 0
    private var width: Int32 = 0
    private var letters: UInt32 = 0
    private var letterCount = 0
    /// Which of the parts is a month's name.
    private var named = -1

    /// `false` once there is enough: what follows is a time.
    mutating func take(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39:
            if letterCount > 0 { end() }
            width += 1
            if width <= 8 { value = value * 10 + Int32(byte & 15) }
        case 0x41...0x5A, 0x61...0x7A:
            if width > 0 { end() }
            letterCount += 1
            if letterCount <= 3 { letters = letters << 8 | UInt32(byte | 0x20) }
        default: end()
        }
        return count < 3
    }

    mutating func end() {
        defer { (value, width, letters, letterCount) = (0, 0, 0, 0) }
        guard count < 4 else { return }
        if letterCount >= 3, let month = Self.months.firstIndex(of: letters) {
            named = count
            values[count] = Int32(month % 12 + 1)
        } else if width > 0 {
            values[count] = value
            widths[count] = width
        } else {
            return
        }
        count += 1
    }

    var numbers: (year: Int, month: Int, day: Int)? {
        let (a, b, c) = (Int(values[0]), Int(values[1]), Int(values[2]))
        if count == 1, widths[0] == 8 { return (a / 10_000, a / 100 % 100, a % 100) }
        guard count >= 3 else { return nil }
        if widths[0] == 4, widths[1] <= 2, widths[2] <= 2 { return (a, b, c) }
        guard widths[2] == 4 else { return nil }
        return named == 1 ? (c, b, a) : (c, a, b)
    }

    // English, then Spanish.
    private static let months: [UInt32] =
        "jan feb mar apr may jun jul aug sep oct nov dec ene feb mar abr may jun jul ago sep oct nov dic"
        .split(separator: " ").map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } }
}
