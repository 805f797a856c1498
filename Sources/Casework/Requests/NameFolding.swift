import Vocabulary

extension PersonName {
    /// The words of the name without case and accents, in alphabetical order, for finding a request
    /// that is already open.
    ///
    /// Finding a person is the locator's work, not this.
    var wordsFolded: [String] {
        [given, middle, paternalSurname, maternalSurname].flatMap(FoldedWords.of).sorted()
    }
}

/// Words without case and accents.
enum FoldedWords {
    static func of(_ text: String) -> [String] {
        text.split { separators.contains($0) }.map(folded).filter { !$0.isEmpty }
    }

    private static let separators: Set<Character> = [" ", "-", "'", "’", ".", ",", "/"]

    private static func folded(_ word: Substring) -> String {
        // The first scalar of a decomposed character is its base letter.
        let letters = word.lowercased().map { character -> Character in
            guard let base = baseLetters[character] else { return character }
            return base
        }
        return String(letters)
    }

    private static let baseLetters: [Character: Character] = [
        "á": "a", "à": "a", "â": "a", "ä": "a", "ã": "a", "å": "a", "é": "e", "è": "e", "ê": "e",
        "ë": "e", "í": "i", "ì": "i", "î": "i", "ï": "i", "ó": "o", "ò": "o", "ô": "o", "ö": "o",
        "õ": "o", "ú": "u", "ù": "u", "û": "u", "ü": "u", "ñ": "n", "ç": "c", "ý": "y",
    ]
}
