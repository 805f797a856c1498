package import Vocabulary

/// Encrypts single values of a row, such as a student's identity, under a key outside the store.
package protocol FieldProtection: Sendable {
    /// AES-256-GCM. `context` (table, column, row) is authenticated, so that a value moved to
    /// another row does not open.
    func protect(_ plaintext: [UInt8], context: String) throws -> [UInt8]
    func reveal(_ ciphertext: [UInt8], context: String) throws -> [UInt8]
    /// Keyed digests by which equal values are found without being readable: the first is the one
    /// to store, the others are those of older keys, for looking up.
    func digests(of text: String, context: String) throws -> [[UInt8]]
}

/// Passwords as they may be kept.
package protocol PasswordHashing: Sendable {
    /// Takes tens of milliseconds and tens of megabytes, on purpose; whoever comes while others are
    /// judged waits without holding up anybody else.
    func hash(_ password: String) async throws -> String
    /// Constant-time; `false` also where `stored` is not such a hash.
    func verify(_ password: String, against stored: String) async -> Bool
    /// The hash of a random password nobody has: verifying against it takes the usual time, so
    /// that an unknown address cannot be told from a wrong password.
    var decoy: String { get }
}

/// One-time codes from an authenticator app (RFC 6238, SHA-1, 30 seconds, six digits).
package protocol OneTimeCodes: Sendable {
    /// A new 160-bit secret.
    func makeSecret() -> [UInt8]
    /// The time step that `code` belongs to, one step of drift allowed either way; `nil` where it
    /// is wrong. The caller refuses a step that was used before.
    func step(of code: String, secret: [UInt8], at instant: Instant) -> Int64?
    /// Real time: an authenticator app knows nothing of a manual clock.
    func now() -> Instant
    /// Base 32 (RFC 4648) without padding, for typing into an app.
    func text(of secret: [UInt8]) -> String
}

/// The small cryptographic needs of the use cases.
package protocol SecretSource: Sendable {
    /// A new identifier of 128 random bits from the system's generator.
    func randomBits() -> UInt128
    /// SHA-256.
    func digest(of bytes: [UInt8]) -> SHA256Digest
}

extension SecretSource {
    package func makeIdentifier<Entity>(_: Entity.Type = Entity.self) -> Identifier<Entity> {
        Identifier(rawValue: randomBits())
    }
}
