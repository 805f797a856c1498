package import Casework
package import Vocabulary

/// The 256 random bits in a session's cookie.
///
/// Printed nowhere.
package struct SessionToken: Hashable, Sendable, CustomStringConvertible {
    private let high: UInt128
    private let low: UInt128

    package init(from secrets: some SecretSource) {
        high = secrets.randomBits()
        low = secrets.randomBits()
    }

    /// Reads a cookie's value; `nil` for any other text.
    package init?(cookie text: some StringProtocol) {
        guard text.utf8.count == 52,
            let high = CrockfordBase32.decode(text.prefix(26), bits: 128),
            let low = CrockfordBase32.decode(text.suffix(26), bits: 128)
        else { return nil }
        self.high = high
        self.low = low
    }

    /// As the cookie carries it: 52 characters.
    package var cookieValue: String {
        CrockfordBase32.encode(high, bits: 128) + CrockfordBase32.encode(low, bits: 128)
    }

    /// What the store knows it by.
    ///
    /// Spelled variants of one cookie have one digest.
    package func digest(by secrets: some SecretSource) -> SHA256Digest {
        secrets.digest(of: Array(cookieValue.utf8))
    }

    package var description: String { "<session>" }
}
