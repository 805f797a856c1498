import Vocabulary

/// A way dates are written, such as `MM/dd/yyyy`.
///
/// `yyyy` and `yy` for the year, `MM`, `M` and `MMM` (an English or Spanish abbreviation) for the
/// month, `dd` and `d` for the day; anything else stands for itself. `M` and `d` take one digit or
/// two.
struct DatePattern: Hashable, Sendable {
    private enum Piece: Hashable, Sendable {
        case year, shortYear, month, looseMonth, monthName, day, looseDay
        case literal(UInt8)
    }

    private let pieces: [Piece]

    /// `nil` where the text names no year, no month or no day, or one of them twice.
    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        var pieces: [Piece] = []
        let words: [(String, Piece)] = [
            ("yyyy", .year), ("yy", .shortYear), ("MMM", .monthName), ("MM", .month),
            ("M", .looseMonth), ("dd", .day), ("d", .looseDay),
        ]
        while let first = rest.first {
            if let (word, piece) = words.first(where: { rest.starts(with: $0.0.utf8) }) {
                pieces.append(piece)
                rest = rest.dropFirst(word.utf8.count)
            } else {
                pieces.append(.literal(first))
                rest = rest.dropFirst()
            }
        }
        let count = { (kinds: Set<Piece>) in pieces.count { kinds.contains($0) } }
        guard count([.year, .shortYear]) == 1, count([.month, .looseMonth, .monthName]) == 1,
            count([.day, .looseDay]) == 1
        else { return nil }
        self.pieces = pieces
    }

    /// The day a text is; a time of day after it is left out.
    ///
    /// Of the two centuries a two-digit year can mean, the later one that is not after `latest`.
    func day(_ text: String, notAfter latest: CivilDate) -> CivilDate? {
        var rest = Array(text.utf8)[...]
        var (year, month, day): (Int?, Int?, Int?) = (nil, nil, nil)
        var isShort = false
        for piece in pieces {
            switch piece {
            case .year: year = Self.number(&rest, 4...4)
            case .shortYear:
                year = Self.number(&rest, 2...2)
                isShort = true
            case .month: month = Self.number(&rest, 2...2)
            case .looseMonth: month = Self.number(&rest, 1...2)
            case .monthName: month = Self.monthName(&rest)
            case .day: day = Self.number(&rest, 2...2)
            case .looseDay: day = Self.number(&rest, 1...2)
            case .literal(let byte):
                guard rest.first == byte else { return nil }
                rest = rest.dropFirst()
            }
        }
        guard Self.isTime(rest), let year, let month, let day else { return nil }
        guard isShort else { return CivilDate(year: year, month: month, day: day) }
        let late = CivilDate(year: 2_000 + year, month: month, day: day)
        if let late, late <= latest { return late }
        return CivilDate(year: 1_900 + year, month: month, day: day)
    }

    private static func number(
        _ rest: inout ArraySlice<UInt8>,
        _ length: ClosedRange<Int>
    ) -> Int? {
        let digits = rest.prefix(length.upperBound).prefix { (48...57).contains($0) }
        guard digits.count >= length.lowerBound else { return nil }
        rest = rest.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    private static func monthName(_ rest: inout ArraySlice<UInt8>) -> Int? {
        let letters = rest.prefix(3).map { $0 | 0x20 }
        guard let index = names.firstIndex(where: { $0.elementsEqual(letters) }) else { return nil }
        rest = rest.dropFirst(3)
        return index % 12 + 1
    }

    /// Nothing, or what follows a day in a timestamp: ` 00:00:00`, `T00:00:00.000Z`.
    private static func isTime(_ rest: ArraySlice<UInt8>) -> Bool {
        guard let first = rest.first else { return true }
        guard first == UInt8(ascii: " ") || first == UInt8(ascii: "T") else { return false }
        let permitted = Array("0123456789:.+-ZAPMapm ".utf8)
        return rest.dropFirst().allSatisfy(permitted.contains)
    }

    private static let names: [[UInt8]] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic",
    ].map { Array($0.utf8) }
}
