import Foundation

/// The words of a school's name, town or query, folded so that they can be compared.
enum SearchWords {
    /// Lower case without accents; apostrophes and periods vanish, anything else separates.
    static func of(_ text: String, atMost limit: Int = .max) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        func end() {
            guard !word.isEmpty, words.count < limit else { return }
            words.append(String(decoding: word, as: UTF8.self))
            word.removeAll(keepingCapacity: true)
        }
        for byte in folded(text).utf8 {
            switch byte {
            case 0x30...0x39, 0x61...0x7A, 0x80...: word.append(byte)
            case 0x41...0x5A: word.append(byte + 0x20)
            // The lists also write an apostrophe as a grave accent: Tohono O`odham.
            case UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "."): continue
            default: end()
            }
        }
        end()
        return words
    }

    /// What a word that is often shortened means; `nil` for any other word.
    static func meaning(of word: String) -> String? { meanings[word] }

    /// Words that nearly every school has, or none: they never decide whether a school is found.
    static let weak: Set<String> = ["school", "schools", "the", "of", "and", "at"]

    private static func folded(_ text: String) -> String {
        // Almost every name is plain ASCII, and folding is slow.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        let plain = text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
        return plain.filter { $0 != "\u{2019}" && $0 != "\u{2BB}" }
    }

    private static let meanings = [
        "hs": "high", "shs": "high", "ms": "middle", "mid": "middle", "es": "elementary",
        "el": "elementary", "elem": "elementary", "jr": "junior", "jhs": "junior",
        "sr": "senior", "int": "intermediate", "pri": "primary", "prep": "preparatory",
        "acad": "academy", "ctr": "center", "sch": "school", "co": "county", "st": "saint",
        "ste": "sainte", "ft": "fort", "mt": "mount", "isd": "district", "alt": "alternative",
    ]
}
