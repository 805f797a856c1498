package import Casework
package import Vocabulary

/// The 256 random bits in a session's cookie.
///
/// Printed nowhere.
package struct SessionToken: Hashable, Sendable, CustomStringConvertible {
    // Identifiers and not UInt128, for the reason given there.
    private let high: Identifier<Self>
    private let low: Identifier<Self>

    package init(from secrets: some SecretSource) {
        high = secrets.makeIdentifier()
        low = secrets.makeIdentifier()
    }

    /// Reads a cookie's value; `nil` for any other text.
    package init?(cookie text: some StringProtocol) {
        guard text.utf8.count == 52,
            let high = Identifier<Self>(text.prefix(26)),
            let low = Identifier<Self>(text.suffix(26))
        else { return nil }
        self.high = high
        self.low = low
    }

    /// As the cookie carries it: 52 characters.
    package var cookieValue: String { high.description + low.description }

    /// What the store knows it by.
    ///
    /// Spelled variants of one cookie have one digest.
    package func digest(by secrets: some SecretSource) -> SHA256Digest {
        secrets.digest(of: Array(cookieValue.utf8))
    }

    package var description: String { "<session>" }
}
