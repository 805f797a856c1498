/// A template, read for what the content security policy would refuse.
struct MarkupText {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    /// Styles, scripts, event handlers and script addresses written into the markup.
    var inlineCode: [String] {
        tags.flatMap { tag in
            let name = tag.prefix { $0.isLetter }
            let attributes = Self.attributes(of: tag)
            var found: [String] = []
            if name == "style" { found.append("<style>") }
            if name == "script", !attributes.contains("src") { found.append("<script>") }
            found += attributes.filter { $0 == "style" || $0.hasPrefix("on") }
            if tag.contains("javascript:") { found.append("javascript:") }
            return found
        }
    }

    /// What stands between `<` and `>`, in lower case, where it opens an element.
    private var tags: [String] {
        text.lowercased().split(separator: "<").dropFirst(text.hasPrefix("<") ? 0 : 1)
            .map { piece in String(piece.prefix { $0 != ">" }) }
            .filter { $0.first?.isLetter == true }
    }

    private static func attributes(of tag: String) -> [String] {
        // Values may hold anything, so quoted text goes first.
        var plain = ""
        var quote: Character?
        for character in tag {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else {
                plain.append(character == "=" ? " " : character)
            }
        }
        return plain.split { $0.isWhitespace || $0 == "/" }.dropFirst().map(String.init)
    }
}
