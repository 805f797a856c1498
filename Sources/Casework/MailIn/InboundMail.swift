package import Vocabulary

/// A mail that came in, as far as it matters here: what kind it is, which of our mails it answers,
/// its words, and what is attached.
///
/// Reading is strict and bounded. Whatever cannot be read is refused as a whole; nothing of a mail
/// is ever carried out, opened or shown as markup.
package struct InboundMail: Hashable, Sendable {
    /// Most bytes of a message, of its header, levels of parts and parts.
    package static let mostBytes = 25 << 20
    package static let mostHeaderBytes = 64 << 10
    package static let mostLevels = 6
    package static let mostParts = 100
    /// Most bytes of words that are kept.
    package static let mostText = 4_000

    /// Why a message is refused.
    package enum Malformed: String, Error, Hashable, Sendable, CaseIterable {
        case empty, tooLarge, headerTooLarge, headerMalformed, tooDeep, tooManyParts
    }

    /// What kind of mail it is.
    package enum Kind: Hashable, Sendable {
        /// A delivery status notification (RFC 3464) of a mail that will never arrive.
        case bounce
        /// Such a notification of one that is late, or that says all is well.
        case delay, delivered
        /// Written by a machine (RFC 3834): out of office.
        case automatic
        case reply
    }

    /// A file that came along.
    package struct Attachment: Hashable, Sendable {
        /// As its sender called it; empty where it has no name.
        package let name: String
        /// `nil` where it is encoded in a way nobody knows, or is a mail itself.
        package let content: [UInt8]?

        package init(name: String, content: [UInt8]?) {
            self.name = name
            self.content = content
        }
    }

    package let kind: Kind
    /// Message-IDs of ours it may answer, without brackets, nearest first.
    package let answers: [String]
    /// The words of the writer, without what was quoted.
    package let text: String
    /// In the order they hang on it; no picture of a signature and no cryptographic one.
    package let attachments: [Attachment]
    /// Its own Message-ID, without brackets; empty where it has none.
    package let messageID: String
    /// Whom it says to be from, which anybody can write.
    package let sender: EmailAddress?
    /// The request whose number stands in its subject or in an address it went to; `nil` where
    /// none does, or more than one.
    package let number: RequestNumber?

    package init(parsing bytes: [UInt8]) throws(Malformed) {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= Self.mostBytes else { throw .tooLarge }
        var parts: [MailPart] = []
        let top = try MailPart(bytes[...])
        try top.collect(into: &parts, level: 0)
        let report = parts.first { $0.type == "message/delivery-status" }
        let isReport =
            top.type == "multipart/report"
            && top.parameter("report-type")?.lowercased() == "delivery-status"
        if isReport, let report {
            kind = Self.kind(of: report.text)
        } else if Self.isAutomatic(top) {
            kind = .automatic
        } else {
            kind = .reply
        }
        let original = parts.first { part in
            part.type == "message/rfc822" || part.type == "text/rfc822-headers"
        }
        var identifiers = Self.identifiers(in: original?.embedded("message-id") ?? "")
        identifiers += Self.identifiers(in: top.header("in-reply-to") ?? "")
        identifiers += Self.identifiers(in: top.header("references") ?? "").reversed()
        var seen: Set<String> = []
        answers = identifiers.filter { seen.insert($0).inserted }
        text = Self.withoutQuotes(parts.first { $0.isWords }?.text ?? "")
        attachments = parts.filter(\.isAttachment).map(\.attachment)
        messageID = Self.identifiers(in: top.header("message-id") ?? "").first ?? ""
        sender = Self.address(in: top.header("from") ?? "")
        let places = ["subject", "to", "cc", "delivered-to", "x-original-to"]
        let numbers = Set(places.flatMap { Self.numbers(in: top.header($0) ?? "") })
        number = numbers.count == 1 ? numbers.first : nil
    }

    /// What stands in the last angle brackets, or all of it.
    private static func address(in mailbox: String) -> EmailAddress? {
        var text = mailbox[...]
        if let open = text.lastIndex(of: "<"), let close = text.lastIndex(of: ">"), open < close {
            text = text[text.index(after: open)..<close]
        }
        return try? EmailAddress(parsing: text.filter { $0 != " " })
    }

    /// Request numbers as people write them, also without hyphens, as in an address.
    private static func numbers(in text: String) -> [RequestNumber] {
        let letters = Array(text.uppercased().utf8.prefix(4_000))
        let mark = Array("RQ".utf8)
        return letters.indices.dropLast().compactMap { start in
            guard letters[start...].starts(with: mark) else { return nil }
            let digits = letters[(start + 2)...].prefix(14).filter { $0 != 45 && $0 != 32 }
            return try? RequestNumber(
                parsing: "RQ-" + String(decoding: digits.prefix(10), as: UTF8.self)
            )
        }
    }

    /// The worst that any recipient's block says: each begins with a blank line.
    private static func kind(of status: String) -> Kind {
        var kinds: [Kind] = []
        for line in status.split(whereSeparator: \.isNewline) {
            let pair = line.split(separator: ":", maxSplits: 1)
            guard pair.count == 2, pair[0].lowercased() == "action" else { continue }
            switch pair[1].lowercased().filter({ $0 != " " && $0 != "\t" }) {
            case "failed": kinds.append(.bounce)
            case "delayed": kinds.append(.delay)
            default: kinds.append(.delivered)
            }
        }
        if kinds.contains(.bounce) { return .bounce }
        return kinds.contains(.delay) ? .delay : .delivered
    }

    private static func isAutomatic(_ top: MailPart) -> Bool {
        let auto = top.header("auto-submitted")?.lowercased() ?? "no"
        if !auto.hasPrefix("no") { return true }
        if top.header("x-autoreply") != nil || top.header("x-autorespond") != nil { return true }
        let precedence = top.header("precedence")?.lowercased() ?? ""
        return ["auto_reply", "bulk", "junk"].contains(precedence)
    }

    /// What stands in angle brackets.
    private static func identifiers(in text: String) -> [String] {
        text.split(separator: "<", omittingEmptySubsequences: false).dropFirst().compactMap {
            piece in
            guard let end = piece.firstIndex(of: ">") else { return nil }
            let identifier = String(piece[..<end])
            return identifier.utf8.count <= 200 ? identifier : nil
        }.prefix(50).map { $0 }
    }

    private static let sentWords = ["Sent:", "Date:", "Enviado:", "Enviado el:", "Fecha:"]

    /// The first lines, up to what was quoted or a signature.
    private static func withoutQuotes(_ text: String) -> String {
        var kept: [Substring] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            // Outlook quotes without a mark: the old mail's header in words, then its text.
            if line.begins(with: ["From:", "De:"]),
                lines.dropFirst(index + 1).prefix(2).contains(where: { $0.begins(with: sentWords) })
            {
                break
            }
            let words = line.drop { $0 == " " || $0 == "\t" }
            if words.hasPrefix(">") || line == "-- " || words.hasPrefix("-----Original") { break }
            let isIntroduction =
                (words.hasPrefix("On ") || words.hasPrefix("El ")) && words.hasSuffix(":")
            if isIntroduction || words.hasPrefix("________") { break }
            kept.append(line)
        }
        var bytes = 0
        let joined = kept.joined(separator: "\n").unicodeScalars.prefix { scalar in
            bytes += String(scalar).utf8.count
            return bytes <= mostText
        }
        let scalars = joined.filter { $0.value >= 32 && $0.value != 127 || $0 == "\n" }
        var text = String(String.UnicodeScalarView(scalars))[...]
        while let last = text.last, last == "\n" || last == " " { text.removeLast() }
        while let first = text.first, first == "\n" || first == " " { text.removeFirst() }
        return String(text)
    }
}

extension Substring {
    /// One of `words` stands first, perhaps after spaces and the stars of bold text.
    fileprivate func begins(with words: [String]) -> Bool {
        let line = drop { $0 == " " || $0 == "\t" || $0 == "*" }
        return words.contains { line.hasPrefix($0) }
    }
}
