import COpenSSL
import Vocabulary

/// A certificate to be made, with a fresh key.
struct CertificateOrder {
    enum Purpose {
        case authority
        case signing
        case encryption
        case tlsServer
        case tlsClient

        var shim: Int32 {
            switch self {
            case .authority: Int32(MOCHILA_PURPOSE_AUTHORITY)
            case .signing: Int32(MOCHILA_PURPOSE_SIGNING)
            case .encryption: Int32(MOCHILA_PURPOSE_ENCRYPTION)
            case .tlsServer: Int32(MOCHILA_PURPOSE_TLS_SERVER)
            case .tlsClient: Int32(MOCHILA_PURPOSE_TLS_CLIENT)
            }
        }
    }

    let purpose: Purpose
    let kind: KeyKind
    let commonName: String
    let organization: String
    /// OpenSSL's form: `DNS:localhost,IP:127.0.0.1`.
    let alternativeNames: String?
    let notBefore: Instant
    let notAfter: Instant

    init(
        _ purpose: Purpose,
        kind: KeyKind = .p256,
        commonName: String,
        organization: String,
        alternativeNames: String? = nil,
        at instant: Instant,
        days: Int64
    ) {
        self.purpose = purpose
        self.kind = kind
        // X.509's upper bound for both names is 64 characters.
        self.commonName = Self.cut(commonName)
        self.organization = Self.cut(organization)
        self.alternativeNames = alternativeNames
        // A day's grace for clocks that are behind.
        notBefore = instant.advanced(bySeconds: -86_400)
        notAfter = instant.advanced(bySeconds: days * 86_400)
    }

    /// Makes it; self-signed without an issuer.
    func issue(by issuer: KeyPair?) throws -> KeyPair {
        var key = mochila_bytes()
        var certificate = mochila_bytes()
        let issuerCertificate = issuer?.certificate.der ?? []
        let issuerKey = issuer?.key.revealed ?? []
        let done = commonName.withCString { common in
            organization.withCString { organization in
                Self.withOptionalCString(alternativeNames) { names in
                    issuerCertificate.withUnsafeBufferPointer { certificateBytes in
                        issuerKey.withUnsafeBufferPointer { keyBytes in
                            var order = mochila_issue(
                                purpose: purpose.shim,
                                key_kind: kind.shim,
                                common_name: common,
                                organization: organization,
                                alternative_names: names,
                                not_before: notBefore.millisecondsSince1970 / 1_000,
                                not_after: notAfter.millisecondsSince1970 / 1_000,
                                issuer_certificate: issuer == nil
                                    ? nil : certificateBytes.baseAddress,
                                issuer_certificate_count: certificateBytes.count,
                                issuer_key: issuer == nil ? nil : keyBytes.baseAddress,
                                issuer_key_count: keyBytes.count
                            )
                            return mochila_issue_certificate(&order, &key, &certificate)
                        }
                    }
                }
            }
        }
        guard done == 1 else { throw CryptographicFailure("issuing a certificate") }
        defer {
            mochila_bytes_free(key)
            mochila_bytes_free(certificate)
        }
        return try KeyPair(
            certificate: Certificate(
                der: Array(UnsafeBufferPointer(start: certificate.bytes, count: certificate.count))
            ),
            keyDER: Array(UnsafeBufferPointer(start: key.bytes, count: key.count))
        )
    }

    private static func withOptionalCString<Result>(
        _ text: String?,
        _ body: (UnsafePointer<CChar>?) -> Result
    ) -> Result {
        guard let text else { return body(nil) }
        return text.withCString(body)
    }

    private static func cut(_ name: String) -> String {
        let plain = name.unicodeScalars.filter { $0.properties.generalCategory != .control }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: plain.prefix(64))
        return String(view)
    }
}
