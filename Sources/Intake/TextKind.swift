/// Tells texts apart by how they begin.
enum TextKind {
    /// `nil` for texts that a program might run: HTML, SVG, scripts, XML with a document type.
    static func type(ofOpening opening: [UInt8]) -> FileType? {
        kind(of: opening, separators: [comma])
    }

    /// In another encoding than UTF-8 only data is taken: a table, JSON or XML.
    ///
    /// For the rest of the texts there is nothing that shows that their letters were understood.
    static func type(ofOpening opening: [UInt8], in encoding: TextEncoding) -> FileType? {
        switch encoding {
        case .utf8: return type(ofOpening: opening)
        case .utf16, .western: break
        }
        let text = encoding == .utf16 ? narrow(opening) : opening
        // Spreadsheets part the cells of such files by what is usual where they are.
        let found = kind(of: text, separators: [comma, UInt8(ascii: ";"), 0x09])
        switch found {
        case .csv: return .csv
        case .json: return JSONOpening.isAllowed(text) ? .json : nil
        case .xml:
            let says = XMLOpening.encoding(declaredIn: text)
            return says.map { encoding.isMeant(by: $0) } ?? true ? .xml : nil
        default: return nil
        }
    }

    private static let comma = UInt8(ascii: ",")

    private static func narrow(_ opening: [UInt8]) -> [UInt8] {
        let isLittle = opening.first == 0xFF
        let units = stride(from: 2, to: opening.count - 1, by: 2).map { (index: Int) -> UInt16 in
            let low = UInt16(opening[isLittle ? index : index + 1])
            let high = UInt16(opening[isLittle ? index + 1 : index])
            return high << 8 | low
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private static func kind(of opening: [UInt8], separators: [UInt8]) -> FileType? {
        var start = opening[...]
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
        start = start.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let first = start.first else { return .plainText }
        if start.starts(with: "#!".utf8) { return nil }
        switch first {
        case UInt8(ascii: "<"): return XMLOpening.isAllowed(start) ? .xml : nil
        case UInt8(ascii: "{"), UInt8(ascii: "["): return .json
        default:
            let isTable = separators.contains { looksLikeTable(start, separator: $0) }
            return isTable ? .csv : .plainText
        }
    }

    // Two first lines with the same number of separators, outside quotes, and at least one.
    private static func looksLikeTable(
        _ text: ArraySlice<UInt8>,
        separator: UInt8
    ) -> Bool {
        var counts: [Int] = []
        var cells = 0
        var isQuoted = false
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case separator where !isQuoted: cells += 1
            case UInt8(ascii: "\n") where !isQuoted:
                counts.append(cells)
                cells = 0
            default: break
            }
            if counts.count == 2 { break }
        }
        if counts.count == 1 { counts.append(cells) }
        return counts.count == 2 && counts[0] > 0 && counts[0] == counts[1]
    }
}

extension TextEncoding {
    /// What the declaration of XML names is this encoding, or what a program that does not look
    /// writes there.
    fileprivate func isMeant(by name: String) -> Bool {
        let names: Set<String> =
            switch self {
            case .utf8: ["utf-8"]
            case .utf16: ["utf-16", "utf-16le", "utf-16be", "utf-8"]
            case .western:
                ["windows-1252", "cp1252", "iso-8859-1", "latin1", "us-ascii", "utf-8"]
            }
        return names.contains(name.lowercased())
    }
}

/// Decides about a text that begins with `{` or `[`.
enum JSONOpening {
    /// What stands behind the first brackets can stand there in JSON.
    static func isAllowed(_ text: [UInt8]) -> Bool {
        let brackets = Array("{[ \t\r\n".utf8) + [0xEF, 0xBB, 0xBF]
        guard let first = text.first(where: { !brackets.contains($0) }) else { return false }
        return Array("\"}]-0123456789tfn".utf8).contains(first)
    }
}
