import Casework
package import Vocabulary

/// Passwords without the cost of scrypt.
package struct PlainPasswords: PasswordHashing {
    package init() {}

    package var decoy: String { "plain:nobody's" }

    package func hash(_ password: String) async throws -> String { line(for: password) }

    package func verify(_ password: String, against stored: String) async -> Bool {
        line(for: password) == stored
    }

    /// What ``hash(_:)`` gives, for whoever cannot wait.
    package func line(for password: String) -> String {
        "plain:" + ReferenceSHA256.digest(of: Array(password.utf8)).description
    }
}

/// One-time codes that a test can work out: the last six digits of the time step.
package struct CountingCodes: OneTimeCodes {
    private let clock: @Sendable () -> Instant

    /// `clock` stands for the real time that authenticator apps know.
    package init(clock: @escaping @Sendable () -> Instant) {
        self.clock = clock
    }

    package func now() -> Instant { clock() }

    package func makeSecret() -> [UInt8] { Array(repeating: 7, count: 20) }

    /// The code that is right at `instant`.
    package func code(at instant: Instant) -> String {
        let digits = String(instant.millisecondsSince1970 / 30_000 % 1_000_000)
        return String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    package func step(of code: String, secret: [UInt8], at instant: Instant) -> Int64? {
        [0, -1, 1].map { instant.advanced(bySeconds: 30 * $0) }
            .first { self.code(at: $0) == code }
            .map { $0.millisecondsSince1970 / 30_000 }
    }

    package func text(of secret: [UInt8]) -> String {
        secret.map { String($0, radix: 16) }.joined()
    }
}
