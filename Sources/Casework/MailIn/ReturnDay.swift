package import Vocabulary

/// The day on which somebody who is away says to be back, in English and Spanish: "August 17",
/// "17 August 2026", "el 17 de agosto", "8/17", "8/17/2026", "2026-08-17".
package enum ReturnDay {
    /// The latest day to come that a text names within two hundred days; `nil` where it names
    /// none.
    ///
    /// A day without a year is the next one of that name. Numbers with strokes are read as in the
    /// United States: month first.
    package static func find(in text: String, today: CivilDate) -> CivilDate? {
        let words = tokens(of: text)
        var found: [CivilDate] = []
        for (index, word) in words.enumerated() {
            if let day = numeric(word, today) { found.append(day) }
            guard let month = month(word) else { continue }
            let before = index > 0 ? words[index - 1] : ""
            let beforeThat = index > 1 ? words[index - 2] : ""
            let after = index + 1 < words.count ? words[index + 1] : ""
            let afterThat = index + 2 < words.count ? words[index + 2] : ""
            // English: "August 17, 2026" and "17 August"; Spanish: "17 de agosto de 2026".
            if let number = number(after), number <= 31 {
                found += date(month, number, year(afterThat), today)
            } else if let number = number(before == "de" ? beforeThat : before) {
                let named = after == "de" || after == "del" ? afterThat : after
                found += date(month, number, year(named), today)
            }
        }
        return found.filter { $0 > today && today.days(to: $0) <= 200 }.max()
    }

    private static func tokens(of text: String) -> [String] {
        var tokens: [String] = []
        var current = ""
        for scalar in text.lowercased().unicodeScalars.prefix(20_000) {
            let isWord =
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "/"
                || scalar == "-"
            if isWord {
                current.unicodeScalars.append(scalar)
            } else if !current.isEmpty {
                tokens.append(current)
                current = ""
            }
        }
        return current.isEmpty ? tokens : tokens + [current]
    }

    private static func numeric(_ word: String, _ today: CivilDate) -> CivilDate? {
        if let day = CivilDate(iso8601: word) { return day }
        let fields = word.split(separator: "/", omittingEmptySubsequences: false)
        guard (2...3).contains(fields.count), let month = number(String(fields[0])),
            let day = number(String(fields[1]))
        else { return nil }
        let year = fields.count == 3 ? Self.year(String(fields[2])) : nil
        if fields.count == 3, year == nil { return nil }
        return date(month, day, year, today).first
    }

    private static func date(
        _ month: Int,
        _ day: Int,
        _ year: Int?,
        _ today: CivilDate
    ) -> [CivilDate] {
        if let year { return CivilDate(year: year, month: month, day: day).map { [$0] } ?? [] }
        let next = [today.year, today.year + 1].compactMap {
            CivilDate(year: $0, month: month, day: day)
        }
        return next.first { $0 > today }.map { [$0] } ?? []
    }

    private static func number(_ word: String) -> Int? {
        var digits = word[...]
        for ending in ["st", "nd", "rd", "th"] where digits.hasSuffix(ending) {
            digits = digits.dropLast(2)
            break
        }
        guard (1...2).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return Int(digits)
    }

    private static func year(_ word: String) -> Int? {
        guard word.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(word) else {
            return nil
        }
        if word.utf8.count == 2 { return 2_000 + number }
        return word.utf8.count == 4 ? number : nil
    }

    private static func month(_ word: String) -> Int? {
        let names = [
            ["january", "enero", "jan"], ["february", "febrero", "feb"], ["march", "marzo", "mar"],
            ["april", "abril", "apr"], ["may", "mayo"], ["june", "junio", "jun"],
            ["july", "julio", "jul"], ["august", "agosto", "aug"],
            ["september", "septiembre", "setiembre", "sept", "sep"],
            ["october", "octubre", "oct"], ["november", "noviembre", "nov"],
            ["december", "diciembre", "dec"],
        ]
        return names.firstIndex { $0.contains(word) }.map { $0 + 1 }
    }
}
