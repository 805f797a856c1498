/// Text in the header of a mail: plain where every program reads it alike, encoded words (RFC
/// 2047) for everything else.
enum HeaderText {
    /// A subject.
    ///
    /// `column` is where it starts on its line.
    static func unstructured(_ text: String, after column: Int) -> String {
        let clean = withoutControls(text)
        guard !clean.isEmpty else { return "" }
        guard let words = plainWords(clean) else { return encodedWords(clean, after: column) }
        var line = column
        var folded = ""
        for (position, word) in words.enumerated() {
            if position > 0 {
                let fits = line + 1 + word.utf8.count <= lineLength
                folded += fits ? " " : "\r\n "
                line = fits ? line + 1 : 1
            }
            folded += word
            line += word.utf8.count
        }
        return folded
    }

    /// The name in front of an address; empty where there is none.
    static func phrase(_ name: String, after column: Int) -> String {
        let clean = withoutControls(name)
        guard !clean.isEmpty else { return "" }
        guard plainWords(clean) != nil, clean.utf8.count <= 60 else {
            return encodedWords(clean, after: column)
        }
        let escaped = clean.unicodeScalars.map { scalar in
            scalar == "\"" || scalar == "\\" ? "\\\(scalar)" : "\(scalar)"
        }
        return "\"\(escaped.joined())\""
    }

    private static let lineLength = 78

    /// Line ends and other controls have no meaning in a header but to attack it; so have the
    /// invisible marks that reverse the direction of text.
    private static func withoutControls(_ text: String) -> String {
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029: clean.append(" ")
            case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: continue
            default: clean.append(scalar)
            }
        }
        let isSpace = { (scalar: Unicode.Scalar) in scalar == " " }
        let trimmed = clean.drop(while: isSpace)
        guard let last = trimmed.lastIndex(where: { $0 != " " }) else { return "" }
        return String(String.UnicodeScalarView(trimmed[...last]))
    }

    /// The words of a text that may stand as it is; `nil` where it may not.
    private static func plainWords(_ text: String) -> [Substring]? {
        // "=?" could be taken for an encoded word by whoever reads it.
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), !contains(text, "=?")
        else { return nil }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        return words.allSatisfy { (1...60).contains($0.utf8.count) } ? words : nil
    }

    private static func contains(_ text: String, _ pair: StaticString) -> Bool {
        let bytes = Array(text.utf8)
        return zip(bytes, bytes.dropFirst()).contains { first, second in
            first == pair.utf8Start[0] && second == pair.utf8Start[1]
        }
    }

    // An encoded word is at most 75 characters long and never splits a character.
    private static func encodedWords(_ text: String, after column: Int) -> String {
        let opening = "=?utf-8?Q?"
        var words: [String] = []
        var word = ""
        // The first stands after the header's name, which is short; the same room for all is
        // simpler than a count.
        let room = min(75, lineLength - column) - opening.utf8.count - 2
        for scalar in text.unicodeScalars {
            let piece = encoded(scalar)
            if word.utf8.count + piece.utf8.count > room {
                words.append(opening + word + "?=")
                word = ""
            }
            word += piece
        }
        words.append(opening + word + "?=")
        return words.joined(separator: "\r\n ")
    }

    private static func encoded(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        // What RFC 2047 allows in a phrase, which is the strictest place.
        case "a"..."z", "A"..."Z", "0"..."9", "!", "*", "+", "-", "/": String(scalar)
        case " ": "_"
        default: String(scalar).utf8.map(QuotedPrintable.hexadecimal).joined()
        }
    }
}
