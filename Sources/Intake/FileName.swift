/// A sender's file name, made safe to show, to list in a bundle and to save on any system.
///
/// It is text for people and for archives; no path of ours is ever made from it.
package struct FileName: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// The longest name kept, in UTF-8 bytes.
    package static let longest = 180

    /// Cleans a name of unknown origin: the last part of a path, without control, direction and
    /// invisible characters, without what Windows reserves, and never empty.
    package init(cleaning text: String) {
        self.init(parts: Self.parts(of: text))
    }

    /// Also sees to it that the name ends as files of this type do, so that a harmless content
    /// does not leave the house under the name of a program.
    package init(cleaning text: String, type: FileType) {
        var parts = Self.parts(of: text)
        if !type.nameEndings.contains(Self.lowercased(parts.ending)) {
            if !parts.ending.isEmpty { parts.stem += "." + parts.ending }
            parts.ending = type.nameEndings[0]
        }
        self.init(parts: parts)
    }

    private struct Parts {
        var stem: String
        var ending: String
    }

    private init(parts: Parts) {
        var stem = parts.stem
        // A leading dot hides a file, a leading hyphen makes it an option, and Windows drops dots
        // and spaces at the end.
        while let last = stem.unicodeScalars.last, last == "." || last == " " {
            stem.unicodeScalars.removeLast()
        }
        stem = String(stem.unicodeScalars.drop { $0 == "." || $0 == " " || $0 == "-" })
        if stem.isEmpty { stem = "file" }
        if Self.reserved.contains(Self.lowercased(String(stem.prefix { $0 != "." }))) {
            stem = "_" + stem
        }
        let ending = parts.ending.isEmpty ? "" : "." + parts.ending
        description = Self.cut(stem, to: Self.longest - ending.utf8.count) + ending
    }

    private static func parts(of text: String) -> Parts {
        let scalars = text.unicodeScalars
        let last = scalars.split { $0 == "/" || $0 == "\\" }.last ?? scalars[scalars.endIndex...]
        var kept = String.UnicodeScalarView()
        var spaces = 0
        for scalar in last where !isDropped(scalar) {
            let shown = isReserved(scalar) ? "_" : scalar.properties.isWhitespace ? " " : scalar
            spaces = shown == " " ? spaces + 1 : 0
            if spaces < 2 { kept.append(shown) }
            // No name of a person's making is longer; the rest is not worth the walk.
            if kept.count >= 1_000 { break }
        }
        while let end = kept.last, end == "." || end == " " { kept.removeLast() }
        guard let dot = kept.lastIndex(of: "."), dot > kept.startIndex else {
            return Parts(stem: String(kept), ending: "")
        }
        let ending = kept[kept.index(after: dot)...]
        let isEnding = ending.count <= 8 && ending.allSatisfy { $0.isASCII && isAlphanumeric($0) }
        guard isEnding else { return Parts(stem: String(kept), ending: "") }
        return Parts(stem: String(kept[..<dot]), ending: String(ending))
    }

    // Control, format (direction, zero width, tags), line and paragraph separators, private use,
    // unassigned. The joiners stay: names in some scripts need them.
    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
            true
        case .format: scalar != "\u{200C}" && scalar != "\u{200D}"
        default: false
        }
    }

    private static func isReserved(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "<", ">", ":", "\"", "|", "?", "*": true
        default: false
        }
    }

    private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }

    private static func lowercased(_ text: String) -> String {
        String(decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }

    /// Cuts between characters, so that no letter loses its accent.
    private static func cut(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var kept = ""
        var length = 0
        for character in text {
            length += character.utf8.count
            guard length <= limit else { break }
            kept.append(character)
        }
        // One character can be longer than any limit: a letter with a thousand accents.
        return kept.isEmpty ? "file" : kept
    }

    // https://learn.microsoft.com/windows/win32/fileio/naming-a-file
    private static let reserved: Set<String> = {
        let numbered = ["com", "lpt"].flatMap { name in (0...9).map { "\(name)\($0)" } }
        return Set(["con", "prn", "aux", "nul", "conin$", "conout$"] + numbered)
    }()
}
