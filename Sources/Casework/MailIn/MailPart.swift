/// One part of a message: its header and its raw body.
struct MailPart {
    private let headers: [(name: String, value: String)]
    private let body: ArraySlice<UInt8>
    /// Lower case, without parameters; `text/plain` where nothing is said.
    let type: String
    /// It stands beside a page that shows it, as the picture in a signature does.
    private var isRelated = false

    init(_ bytes: ArraySlice<UInt8>) throws(InboundMail.Malformed) {
        let (head, body) = Self.split(bytes)
        guard head.count <= InboundMail.mostHeaderBytes else { throw .headerTooLarge }
        self.body = body
        headers = try Self.headers(in: head)
        let content = headers.first { $0.name == "content-type" }?.value ?? "text/plain"
        type = content.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
    }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// A parameter of the content type.
    func parameter(_ name: String) -> String? { Self.parameter(name, of: header("content-type")) }

    /// Most bytes of a picture that is taken for a signature's.
    private static let mostDecoration = 32 << 10
    /// What proves a mail and is no file of its sender's.
    private static let proofs: Set = [
        "application/pkcs7-signature", "application/x-pkcs7-signature",
        "application/pgp-signature", "application/pgp-keys",
    ]

    var isAttachment: Bool {
        if Self.proofs.contains(type) || isDecoration { return false }
        let disposition = header("content-disposition")?.lowercased() ?? ""
        if disposition.hasPrefix("attachment") { return true }
        let isText = type.hasPrefix("text/") || type.hasPrefix("multipart/")
        return !isText && !type.hasPrefix("message/")
    }

    private var isDecoration: Bool {
        isRelated && type.hasPrefix("image/") && header("content-id") != nil
            && body.count <= Self.mostDecoration
    }

    var attachment: InboundMail.Attachment {
        let isMail = type.hasPrefix("message/")
        return InboundMail.Attachment(
            name: fileName,
            content: isMail || !isEncodingKnown ? nil : decoded
        )
    }

    private var encoding: String {
        header("content-transfer-encoding")?.lowercased().filter { $0 != " " } ?? ""
    }

    private var isEncodingKnown: Bool {
        ["", "7bit", "8bit", "binary", "base64", "quoted-printable"].contains(encoding)
    }

    var isWords: Bool { type == "text/plain" && !isAttachment }

    /// This part, or the parts in it, in the order they stand.
    func collect(into parts: inout [MailPart], level: Int) throws(InboundMail.Malformed) {
        guard level < InboundMail.mostLevels else { throw .tooDeep }
        guard parts.count < InboundMail.mostParts else { throw .tooManyParts }
        guard type.hasPrefix("multipart/"), let boundary = parameter("boundary"),
            (1...70).contains(boundary.utf8.count)
        else {
            parts.append(self)
            return
        }
        for piece in Self.pieces(of: body, boundary: boundary) {
            guard parts.count < InboundMail.mostParts else { throw .tooManyParts }
            var part = try MailPart(piece)
            part.isRelated = type == "multipart/related"
            try part.collect(into: &parts, level: level + 1)
        }
    }

    /// A header of the message inside.
    func embedded(_ name: String) -> String? {
        guard let part = try? MailPart(decoded[...]) else { return nil }
        return part.header(name)
    }

    var text: String {
        let bytes = decoded
        return Self.text(bytes, in: parameter("charset") ?? "utf-8")
    }

    static func text(_ bytes: [UInt8], in charset: String) -> String {
        let charset = charset.lowercased()
        if charset.hasPrefix("iso-8859-1") || charset == "windows-1252" {
            return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private var decoded: [UInt8] {
        switch encoding {
        case "base64": Self.base64(body)
        case "quoted-printable": Self.quotedPrintable(body)
        default: Array(body)
        }
    }

    // MARK: Reading

    /// Header and body, at the first empty line; line ends of either kind.
    private static func split(
        _ bytes: ArraySlice<UInt8>
    ) -> (head: ArraySlice<UInt8>, body: ArraySlice<UInt8>) {
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: 10) ?? bytes.endIndex
            var line = bytes[start..<end]
            if line.last == 13 { line.removeLast() }
            let next = min(end + 1, bytes.endIndex)
            if line.isEmpty { return (bytes[..<start], bytes[next...]) }
            if start - bytes.startIndex > InboundMail.mostHeaderBytes { break }
            start = next
        }
        return (bytes, bytes[bytes.endIndex...])
    }

