/// A sealed bundle whose structure was checked, before any library parses it.
///
/// CMS is where OpenSSL had its worst errors, and what it accepts is wider than what is safe to
/// accept, so everything but the allowlist is refused here, and what is left of a seal after it are
/// numbers and keys: no CMS parser sees a received seal. Definite and indefinite lengths are both read: a streamed CMS is indefinite.
package struct SealCheck: Hashable, Sendable {
    package let recipients: [SealRecipient]
    package let ciphertext: Ciphertext
    /// 12 bytes.
    package let nonce: [UInt8]
    /// 16 bytes.
    package let tag: [UInt8]

    /// Where the ciphertext lies.
    package struct Ciphertext: Hashable, Sendable {
        /// The first byte of the content: ciphertext, or the first segment's tag.
        package let start: Int64
        /// After the last byte of ciphertext or segments.
        package let end: Int64
        /// Whether it comes in OCTET STRING segments.
        package let isSegmented: Bool
        /// Without the segments' headers.
        package let byteCount: Int64
    }

    /// Reads the structure and walks over the segments; memory does not grow with the file.
    package init(_ source: SeekableBytes) throws(SealRefusal) {
        guard source.byteCount <= BundleLimits.sealedBytes else { throw .tooLarge }
        var walk = SealWalk(source)
        self = try walk.check()
    }

    init(recipients: [SealRecipient], ciphertext: Ciphertext, nonce: [UInt8], tag: [UInt8]) {
        self.recipients = recipients
        self.ciphertext = ciphertext
        self.nonce = nonce
        self.tag = tag
    }
}

/// The walk through one message.
///
/// `level` is where the enclosing element must end, or where the file ends while it is indefinite.
private struct SealWalk {
    private var reader: BERReader
    private let total: Int64

    init(_ source: SeekableBytes) {
        reader = BERReader(source)
        total = source.byteCount
    }

    mutating func check() throws(SealRefusal) -> SealCheck {
        let outer = try container(DER.sequence, at: 0, before: total)
        let typeEnd = try contentType(at: outer.contentStart, before: limit(of: outer, in: total))
        let explicit = try container(0xA0, at: typeEnd, before: limit(of: outer, in: total))
        let explicitLimit = limit(of: explicit, in: limit(of: outer, in: total))
        let message = try container(DER.sequence, at: explicit.contentStart, before: explicitLimit)
        let messageLimit = limit(of: message, in: explicitLimit)

        var position = message.contentStart
        guard try element(at: position, before: messageLimit, maximum: 16) == [DER.integer, 1, 0]
        else { throw .unexpectedField }
        position += 3
        let recipientBytes: [UInt8]
        (recipientBytes, position) = try recipientInfos(at: position, before: messageLimit)
        let recipients = try Self.recipients(in: recipientBytes)
        let content = try encryptedContent(at: position, before: messageLimit)
        position = content.end
        let tag = try tag(at: position, before: messageLimit)
        position += Int64(tag.count)

        position = try close(message, at: position, in: explicitLimit)
        position = try close(explicit, at: position, in: limit(of: outer, in: total))
        position = try close(outer, at: position, in: total)
        guard position == total else { throw .trailingBytes }

        return SealCheck(
            recipients: recipients,
            ciphertext: content.ciphertext,
            nonce: content.nonce,
            tag: Array(tag.dropFirst(2))
        )
    }

    // MARK: The parts of a message

    private mutating func contentType(
        at position: Int64,
        before limit: Int64
    ) throws(SealRefusal) -> Int64 {
        let identifier = try element(at: position, before: limit, maximum: 64)
        guard identifier.first == 0x06 else { throw .notASeal }
        guard identifier == ObjectIdentifier.authEnvelopedData else { throw .otherContentType }
        return position + Int64(identifier.count)
    }

    private mutating func recipientInfos(
        at position: Int64,
        before limit: Int64
    ) throws(SealRefusal) -> (bytes: [UInt8], end: Int64) {
        let set = try reader.element(at: position, before: limit)
        // [0] would be the originator's certificates.
        guard set.tag != 0xA0 else { throw .unexpectedField }
        guard set.tag == DER.set else { throw .notASeal }
        var end = set.contentStart
        if let length = set.length {
            end += length
        } else {
            while try !reader.isEnd(at: end, before: limit) {
                let info = try reader.element(at: end, before: limit)
                guard let length = info.length else { throw .forbiddenRecipient }
                end = info.contentStart + length
                guard end - set.contentStart <= BundleLimits.recipientBytes else {
                    throw .tooManyRecipients
                }
            }
        }
        guard end - set.contentStart <= BundleLimits.recipientBytes else {
            throw .tooManyRecipients
        }
        let bytes = try reader.bytes(from: set.contentStart, to: end)
        return (bytes, set.length == nil ? end + 2 : end)
    }

    private static func recipients(in bytes: [UInt8]) throws(SealRefusal) -> [SealRecipient] {
        var cursor = DERCursor(bytes)
        var found: [SealRecipient] = []
        while !cursor.isAtEnd {
            guard found.count < BundleLimits.recipients else { throw .tooManyRecipients }
            guard let recipient = SealRecipient(&cursor) else { throw .forbiddenRecipient }
            found.append(recipient)
        }
        guard !found.isEmpty else { throw .noRecipient }
        return found
    }

