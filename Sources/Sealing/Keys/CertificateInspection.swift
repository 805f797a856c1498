package import Vocabulary

/// Everything that is wrong with a certificate that somebody wants us to trust, at once.
package struct CertificateInspection: Hashable, Sendable {
    package enum Use: String, Hashable, Sendable, CaseIterable {
        case signing
        case encryption
    }

    package enum Problem: Hashable, Sendable, CaseIterable, CustomStringConvertible {
        case authority
        case notYetValid
        case expired
        /// Shorter than what is left of a school year.
        case expiresSoon
        case unsupportedKey
        case weakKey
        case notForSigning
        case notForEncryption
        case notForMail
        case noName
        case longLived

        package var description: String {
            switch self {
            case .authority: "it is an authority's certificate, not an organisation's own"
            case .notYetValid: "it is not valid yet"
            case .expired: "it has expired"
            case .expiresSoon: "it expires within 30 days: ask for the next one now"
            case .unsupportedKey: "its key is neither RSA nor on the curves P-256 and P-384"
            case .weakKey: "its RSA key is shorter than 2048 bits"
            case .notForSigning: "its owner marked the key as not for signing, or it is RSA"
            case .notForEncryption: "its owner marked the key as not for encryption"
            case .notForMail:
                "its extended usage leaves out mail protection, so stock tools refuse it"
            case .noName: "it names nobody"
            case .longLived: "it is valid for more than ten years"
            }
        }
    }

    package let problems: [Problem]

    package init(_ certificate: Certificate, for use: Use, at instant: Instant) {
        var found: [Problem] = []
        if certificate.isAuthority { found.append(.authority) }
        if instant < certificate.notBefore { found.append(.notYetValid) }
        if instant > certificate.notAfter {
            found.append(.expired)
        } else if instant.advanced(bySeconds: 30 * 86_400) > certificate.notAfter {
            found.append(.expiresSoon)
        }
        switch certificate.keyKind {
        case nil: found.append(.unsupportedKey)
        case .rsa where certificate.keyBits < 2_048: found.append(.weakKey)
        default: break
        }
        switch use {
        case .signing:
            // Manifests are signed with ECDSA alone.
            if !certificate.maySign || certificate.keyKind == .rsa { found.append(.notForSigning) }
        case .encryption:
            let may =
                certificate.keyKind == .rsa
                ? certificate.mayEncipherKeys : certificate.mayAgreeKeys
            if !may { found.append(.notForEncryption) }
        }
        if !certificate.mayProtectMail { found.append(.notForMail) }
        if certificate.commonName.isEmpty { found.append(.noName) }
        if certificate.notBefore.advanced(bySeconds: 3_653 * 86_400) < certificate.notAfter {
            found.append(.longLived)
        }
        problems = found
    }
}
