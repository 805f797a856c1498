/// The name of an attached file, in each of the ways that mail programs write one.
extension MailPart {
    /// As its sender called it; empty where it has no name.
    var fileName: String {
        Self.name("filename", in: header("content-disposition"))
            ?? Self.name("name", in: header("content-type")) ?? ""
    }

    /// In pieces or another alphabet (RFC 2231), or else with encoded words (RFC 2047), which no
    /// parameter may hold and many do.
    private static func name(_ key: String, in field: String?) -> String? {
        guard let field else { return nil }
        let parameters = parameters(of: field)
        if let whole = parameters["\(key)*"] { return extended([(text: whole, isExtended: true)]) }
        var pieces: [(text: String, isExtended: Bool)] = []
        while pieces.count < 100 {
            if let piece = parameters["\(key)*\(pieces.count)*"] {
                pieces.append((text: piece, isExtended: true))
            } else if let piece = parameters["\(key)*\(pieces.count)"] {
                pieces.append((text: piece, isExtended: false))
            } else {
                break
            }
        }
        if !pieces.isEmpty { return extended(pieces) }
        return parameters[key].map(encodedWords)
    }

    /// What follows the semicolons of a header field, by lower-case names, without the quotes.
    private static func parameters(of field: String) -> [String: String] {
        var parameters: [String: String] = [:]
        var rest = field.drop { $0 != ";" }
        while rest.first == ";", parameters.count < 200 {
            rest = rest.dropFirst()
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest[name.endIndex...]
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            let value = value(&rest)
            let key = name.lowercased().filter { $0 != " " && $0 != "\t" }
            if parameters[key] == nil { parameters[key] = value }
        }
        return parameters
    }

    /// A word or a quoted text, and the way to the next semicolon.
    private static func value(_ rest: inout Substring) -> String {
        var value = ""
        if rest.first == "\"" {
            rest = rest.dropFirst()
            while let character = rest.popFirst(), character != "\"" {
                value.append(character == "\\" ? rest.popFirst() ?? character : character)
            }
            rest = rest.drop { $0 != ";" }
            return value
        }
        let word = rest.prefix { $0 != ";" }
        rest = rest[word.endIndex...]
        value = String(word)
        while value.last == " " || value.last == "\t" { value.removeLast() }
        return value
    }

    /// `utf-8'es'A%C3%B1o.pdf`, perhaps in pieces of which only some are written so.
    private static func extended(_ pieces: [(text: String, isExtended: Bool)]) -> String {
        var charset = "utf-8"
        var bytes: [UInt8] = []
        for (index, piece) in pieces.enumerated() {
            var text = piece.text[...]
            if index == 0, piece.isExtended {
                let fields = text.split(
                    separator: "'",
                    maxSplits: 2,
                    omittingEmptySubsequences: false
                )
                if fields.count == 3 { (charset, text) = (String(fields[0]), fields[2]) }
            }
            bytes += piece.isExtended ? unescaped(text) : Array(text.utf8)
        }
        return Self.text(bytes, in: charset)
    }

    private static func unescaped(_ text: Substring) -> [UInt8] {
        // Percent signs for equals signs, it is the other encoding.
        quotedPrintable(Array(text.utf8).map { $0 == 37 ? 61 : $0 == 61 ? 0 : $0 }[...])
            .filter { $0 != 0 }
    }

    /// `=?utf-8?Q?A=C3=B1o.pdf?=`, with what stands around it.
    private static func encodedWords(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        var followsWord = false
        while let start = rest.firstRange(of: "=?") {
            let before = rest[..<start.lowerBound]
            let fields = rest[start.upperBound...]
                .split(separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
            guard fields.count == 4, fields[3].first == "=" else { break }
            // Blanks between two encoded words belong to neither.
            if !followsWord || before.contains(where: { $0 != " " }) { result += before }
            let coded = Array(fields[2].utf8)
            switch fields[1] {
            case "B", "b": result += Self.text(base64(coded[...]), in: String(fields[0]))
            case "Q", "q":
                let spaced = coded.map { $0 == 95 ? 32 : $0 }
                result += Self.text(quotedPrintable(spaced[...]), in: String(fields[0]))
            default: result += fields[2]
            }
            rest = fields[3].dropFirst()
            followsWord = true
        }
        return result + String(rest)
    }
}