    private static func headers(
        in head: ArraySlice<UInt8>
    ) throws(InboundMail.Malformed) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        for raw in head.split(separator: 10) {
            var line = raw
            if line.last == 13 { line.removeLast() }
            guard let first = line.first else { continue }
            if first == 32 || first == 9 {
                guard !headers.isEmpty else { throw .headerMalformed }
                headers[headers.count - 1].value += " " + trimmed(line)
                continue
            }
            // The envelope line that some mail servers put first.
            if headers.isEmpty, line.starts(with: "From ".utf8) { continue }
            guard let colon = line.firstIndex(of: 58), headers.count < 500,
                line[..<colon].allSatisfy({ (33...126).contains($0) })
            else { throw .headerMalformed }
            headers.append(
                (
                    String(decoding: line[..<colon], as: UTF8.self).lowercased(),
                    trimmed(line[(colon + 1)...])
                )
            )
        }
        return headers
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes
        while let first = bytes.first, first == 32 || first == 9 { bytes.removeFirst() }
        while let last = bytes.last, last == 32 || last == 9 || last == 13 { bytes.removeLast() }
        return String(decoding: bytes.filter { $0 >= 32 && $0 != 127 }, as: UTF8.self)
    }

    private static func parameter(_ name: String, of value: String?) -> String? {
        guard let value else { return nil }
        for field in value.split(separator: ";").dropFirst() {
            let pair = field.split(separator: "=", maxSplits: 1)
            guard pair.count == 2,
                pair[0].filter({ $0 != " " && $0 != "\t" }).lowercased() == name
            else { continue }
            return pair[1].filter { $0 != "\"" && $0 != "\t" }
                .split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        }
        return nil
    }

    /// What stands between the lines of the boundary.
    private static func pieces(
        of body: ArraySlice<UInt8>,
        boundary: String
    ) -> [ArraySlice<UInt8>] {
        let mark = Array("--\(boundary)".utf8)
        var pieces: [ArraySlice<UInt8>] = []
        var begin: Int?
        var start = body.startIndex
        while start < body.endIndex, pieces.count <= InboundMail.mostParts {
            let end = body[start...].firstIndex(of: 10) ?? body.endIndex
            var line = body[start..<end]
            while let last = line.last, last == 13 || last == 32 || last == 9 { line.removeLast() }
            let next = min(end + 1, body.endIndex)
            if line.starts(with: mark) {
                let rest = line.dropFirst(mark.count)
                if rest.isEmpty || rest.elementsEqual("--".utf8) {
                    if let begin { pieces.append(withoutLineEnd(body[begin..<start])) }
                    if !rest.isEmpty { return pieces }
                    begin = next
                }
            }
            start = next
        }
        if let begin, begin < body.endIndex { pieces.append(body[begin...]) }
        return pieces
    }

    /// The line end before a boundary is the boundary's (RFC 2046, 5.1.1).
    private static func withoutLineEnd(_ piece: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var piece = piece
        if piece.last == 10 { piece.removeLast() }
        if piece.last == 13 { piece.removeLast() }
        return piece
    }

    static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var (bits, count): (UInt32, Int) = (0, 0)
        for byte in bytes {
            let value: UInt32
            switch byte {
            case 65...90: value = UInt32(byte - 65)
            case 97...122: value = UInt32(byte - 71)
            case 48...57: value = UInt32(byte) + 4
            case 43: value = 62
            case 47: value = 63
            default: continue
            }
            bits = (bits << 6 | value) & 0xFF_FFFF
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        return result
    }

    static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        func digit(_ byte: UInt8) -> UInt8? {
            switch byte {
            case 48...57: byte - 48
            case 65...70: byte - 55
            case 97...102: byte - 87
            default: nil
            }
        }
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == 61 else {
                result.append(byte)
                continue
            }
            if rest.first == 10 {
                rest.removeFirst()
            } else if rest.starts(with: [13, 10]) {
                rest.removeFirst(2)
            } else if rest.count >= 2, let high = digit(rest[rest.startIndex]),
                let low = digit(rest[rest.startIndex + 1])
            {
                result.append(high << 4 | low)
                rest.removeFirst(2)
            } else {
                result.append(byte)
            }
        }
        return result
    }
}
