/// A recipient of a seal, as the seal names it.
package struct SealRecipient: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case ecdh
        case rsa
    }

    package let kind: Kind
    /// DER of IssuerAndSerialNumber, or of the context-specific element that holds a key
    /// identifier.
    package let identifier: [UInt8]

    /// Reads one RecipientInfo, strictly; `nil` where it is of a kind that is not allowed.
    init?(_ cursor: inout DERCursor) {
        switch cursor.nextTag {
        case DER.sequence:
            guard let info = cursor.take(DER.sequence) else { return nil }
            self.init(keyTransport: info.content)
        case 0xA1:
            guard let info = cursor.take(0xA1) else { return nil }
            self.init(keyAgreement: info.content)
        // [2] is a shared key, [3] a password, [4] anything.
        default: return nil
        }
    }

    private init?(keyTransport content: DERCursor) {
        var fields = content
        let namesIssuer = fields.takeExactly([DER.integer, 1, 0])
        guard namesIssuer || fields.takeExactly([DER.integer, 1, 2]),
            let name = fields.take(namesIssuer ? DER.sequence : 0x80),
            let algorithm = fields.take(DER.sequence), Self.isOAEP(algorithm.content),
            let key = fields.take(DER.octetString), (256...1_024).contains(key.content.rest.count),
            fields.isAtEnd
        else { return nil }
        kind = .rsa
        identifier = name.whole
    }

    private init?(keyAgreement content: DERCursor) {
        var fields = content
        guard fields.takeExactly([DER.integer, 1, 3]),
            let originator = fields.take(0xA0), Self.isEphemeralKey(originator.content)
        else { return nil }
        if fields.nextTag == 0xA1 {
            guard let material = fields.take(0xA1), material.whole.count <= 128 else { return nil }
        }
        guard let algorithm = fields.take(DER.sequence),
            Self.isECDH(algorithm.content),
            let keys = fields.take(DER.sequence), fields.isAtEnd
        else { return nil }
        var list = keys.content
        // One agreed key for each info: what OpenSSL writes, and simpler to compare.
        guard let entry = list.take(DER.sequence), list.isAtEnd else { return nil }
        var entryFields = entry.content
        let nameTag = entryFields.nextTag == 0xA0 ? 0xA0 : DER.sequence
        // AES key wrap of 32 bytes gives 40.
        guard let name = entryFields.take(nameTag),
            let wrapped = entryFields.take(DER.octetString), wrapped.content.rest.count == 40,
            entryFields.isAtEnd
        else { return nil }
        kind = .ecdh
        identifier = name.whole
    }

    private static func isOAEP(_ algorithm: DERCursor) -> Bool {
        var fields = algorithm
        guard fields.takeExactly(ObjectIdentifier.rsaOAEP),
            let parameters = fields.take(DER.sequence), fields.isAtEnd
        else { return false }
        var options = parameters.content
        // The defaults of both are SHA-1, so they must be there.
        guard let hash = options.take(0xA0), Self.isSHA256(hash.content),
            let mask = options.take(0xA1)
        else { return false }
        var maskFields = mask.content
        guard let generator = maskFields.take(DER.sequence), maskFields.isAtEnd else {
            return false
        }
        var generatorFields = generator.content
        return generatorFields.takeExactly(ObjectIdentifier.mgf1)
            && Self.isSHA256(generatorFields) && options.isAtEnd
    }

    private static func isSHA256(_ cursor: DERCursor) -> Bool {
        var fields = cursor
        guard let algorithm = fields.take(DER.sequence), fields.isAtEnd else { return false }
        var inner = algorithm.content
        guard inner.takeExactly(ObjectIdentifier.sha256) else { return false }
        return inner.isAtEnd || inner.takeExactly(DER.null) && inner.isAtEnd
    }

    private static func isECDH(_ algorithm: DERCursor) -> Bool {
        var fields = algorithm
        guard fields.takeExactly(ObjectIdentifier.ecdhSHA256),
            let wrap = fields.take(DER.sequence), fields.isAtEnd
        else { return false }
        var inner = wrap.content
        guard inner.takeExactly(ObjectIdentifier.aes256Wrap) else { return false }
        return inner.isAtEnd || inner.takeExactly(DER.null) && inner.isAtEnd
    }

    /// OriginatorPublicKey of an uncompressed point on P-256 or P-384.
    private static func isEphemeralKey(_ content: DERCursor) -> Bool {
        var outer = content
        guard let key = outer.take(0xA1), outer.isAtEnd else { return false }
        var fields = key.content
        guard let algorithm = fields.take(DER.sequence), algorithm.whole.count <= 32 else {
            return false
        }
        var inner = algorithm.content
        guard inner.takeExactly(ObjectIdentifier.ecPublicKey),
            let point = fields.take(DER.bitString), fields.isAtEnd
        else { return false }
        let bytes = point.content.rest
        return (bytes.count == 66 || bytes.count == 98) && bytes[0] == 0 && bytes[1] == 4
    }
}
