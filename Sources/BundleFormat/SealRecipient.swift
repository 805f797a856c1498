/// A recipient of a seal, as the seal names it.
package struct SealRecipient: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case ecdh
        case rsa
    }

    /// How the key of the content is kept for this recipient.
    package enum WrappedKey: Hashable, Sendable {
        /// `point` is the sender's one-time public key; `info` is the DER of ECC-CMS-SharedInfo,
        /// RFC 5753, which goes into the derivation; `wrapped` are 40 bytes of AES key wrap.
        case ecdh(point: [UInt8], info: [UInt8], wrapped: [UInt8])
        /// RSA-OAEP with SHA-256.
        case rsa(encrypted: [UInt8])
    }

    /// DER of IssuerAndSerialNumber, or of the context-specific element that holds a key
    /// identifier.
    package let identifier: [UInt8]
    package let wrappedKey: WrappedKey

    package var kind: Kind {
        switch wrappedKey {
        case .ecdh: .ecdh
        case .rsa: .rsa
        }
    }

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
        wrappedKey = .rsa(encrypted: key.content.rest)
        identifier = name.whole
    }

    private init?(keyAgreement content: DERCursor) {
        var fields = content
        guard fields.takeExactly([DER.integer, 1, 3]),
            let originator = fields.take(0xA0), let point = Self.point(of: originator.content)
        else { return nil }
        var material: [UInt8] = []
        if fields.nextTag == 0xA1 {
            guard let given = fields.take(0xA1), given.whole.count <= 128 else { return nil }
            var inner = given.content
            guard let text = inner.take(DER.octetString), inner.isAtEnd else { return nil }
            material = DER.element(0xA0, text.whole)
        }
        guard let algorithm = fields.take(DER.sequence),
            let wrap = Self.keyWrap(of: algorithm.content),
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
        wrappedKey = .ecdh(
            point: point,
            // The key to be derived has 256 bits.
            info: DER.element(DER.sequence, wrap + material + [0xA2, 6, 4, 4, 0, 0, 1, 0]),
            wrapped: wrapped.content.rest
        )
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

    private static func keyWrap(of algorithm: DERCursor) -> [UInt8]? {
        var fields = algorithm
        guard fields.takeExactly(ObjectIdentifier.ecdhSHA256),
            let wrap = fields.take(DER.sequence), fields.isAtEnd
        else { return nil }
        var inner = wrap.content
        guard inner.takeExactly(ObjectIdentifier.aes256Wrap),
            inner.isAtEnd || inner.takeExactly(DER.null) && inner.isAtEnd
        else { return nil }
        return wrap.whole
    }

    /// The uncompressed point, on P-256 or P-384, of an OriginatorPublicKey.
    private static func point(of content: DERCursor) -> [UInt8]? {
        var outer = content
        guard let key = outer.take(0xA1), outer.isAtEnd else { return nil }
        var fields = key.content
        guard let algorithm = fields.take(DER.sequence), algorithm.whole.count <= 32 else {
            return nil
        }
        var inner = algorithm.content
        guard inner.takeExactly(ObjectIdentifier.ecPublicKey),
            let point = fields.take(DER.bitString), fields.isAtEnd
        else { return nil }
        let bytes = point.content.rest
        guard bytes.count == 66 || bytes.count == 98, bytes[0] == 0, bytes[1] == 4 else {
            return nil
        }
        return Array(bytes.dropFirst())
    }
}
