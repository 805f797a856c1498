/// A name on one line, taken apart: `Marisol Elena Reyes López`, or with the surnames first and a
/// comma behind them, `Reyes López, Marisol Elena`.
///
/// Without a comma the last word of two is the surname, and of more words the last two are.
/// The locator compares words whatever field they stand in, so a wrong guess here costs little.
struct TypedName: Hashable {
    let given: String
    let middle: String
    let paternalSurname: String
    let maternalSurname: String

    init(_ text: String) {
        let parts = text.split(separator: ",", maxSplits: 1)
        let given: [String]
        let surnames: [String]
        if parts.count == 2 {
            surnames = Self.words(parts[0])
            given = Self.words(parts[1].filter { $0 != "," })
        } else {
            let words = Self.words(text.filter { $0 != "," })
            let count = words.count > 2 ? 2 : min(1, max(0, words.count - 1))
            given = Array(words.dropLast(count))
            surnames = Array(words.suffix(count))
        }
        self.given = given.first ?? ""
        middle = given.dropFirst().joined(separator: " ")
        paternalSurname = surnames.first ?? ""
        maternalSurname = surnames.dropFirst().joined(separator: " ")
    }

    /// Words with the particles before them: `de la Cruz` is one.
    private static func words(_ text: some StringProtocol) -> [String] {
        var words: [String] = []
        var particles: [Substring] = []
        for word in String(text).split(whereSeparator: \.isWhitespace) {
            if Self.particles.contains(word.lowercased()) {
                particles.append(word)
            } else {
                words.append((particles + [word]).joined(separator: " "))
                particles = []
            }
        }
        // Nothing follows: it is a name after all.
        return words + particles.map(String.init)
    }

    private static let particles: Set<String> = [
        "de", "del", "la", "las", "los", "da", "do", "dos", "das", "van", "von", "der", "di",
    ]
}
