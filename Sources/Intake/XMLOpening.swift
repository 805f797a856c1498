/// Decides about a text that begins with `<`.
enum XMLOpening {
    /// Only XML whose root element stands in the opening and is not a page or a drawing.
    ///
    /// A document type is refused too: it is where entities come from that make a reader fetch or
    /// grow, and no record format needs one.
    static func isAllowed(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        while true {
            rest = rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
            if rest.starts(with: "<?".utf8) {
                guard let after = end(of: "?>", in: rest) else { return false }
                // A style sheet can turn any XML into a page with scripts.
                if rest.starts(with: "<?xml-stylesheet".utf8) { return false }
                rest = after
            } else if rest.starts(with: "<!--".utf8) {
                guard let after = end(of: "-->", in: rest.dropFirst(4)) else { return false }
                rest = after
            } else {
                break
            }
        }
        guard rest.first == UInt8(ascii: "<") else { return false }
        let name = rest.dropFirst().prefix {
            !($0 == 0x20 || (0x09...0x0D).contains($0) || $0 == 0x3E || $0 == 0x2F)
        }
        guard let initial = name.first, initial >= 0x80 || isLetter(initial),
            rest.count > name.count + 1
        else { return false }
        let local = name.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).last
        let folded = String(decoding: local ?? [], as: UTF8.self).lowercased()
        return !["html", "svg", "script", "body", "head", "iframe", "style"].contains(folded)
    }

    /// The encoding that the declaration names; `nil` where there is none.
    static func encoding(declaredIn text: [UInt8]) -> String? {
        guard text.starts(with: "<?xml".utf8), let rest = end(of: "?>", in: text[...]),
            let named = end(of: "encoding", in: text[..<rest.startIndex])
        else { return nil }
        let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]
        let value = named.drop { $0 == 0x20 || (0x09...0x0D).contains($0) || $0 == 0x3D }
        guard let quote = value.first, quotes.contains(quote) else { return "" }
        return String(decoding: value.dropFirst().prefix { $0 != quote }, as: UTF8.self)
    }

    private static func end(of mark: String, in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let mark = Array(mark.utf8)
        guard text.count >= mark.count else { return nil }
        for position in text.startIndex...(text.endIndex - mark.count)
        where text[position..<(position + mark.count)].elementsEqual(mark) {
            return text[(position + mark.count)...]
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }
}
