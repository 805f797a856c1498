import BundleFormat
import COpenSSL
package import Vocabulary

/// A certificate, as its DER bytes: parsed once, so holding one is the proof that it parses.
package struct Certificate: Hashable, Sendable {
    package let der: [UInt8]
    /// SHA-256 of the DER.
    package let fingerprint: SHA256Digest
    /// The subject's common name; empty where it has none.
    package let commonName: String
    /// SHA-256 of its public key (SubjectPublicKeyInfo), which a renewal may keep.
    package let keyDigest: SHA256Digest
    package let notBefore: Instant
    package let notAfter: Instant
    let keyKind: KeyKind?
    let keyBits: Int
    /// The subject's organisation; empty where it has none.
    let organization: String
    let isAuthority: Bool
    let mayAgreeKeys: Bool
    let mayEncipherKeys: Bool
    let maySign: Bool
    /// What stock tools ask of a certificate before they verify with it.
    let mayProtectMail: Bool
    /// Whether its owner may show it to servers.
    let mayAuthenticate: Bool

    /// Reads DER without trailing bytes.
    package init(der: [UInt8]) throws {
        var facts = mochila_certificate_facts()
        guard mochila_certificate_read(der, der.count, &facts) == 1 else {
            throw KeyFailure.notACertificate
        }
        let name = try bytes("certificate") { out in
            mochila_certificate_common_name(der, der.count, out)
        }
        let organization = try bytes("certificate") { out in
            mochila_certificate_organization(der, der.count, out)
        }
        guard let key = SHA256Digest(bytes: withUnsafeBytes(of: facts.key_digest) { Array($0) })
        else { throw KeyFailure.notACertificate }
        self.der = der
        keyDigest = key
        self.organization = String(decoding: organization, as: UTF8.self)
        fingerprint = try sha256(der)
        commonName = String(decoding: name, as: UTF8.self)
        notBefore = Instant(millisecondsSince1970: facts.not_before * 1_000)
        notAfter = Instant(millisecondsSince1970: facts.not_after * 1_000)
        keyKind = KeyKind(shim: facts.key_kind)
        keyBits = Int(facts.key_bits)
        isAuthority = facts.is_authority != 0
        mayAgreeKeys = facts.may_agree_keys != 0
        mayEncipherKeys = facts.may_encipher_keys != 0
        maySign = facts.may_sign != 0
        mayProtectMail = facts.may_protect_mail != 0
        mayAuthenticate = facts.may_authenticate != 0
    }

    /// Reads the first certificate of a PEM text.
    package init(pem: String) throws {
        let text = Array(pem.utf8)
        var made = mochila_bytes()
        guard mochila_certificate_from_pem(text, text.count, &made) == 1 else {
            // Takes the reasons off the queue as well.
            _ = CryptographicFailure("certificate")
            throw KeyFailure.notACertificate
        }
        defer { mochila_bytes_free(made) }
        try self.init(der: Array(UnsafeBufferPointer(start: made.bytes, count: made.count)))
    }

    package init(contentsOf path: String) throws {
        try self.init(pem: String(decoding: try KeyFile.read(path), as: UTF8.self))
    }

    package var pem: String {
        get throws {
            let text = try bytes("certificate") { out in
                mochila_certificate_to_pem(der, der.count, out)
            }
            return String(decoding: text, as: UTF8.self)
        }
    }

    /// DER of IssuerAndSerialNumber: how a seal names this certificate.
    package var issuerAndSerial: [UInt8] {
        get throws {
            try bytes("certificate") { out in
                mochila_certificate_issuer_and_serial(der, der.count, out)
            }
        }
    }

    func recipientEntry() throws -> BundleManifest.RecipientCertificate {
        BundleManifest.RecipientCertificate(
            fingerprint: fingerprint,
            identifier: try sha256(try issuerAndSerial)
        )
    }

    /// Checks that records may be sealed to it now.
    ///
    /// OpenSSL would seal to any certificate, even one whose owner has said that its key is for
    /// signing only.
    package func requireRecipient(at instant: Instant) throws(RecipientRefusal) {
        guard !isAuthority else { throw .authority }
        guard instant >= notBefore else { throw .notYetValid }
        guard instant <= notAfter else { throw .expired }
        switch keyKind {
        case .p256, .p384:
            guard mayAgreeKeys else { throw .notForEncryption }
        case .rsa:
            guard keyBits >= 2_048 else { throw .weakKey }
            guard mayEncipherKeys else { throw .notForEncryption }
        case nil: throw .unsupportedKey
        }
    }
}

/// Why records are not sealed to a certificate.
package enum RecipientRefusal: Error, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    case authority
    case notYetValid
    case expired
    case notForEncryption
    case unsupportedKey
    case weakKey

    package var description: String {
        switch self {
        case .authority: "it is an authority's certificate, not a school's"
        case .notYetValid: "it is not valid yet"
        case .expired: "it has expired; ask the school for its new one"
        case .notForEncryption: "its owner marked the key as not for encryption"
        case .unsupportedKey: "its key is neither RSA nor on the curves P-256 and P-384"
        case .weakKey: "its RSA key is shorter than 2048 bits"
        }
    }
}

/// The kinds of keys we use.
package enum KeyKind: String, Hashable, Sendable, CaseIterable {
    case p256
    case p384
    case rsa

    init?(shim value: Int32) {
        switch Int(value) {
        case MOCHILA_KEY_P256: self = .p256
        case MOCHILA_KEY_P384: self = .p384
        case MOCHILA_KEY_RSA: self = .rsa
        default: return nil
        }
    }

    var shim: Int32 {
        switch self {
        case .p256: Int32(MOCHILA_KEY_P256)
        case .p384: Int32(MOCHILA_KEY_P384)
        case .rsa: Int32(MOCHILA_KEY_RSA)
        }
    }
}
