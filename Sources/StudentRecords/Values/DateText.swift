import Vocabulary

/// Days and months as schools write them.
enum DateText {
    /// `2026-05-29`, `2026-05-29T00:00:00`, `20260529`, `5/29/2026`; `nil` where the year has two digits or the
    /// calendar has no such day.
    static func day(_ text: String) -> CivilDate? {
        if let date = CivilDate(iso8601: text) { return date }
        let bytes = Array(text.utf8)
        if bytes.count > 11, bytes[10] == UInt8(ascii: "T") {
            // Of a time only digits and its marks: anything else is more than a day.
            guard bytes[11...].allSatisfy({ isDigit($0) || ":.,+-Zz".utf8.contains($0) }) else {
                return nil
            }
            return CivilDate(iso8601: String(decoding: bytes[..<10], as: UTF8.self))
        }
        if bytes.count == 8, bytes.allSatisfy(isDigit), let number = Int(text) {
            return CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
        }
        guard let fields = numbers(text, lengths: [1...2, 1...2, 4...4]) else { return nil }
        return CivilDate(year: fields[2], month: fields[0], day: fields[1])
    }

    /// `2026-04`, `4/2026`, or any day of the month.
    static func month(_ text: String) -> YearMonth? {
        let bytes = Array(text.utf8)
        if bytes.count == 7, bytes[4] == UInt8(ascii: "-"),
            bytes.enumerated().allSatisfy({ $0.offset == 4 || isDigit($0.element) }),
            let year = Int(String(decoding: bytes[..<4], as: UTF8.self)),
            let month = Int(String(decoding: bytes[5...], as: UTF8.self))
        {
            return YearMonth(year: year, month: month)
        }
        if let fields = numbers(text, lengths: [1...2, 4...4]) {
            return YearMonth(year: fields[1], month: fields[0])
        }
        return day(text).flatMap { YearMonth(year: $0.year, month: $0.month) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func numbers(_ text: String, lengths: [ClosedRange<Int>]) -> [Int]? {
        let fields = text.utf8.split(
            separator: UInt8(ascii: "/"),
            omittingEmptySubsequences: false
        )
        guard fields.count == lengths.count,
            zip(fields, lengths).allSatisfy({ field, length in
                length.contains(field.count) && field.allSatisfy(isDigit)
            })
        else { return nil }
        return fields.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    }
}

extension String {
    /// Without white space at its ends.
    package var trimmed: String {
        let scalars = Array(unicodeScalars)
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars[first...last])
        return String(view)
    }

    /// In small letters, words parted by one space and without punctuation: for comparing names
    /// of things, never of people.
    package var folded: String {
        lowercased().unicodeScalars
            .split { scalar in
                let properties = scalar.properties
                // An accent that stands apart from its letter, as some systems write it.
                let isAccent = properties.generalCategory == .nonspacingMark
                return !(properties.isAlphabetic || isAccent || properties.numericType != nil)
            }
            .map { String(String.UnicodeScalarView($0)) }
            .joined(separator: " ")
    }

    /// Line ends, control characters, and what makes text read in another order than it is
    /// written.
    package var hasControl: Bool {
        unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: true
            default:
                (0x202A...0x202E).contains(scalar.value)
                    || (0x2066...0x2069).contains(scalar.value)
            }
        }
    }

    /// At most `limit` bytes of it, with control characters shown as `�`: for problem lists.
    package func shown(atMost limit: Int = 80) -> String {
        var view = UnicodeScalarView()
        var count = 0
        for scalar in unicodeScalars {
            count += UTF8.width(scalar)
            guard count <= limit else {
                view.append("…")
                break
            }
            view.append(String(scalar).hasControl ? "\u{FFFD}" : scalar)
        }
        return String(view)
    }
}
