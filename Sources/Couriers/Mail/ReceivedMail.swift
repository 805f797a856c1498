package import Vocabulary

/// A mail as its recipient would read it.
package struct ReceivedMail: Hashable, Sendable {
    package let messageID: String
    package let fromName: String
    package let from: String
    package let replyTo: String?
    package let toName: String
    package let to: String
    package let subject: String
    package let date: Instant
    /// `nil` where the mail does not say.
    package let language: Language?
    package let plainText: String
    package let html: String

    /// Reads a mail that `MIMEComposer` wrote; `nil` for any other bytes.
    package init?(parsing bytes: [UInt8]) {
        guard let (headers, body) = Self.split(bytes) else { return nil }
        guard let date = headers["date"].flatMap(MailDate.instant(from:)),
            let subject = headers["subject"], let from = headers["from"], let to = headers["to"],
            let identifier = headers["message-id"],
            let boundary = Self.boundary(in: headers["content-type"] ?? ""),
            let parts = Self.parts(of: body, boundary: boundary),
            let plain = parts["text/plain"], let html = parts["text/html"]
        else { return nil }
        messageID = Self.address(in: identifier)
        (fromName, self.from) = (Self.name(in: from), Self.address(in: from))
        (toName, self.to) = (Self.name(in: to), Self.address(in: to))
        replyTo = headers["reply-to"].map(Self.address(in:))
        self.subject = EncodedWords.decode(subject)
        self.date = date
        language = headers["content-language"].flatMap(Language.init(rawValue:))
        plainText = plain
        self.html = html
    }

    private static let lineEnd: [UInt8] = [13, 10]

    /// Header fields by their lower-case names, unfolded, and the body.
    private static func split(_ bytes: [UInt8]) -> ([String: String], ArraySlice<UInt8>)? {
        var headers: [String: String] = [:]
        var rest = bytes[...]
        var last: String?
        while let end = rest.indices.dropLast().first(where: {
            rest[$0] == 13 && rest[$0 + 1] == 10
        }) {
            let line = rest[..<end]
            rest = rest[(end + 2)...]
            if line.isEmpty { return (headers, rest) }
            if line.first == 32 || line.first == 9 {
                guard let last else { return nil }
                headers[last, default: ""] += " " + text(line.drop { $0 == 32 || $0 == 9 })
                continue
            }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let name = text(line[..<colon]).lowercased()
            guard headers[name] == nil else { return nil }
            headers[name] = text(line[(colon + 1)...].drop { $0 == 32 })
            last = name
        }
        return nil
    }

    private static func boundary(in type: String) -> String? {
        let opening = "multipart/alternative; boundary=\""
        guard type.hasPrefix(opening), type.hasSuffix("\"") else { return nil }
        return String(type.dropFirst(opening.count).dropLast())
    }

    /// Decoded text of each part by its media type.
    private static func parts(
        of body: ArraySlice<UInt8>,
        boundary: String
    ) -> [String: String]? {
        let dashes = Array("--\(boundary)".utf8)
        var parts: [String: String] = [:]
        var current: [UInt8]?
        for line in lines(of: body) {
            guard line.starts(with: dashes) else {
                current?.append(contentsOf: line)
                current?.append(contentsOf: lineEnd)
                continue
            }
            if let bytes = current {
                // The line end before the boundary belongs to the boundary.
                guard let (headers, content) = split(Array(bytes.dropLast(2))),
                    let decoded = QuotedPrintable.decode(content),
                    let type = headers["content-type"]?.split(separator: ";").first
                else { return nil }
                parts[String(type)] = String(decoding: decoded, as: UTF8.self)
            }
            current = []
            if line.dropFirst(dashes.count).elementsEqual("--".utf8) { return parts }
        }
        return nil
    }

    private static func lines(of bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        for index in bytes.indices.dropLast() where bytes[index] == 13 && bytes[index + 1] == 10 {
            lines.append(bytes[start..<index])
            start = index + 2
        }
        lines.append(bytes[start...])
        return lines
    }

    private static func name(in mailbox: String) -> String {
        guard let angle = mailbox.lastIndex(of: "<") else { return "" }
        var name = mailbox[..<angle]
        while name.last == " " { name.removeLast() }
        guard name.first == "\"", name.last == "\"", name.count >= 2 else {
            return EncodedWords.decode(String(name))
        }
        var unescaped = ""
        var isEscaped = false
        for character in name.dropFirst().dropLast() {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                unescaped.append(character)
                isEscaped = false
            }
        }
        return unescaped
    }

    private static func address(in mailbox: String) -> String {
        guard let opening = mailbox.lastIndex(of: "<"), mailbox.last == ">" else { return mailbox }
        return String(mailbox[mailbox.index(after: opening)...].dropLast())
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
