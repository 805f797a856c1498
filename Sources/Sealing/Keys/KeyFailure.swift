/// What is wrong with keys or certificates, for the person who has to put it right.
package enum KeyFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case notACertificate
    case notAKey
    case keyDoesNotBelong
    case notAMasterKey(path: String)
    case missing(path: String)
    /// A certificate from before a rotation is damaged, or not to be read by us.
    case unreadable(path: String)
    case exists(path: String)
    /// Others could read or change it.
    case exposed(path: String, mode: UInt32)
    case foreign(path: String)
    /// No older key of the gateway has this certificate.
    case noSuchKey(fingerprint: String)
    /// It was revoked; `mochila keys rotate` makes another.
    case revoked(fingerprint: String)
    /// Not a name or an address that a certificate could be for.
    case notAHost(String)

    package var description: String {
        switch self {
        case .notACertificate: "this is not a certificate in PEM form"
        case .notAKey: "this is not an unencrypted private key in PEM form"
        case .keyDoesNotBelong: "the private key does not belong to the certificate"
        case .notAMasterKey(let path): "\(path) does not hold a master key of 32 bytes"
        case .missing(let path): "\(path) is missing"
        case .unreadable(let path):
            "\(path) cannot be read as a certificate; put it back from a backup"
        case .exists(let path): "\(path) exists already, and keys are never overwritten"
        case .exposed(let path, let mode):
            "\(path) has mode \(String(mode, radix: 8)); run: chmod 600 \(path)"
        case .foreign(let path): "\(path) belongs to another user"
        case .noSuchKey(let fingerprint):
            "no older encryption key has the certificate \(fingerprint)"
        case .revoked(let fingerprint): "the key \(fingerprint) was revoked"
        case .notAHost(let name): "\(name) is neither a host name nor an address"
        }
    }
}
