/// The encoded words of RFC 2047, as `HeaderText` writes them: UTF-8, Q.
enum EncodedWords {
    /// Unfolded header text with its encoded words decoded.
    ///
    /// Text that has none stays as it is.
    static func decode(_ text: String) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        var decoded: [UInt8] = []
        var previousWasEncoded = false
        for (position, word) in words.enumerated() {
            let bytes = payload(of: word)
            // Blanks between two encoded words are not part of the text.
            if position > 0, !(previousWasEncoded && bytes != nil) { decoded.append(32) }
            decoded.append(contentsOf: bytes ?? Array(word.utf8))
            previousWasEncoded = bytes != nil
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func payload(of word: Substring) -> [UInt8]? {
        let opening = "=?utf-8?Q?"
        guard word.hasPrefix(opening), word.hasSuffix("?="),
            word.utf8.count >= opening.utf8.count + 2
        else { return nil }
        let encoded = word.utf8.dropFirst(opening.utf8.count).dropLast(2)
        return QuotedPrintable.decode(encoded.lazy.map { $0 == UInt8(ascii: "_") ? 32 : $0 })
    }
}
