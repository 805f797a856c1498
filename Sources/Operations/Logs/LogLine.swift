package import Logging
package import Vocabulary

/// One log line as text: `time level label message key=value …`, always a single line.
///
/// A safety net, not the rule: who logs is to log identifiers. What looks like a mail address or
/// stands behind a link's path is masked all the same, and so is the value of a key that names a
/// secret.
package enum LogLine {
    package static func text(
        at instant: Instant,
        level: Logger.Level,
        label: String,
        message: String,
        metadata: [String: Logger.MetadataValue]
    ) -> String {
        var fields = [UTCText.text(of: instant), level.rawValue, label, clean(message)]
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            let shown = secretKeys.contains(key.lowercased()) ? mask : clean("\(value)")
            fields.append("\(clean(key))=\(quotedWhereNeeded(shown))")
        }
        return fields.joined(separator: " ")
    }

    static let mask = "<masked>"

    private static let secretKeys: Set<String> = [
        "password", "secret", "token", "code", "link", "cookie", "email", "name", "student",
        "birthdate", "authorization",
    ]

    private static func quotedWhereNeeded(_ text: String) -> String {
        let needs = text.isEmpty || text.utf8.contains { $0 == 32 || $0 == 34 || $0 == 61 }
        guard needs else { return text }
        return "\""
            + text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\\\"") + "\""
    }

    /// On one line, without addresses and links.
    static func clean(_ text: String) -> String {
        let words = oneLine(text).split(separator: " ", omittingEmptySubsequences: false)
        return words.map { masked($0) }.joined(separator: " ")
    }

    private static func oneLine(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .format:
                line += "\\u{\(String(scalar.value, radix: 16))}"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    private static func masked(_ word: Substring) -> String {
        if isAddress(word) { return mask }
        for path in ["/r/", "/invitation/"] {
            guard let start = word.range(of: path) else { continue }
            return String(word[..<start.upperBound]) + mask
        }
        return String(word)
    }

    /// Something on both sides of an @ and a dot behind it.
    private static func isAddress(_ word: Substring) -> Bool {
        let bytes = Array(word.utf8)
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > 0 else { return false }
        return bytes[(at + 1)...].contains(UInt8(ascii: "."))
    }
}

extension Substring {
    fileprivate func range(of pattern: String) -> Range<Index>? {
        let (bytes, wanted) = (utf8, Array(pattern.utf8))
        var start = bytes.startIndex
        while start != bytes.endIndex {
            if bytes[start...].starts(with: wanted) {
                return start..<bytes.index(start, offsetBy: wanted.count)
            }
            start = bytes.index(after: start)
        }
        return nil
    }
}
