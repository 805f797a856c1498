/// An identifier that cannot be confused with another entity's identifier.
///
/// `Entity` appears only in the type: two kinds of identifier share a representation and nothing
/// else. The 128 bits are random, so an identifier says nothing about who or when, and its text
/// form is 26 lower-case Crockford base-32 characters.
package struct Identifier<Entity>: Hashable, Sendable {
    // Two words and not a UInt128: handed to an async function whose arguments no longer fit the
    // registers, a UInt128 corrupts the waiting task (Swift 6.3.1 with
    // NonisolatedNonsendingByDefault; about every second call ended the program). And no
    // RawRepresentable, which would put the raw value together for every comparison.
    private let high: UInt64
    private let low: UInt64

    package var rawValue: UInt128 { UInt128(high) << 64 | UInt128(low) }

    package init(rawValue: UInt128) {
        high = UInt64(truncatingIfNeeded: rawValue >> 64)
        low = UInt64(truncatingIfNeeded: rawValue)
    }

    /// Reads the text form; `nil` where `text` is anything else.
    package init?(_ text: some StringProtocol) {
        guard let words = CrockfordBase32.decodeWords(text, bits: 128) else { return nil }
        (high, low) = words
    }
}

extension Identifier: CustomStringConvertible, Comparable {
    package var description: String { CrockfordBase32.encode(high, low, bits: 128) }

    package static func < (lhs: Self, rhs: Self) -> Bool {
        lhs.high == rhs.high ? lhs.low < rhs.low : lhs.high < rhs.high
    }
}

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let identifier = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "not an identifier of 26 base-32 characters"
            )
        }
        self = identifier
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
