package import Casework
import Vocabulary

extension Certificate {
    /// What counts of it where a caller shows it to us.
    package var shown: ShownCertificate {
        let use: ShownCertificate.Use =
            switch keyKind {
            case nil: .weakKey
            case .rsa where keyBits < 2_048: .weakKey
            case _ where isAuthority: .authority
            case _ where !maySign || !mayAuthenticate: .otherPurpose
            default: .client
            }
        return ShownCertificate(
            keyDigest: keyDigest.description,
            fingerprint: fingerprint.description,
            name: commonName,
            notBefore: notBefore,
            notAfter: notAfter,
            use: use
        )
    }
}
