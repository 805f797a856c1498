import RecordLocator
import Vocabulary

/// A name on file as somebody may see it who typed another: a word in full only where they typed
/// that very word, else its first letter.
///
/// So a look-up never tells a name that the asker does not know already, and two children can
/// still be told apart.
struct MaskedName {
    let text: String

    /// `letters`: how much of an untyped word is shown.
    init(_ name: PersonName, typed: PersonName, letters: Int) {
        let known = Set(typed.wordsFolded)
        let fields = [name.given, name.middle, name.paternalSurname, name.maternalSurname]
        text = fields.flatMap { $0.split { $0 == " " || $0 == "-" } }
            .map { word in
                FoldedWords.of(String(word)).allSatisfy(known.contains)
                    ? String(word) : Self.beginning(of: word, letters: letters)
            }
            .joined(separator: " ")
    }

    /// The first letters with their accents and a period.
    private static func beginning(of word: Substring, letters: Int) -> String {
        var shown = ""
        var count = 0
        // Scalars, not Characters: one Character can hold any number of accents.
        for scalar in word.unicodeScalars {
            let isMark = scalar.properties.canonicalCombiningClass != .notReordered
            if !isMark { count += 1 }
            if count > letters { break }
            shown.unicodeScalars.append(scalar)
        }
        return shown + "."
    }
}
