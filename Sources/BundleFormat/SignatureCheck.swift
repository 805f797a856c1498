/// A detached signature whose structure was checked, before any library parses it.
///
/// One signer named by issuer and serial number, SHA-256 or SHA-384 with ECDSA, plain DER, no
/// content of its own, no revocation lists, no unsigned attributes and nothing after it.
package struct SignatureCheck: Hashable, Sendable {
    /// Certificates that came along.
    package let certificates: Int

    /// The most certificates that a signature may bring.
    static let mostCertificates = 4
    static let mostAttributes = 8

    package init(_ bytes: [UInt8]) throws(SignatureRefusal) {
        guard bytes.count <= BundleLimits.signatureBytes else { throw .tooLarge }
        var outer = DERCursor(bytes)
        guard let message = outer.take(DER.sequence), outer.isAtEnd else { throw .malformed }
        var content = message.content
        guard content.takeExactly(ObjectIdentifier.signedData),
            let explicit = content.take(0xA0), content.isAtEnd
        else { throw .malformed }
        var wrapped = explicit.content
        guard let signed = wrapped.take(DER.sequence), wrapped.isAtEnd else { throw .malformed }
        certificates = try Self.signedData(signed.content)
    }

    private static func signedData(_ content: DERCursor) throws(SignatureRefusal) -> Int {
        var fields = content
        guard let version = fields.take(DER.integer), let digests = fields.take(DER.set),
            fields.takeExactly(DER.element(DER.sequence, ObjectIdentifier.data))
        else { throw .malformed }
        var certificates = 0
        if fields.nextTag == 0xA0 {
            guard let list = fields.take(0xA0) else { throw .malformed }
            var rest = list.content
            while !rest.isAtEnd {
                guard rest.take(DER.sequence) != nil else { throw .malformed }
                certificates += 1
                guard certificates <= mostCertificates else { throw .tooManyCertificates }
            }
        }
        guard let signers = fields.take(DER.set), fields.isAtEnd else { throw .malformed }
        var list = signers.content
        guard let signer = list.take(DER.sequence), list.isAtEnd else { throw .notOneSigner }
        let digest = try signerInfo(signer.content)
        // Version 3 would be for other content or other ways to name the signer.
        guard version.whole == [DER.integer, 1, 1], digests.content.rest == digest else {
            throw .malformed
        }
        return certificates
    }

    /// - Returns: the digest's algorithm, as it stands there.
    private static func signerInfo(_ content: DERCursor) throws(SignatureRefusal) -> [UInt8] {
        var fields = content
        guard fields.takeExactly([DER.integer, 1, 1]), fields.take(DER.sequence) != nil,
            let digest = fields.take(DER.sequence), let attributes = fields.take(0xA0),
            let algorithm = fields.take(DER.sequence),
            let value = fields.take(DER.octetString), (1...512).contains(value.content.rest.count),
            fields.isAtEnd
        else { throw .malformed }
        guard isOne(of: [ObjectIdentifier.sha256, ObjectIdentifier.sha384], digest.content),
            isOne(
                of: [ObjectIdentifier.ecdsaSHA256, ObjectIdentifier.ecdsaSHA384],
                algorithm.content
            )
        else { throw .weak }
        try checkAttributes(attributes.content)
        return digest.whole
    }

    private static func isOne(of identifiers: [[UInt8]], _ algorithm: DERCursor) -> Bool {
        for identifier in identifiers {
            var fields = algorithm
            guard fields.takeExactly(identifier) else { continue }
            return fields.isAtEnd || fields.takeExactly(DER.null) && fields.isAtEnd
        }
        return false
    }

    /// Each attribute once, with one value.
    private static func checkAttributes(_ content: DERCursor) throws(SignatureRefusal) {
        var rest = content
        var seen: Set<[UInt8]> = []
        while !rest.isAtEnd {
            guard let attribute = rest.take(DER.sequence) else { throw .malformed }
            var fields = attribute.content
            guard let type = fields.take(0x06), seen.insert(type.whole).inserted,
                seen.count <= mostAttributes, let values = fields.take(DER.set), fields.isAtEnd,
                let first = values.content.nextTag
            else { throw .malformed }
            var value = values.content
            guard value.take(first) != nil, value.isAtEnd else { throw .malformed }
        }
    }
}

/// Why a signature is not looked at further.
package enum SignatureRefusal: Error, Hashable, Sendable, CaseIterable {
    case tooLarge
    /// It is not the structure of a detached signature, or holds what nothing of ours writes.
    case malformed
    case notOneSigner
    case tooManyCertificates
    /// Another digest than SHA-256 or SHA-384, or another signature than ECDSA.
    case weak
}
