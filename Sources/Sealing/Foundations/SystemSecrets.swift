import COpenSSL
import Casework
package import Vocabulary

/// Randomness and digests from OpenSSL.
package struct SystemSecrets: SecretSource {
    package init() {}

    package func randomBits() -> UInt128 {
        Self.randomBytes(16).reduce(0) { $0 << 8 | UInt128($1) }
    }

    package func digest(of bytes: [UInt8]) -> SHA256Digest {
        do {
            return try sha256(bytes)
        } catch {
            preconditionFailure("OpenSSL has no SHA-256: \(error)")
        }
    }

    /// Bytes that nobody can guess.
    package static func randomBytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard mochila_random(&bytes, count) == 1 else {
            // Going on without randomness would hand out links and keys that can be guessed.
            preconditionFailure("the system's random generator failed")
        }
        return bytes
    }
}
