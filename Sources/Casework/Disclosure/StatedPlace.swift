import RecordExchange

/// What a family says of the last school: its name or its town, in any spelling of case and
/// accents.
///
/// A school that is kept back is shown to whoever can already name it.
struct StatedPlace {
    private let words: Set<String>

    init(_ text: String) {
        // A sentence is no statement of a place; and nobody lists every town of a state here.
        words = Set(FoldedWords.of(text).prefix(12))
    }

    func names(_ school: School) -> Bool {
        Self.isCovered(FoldedWords.of(school.city), by: words)
            || Self.isCovered(
                FoldedWords.of(school.name).filter { !Self.common.contains($0) },
                by: words
            )
    }

    private static func isCovered(_ telling: [String], by words: Set<String>) -> Bool {
        !telling.isEmpty && telling.allSatisfy(words.contains)
    }

    /// Words that many schools share, in their names or beside them.
    private static let common: Set<String> = [
        "school", "high", "middle", "elementary", "elem", "junior", "senior", "academy", "charter",
        "public", "the", "of", "and", "at", "hs", "ms", "es", "jr", "sr", "h", "s",
    ]
}
