/// Checks byte by byte that a file is text: well-formed UTF-8 without control characters.
struct TextInspection: Sendable {
    // What the next byte must be while a character of several bytes is not complete.
    private var bytesLeft = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// The last character is complete.
    var isComplete: Bool { bytesLeft == 0 }

    /// `false` where the bytes cannot be part of such a text.
    mutating func accepts(_ bytes: UnsafeRawBufferPointer) -> Bool {
        for byte in bytes {
            guard bytesLeft == 0 else {
                guard byte >= lowest, byte <= highest else { return false }
                (bytesLeft, lowest, highest) = (bytesLeft - 1, 0x80, 0xBF)
                continue
            }
            switch byte {
            case 0x20...0x7E, 0x09, 0x0A, 0x0C, 0x0D: break
            // Unicode, table 3-7: well-formed byte sequences.
            case 0xC2...0xDF: bytesLeft = 1
            case 0xE0: (bytesLeft, lowest) = (2, 0xA0)
            case 0xED: (bytesLeft, highest) = (2, 0x9F)
            case 0xE1...0xEF: bytesLeft = 2
            case 0xF0: (bytesLeft, lowest) = (3, 0x90)
            case 0xF4: (bytesLeft, highest) = (3, 0x8F)
            case 0xF1...0xF3: bytesLeft = 3
            default: return false
            }
        }
        return true
    }
}

/// Tells texts apart by how they begin.
enum TextKind {
    /// `nil` for texts that a program might run: HTML, SVG, scripts, XML with a document type.
    static func type(ofOpening opening: [UInt8]) -> FileType? {
        var start = opening[...]
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
        start = start.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let first = start.first else { return .plainText }
        if start.starts(with: "#!".utf8) { return nil }
        switch first {
        case UInt8(ascii: "<"): return XMLOpening.isAllowed(start) ? .xml : nil
        case UInt8(ascii: "{"), UInt8(ascii: "["): return .json
        default: return looksLikeTable(start) ? .csv : .plainText
        }
    }

    // Two first lines with the same number of commas, outside quotes, and at least one.
    private static func looksLikeTable(_ text: ArraySlice<UInt8>) -> Bool {
        var counts: [Int] = []
        var commas = 0
        var isQuoted = false
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted: commas += 1
            case UInt8(ascii: "\n") where !isQuoted:
                counts.append(commas)
                commas = 0
            default: break
            }
            if counts.count == 2 { break }
        }
        if counts.count == 1 { counts.append(commas) }
        return counts.count == 2 && counts[0] > 0 && counts[0] == counts[1]
    }
}

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
