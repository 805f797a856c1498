import Vocabulary

/// Makes both forms of a letter from one rendered text.
///
/// The template is plain text in paragraphs. The first line is `Subject: …`. A paragraph in
/// capitals is a heading, lines that begin with `- ` are a list, lines that begin with two spaces
/// stay as they are. The link stands in a paragraph of its own.
struct LetterComposer {
    let link: String
    let language: Language

    /// Lines of prose are wrapped here, since names change their length.
    private static let width = 72

    func compose(_ rendered: String) -> MailText {
        var lines = rendered.split(separator: "\n", omittingEmptySubsequences: false)
            .map(Self.withoutTrailingSpace)
        var subject = ""
        if let first = lines.first, first.hasPrefix("Subject: ") {
            subject = String(first.dropFirst("Subject: ".count))
            lines.removeFirst()
        }
        let blocks = lines.split(separator: "").map { Self.block(of: Array($0)) }
        let plain = blocks.map(plainText).joined(separator: "\n\n") + "\n"
        return MailText(subject: subject, plain: plain, html: page(subject, blocks))
    }

    private enum Block {
        case prose(String)
        case heading(String)
        case list([String])
        case fixed([String])
    }

    private static func block(of lines: [String]) -> Block {
        if lines.allSatisfy({ $0.hasPrefix("  ") }) {
            return .fixed(lines.map { String($0.drop { $0 == " " }) })
        }
        if lines[0].hasPrefix("- ") {
            var items: [String] = []
            for line in lines {
                if line.hasPrefix("- ") {
                    items.append(String(line.dropFirst(2)))
                } else if let last = items.popLast() {
                    items.append(last + " " + line.drop { $0 == " " })
                }
            }
            return .list(items)
        }
        let text = lines.joined(separator: " ")
        return lines.count == 1 && text == text.uppercased() ? .heading(text) : .prose(text)
    }

    private func plainText(_ block: Block) -> String {
        switch block {
        case .prose(let text): Self.wrapped(text, indent: "")
        case .heading(let text): text
        case .list(let items):
            items.map { "- " + Self.wrapped($0, indent: "  ") }.joined(separator: "\n")
        case .fixed(let lines): lines.map { "  " + $0 }.joined(separator: "\n")
        }
    }

    private func page(_ subject: String, _ blocks: [Block]) -> String {
        let body = blocks.map(html).joined(separator: "\n")
        let head = """
            <!doctype html><html lang="\(language.rawValue)"><head><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width">\
            <meta name="color-scheme" content="light dark">\
            <title>\(escaped(subject))</title></head>
            """
        // One column that a phone can show; mail programs ignore style sheets, so the few rules
        // stand on the elements.
        return head + "\n<body style=\"font-family:sans-serif;line-height:1.5;max-width:36em\">\n"
            + body + "\n</body></html>\n"
    }

    private func html(_ block: Block) -> String {
        switch block {
        case .prose(let text): "<p>\(escaped(text))</p>"
        case .heading(let text): "<h2 style=\"font-size:1em\">\(escaped(text))</h2>"
        case .list(let items):
            "<ul>\n" + items.map { "<li>\(escaped($0))</li>" }.joined(separator: "\n") + "\n</ul>"
        case .fixed(let lines):
            "<p>" + lines.map(line).joined(separator: "<br>\n") + "</p>"
        }
    }

    private func line(_ text: String) -> String {
        // The address is its own text: nothing hides where it leads.
        text == link ? "<a href=\"\(escaped(link))\">\(escaped(link))</a>" : escaped(text)
    }

    private func escaped(_ text: String) -> String { SafeHTML().escapeText(text) }

    private static func withoutTrailingSpace(_ line: Substring) -> String {
        String(
            line.prefix(
                upTo: line.lastIndex { $0 != " " }.map(line.index(after:))
                    ?? line.startIndex
            )
        )
    }

    private static func wrapped(_ text: String, indent: String) -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        lines.append(line)
        return lines.joined(separator: "\n" + indent)
    }
}