    private mutating func encryptedContent(
        at position: Int64,
        before limit: Int64
    ) throws(SealRefusal) -> (nonce: [UInt8], ciphertext: SealCheck.Ciphertext, end: Int64) {
        let info = try container(DER.sequence, at: position, before: limit)
        let infoLimit = self.limit(of: info, in: limit)
        var here = info.contentStart
        let type = try element(at: here, before: infoLimit, maximum: 64)
        guard type == ObjectIdentifier.data else { throw .otherContentType }
        here += Int64(type.count)
        let algorithm = try element(at: here, before: infoLimit, maximum: 128)
        guard let nonce = Self.nonce(of: algorithm) else { throw .weakCipher }
        here += Int64(algorithm.count)
        let (ciphertext, contentEnd) = try ciphertext(at: here, before: infoLimit)
        return (nonce, ciphertext, try close(info, at: contentEnd, in: limit))
    }

    /// The nonce, where the algorithm is AES-256-GCM with a tag of 16 bytes.
    private static func nonce(of algorithm: [UInt8]) -> [UInt8]? {
        var outer = DERCursor(algorithm)
        guard let content = outer.take(DER.sequence), outer.isAtEnd else { return nil }
        var fields = content.content
        guard fields.takeExactly(ObjectIdentifier.aes256GCM),
            let parameters = fields.take(DER.sequence), fields.isAtEnd
        else { return nil }
        var inner = parameters.content
        guard let nonce = inner.take(DER.octetString), nonce.content.rest.count == 12,
            // The length of the tag; left out it would mean 12.
            inner.takeExactly([DER.integer, 1, 16]), inner.isAtEnd
        else { return nil }
        return nonce.content.rest
    }

    private mutating func ciphertext(
        at position: Int64,
        before limit: Int64
    ) throws(SealRefusal) -> (SealCheck.Ciphertext, end: Int64) {
        let content = try reader.element(at: position, before: limit)
        if content.tag == 0x80, let length = content.length {
            let end = content.contentStart + length
            let whole = SealCheck.Ciphertext(
                start: content.contentStart,
                end: end,
                isSegmented: false,
                byteCount: length
            )
            return (whole, end)
        }
        guard content.tag == 0xA0 else { throw .notASeal }
        let contentLimit = self.limit(of: content, in: limit)
        var here = content.contentStart
        var sum: Int64 = 0
        var segments: Int64 = 0
        while true {
            if content.length == nil {
                if try reader.isEnd(at: here, before: contentLimit) { break }
            } else if here == contentLimit {
                break
            }
            let segment = try reader.element(at: here, before: contentLimit)
            guard segment.tag == DER.octetString, let length = segment.length else {
                throw .badSegments
            }
            sum += length
            segments += 1
            // Tiny segments would make a small file slow to read.
            guard segments <= 64 + sum / 256 else { throw .badSegments }
            here = segment.contentStart + length
        }
        let layout = SealCheck.Ciphertext(
            start: content.contentStart,
            end: here,
            isSegmented: true,
            byteCount: sum
        )
        return (layout, content.length == nil ? here + 2 : here)
    }

    private mutating func tag(
        at position: Int64,
        before limit: Int64
    ) throws(SealRefusal) -> [UInt8] {
        let mac = try reader.element(at: position, before: limit)
        // [1] would be authenticated attributes.
        guard mac.tag != 0xA1 else { throw .unexpectedField }
        guard mac.tag == DER.octetString else { throw .notASeal }
        guard mac.length == 16, mac.contentStart == position + 2 else { throw .shortTag }
        return try reader.bytes(from: position, to: mac.contentStart + 16)
    }

    // MARK: Elements

    private mutating func container(
        _ tag: UInt8,
        at position: Int64,
        before limit: Int64
    ) throws(SealRefusal) -> BERElement {
        try reader.element(at: position, before: limit, expecting: tag)
    }

    private func limit(of element: BERElement, in enclosing: Int64) -> Int64 {
        element.length.map { element.contentStart + $0 } ?? enclosing
    }

    /// The bytes of a small element of definite length.
    private mutating func element(
        at position: Int64,
        before limit: Int64,
        maximum: Int64
    ) throws(SealRefusal) -> [UInt8] {
        let element = try reader.element(at: position, before: limit)
        guard let length = element.length, length <= maximum else { throw .notASeal }
        return try reader.bytes(from: position, to: element.contentStart + length)
    }

    /// Goes past the end of an element whose last field ended at `position`.
    private mutating func close(
        _ element: BERElement,
        at position: Int64,
        in enclosing: Int64
    ) throws(SealRefusal) -> Int64 {
        guard element.length != nil else {
            guard try reader.isEnd(at: position, before: enclosing) else { throw .unexpectedField }
            return position + 2
        }
        guard position == limit(of: element, in: enclosing) else { throw .unexpectedField }
        return position
    }
}
