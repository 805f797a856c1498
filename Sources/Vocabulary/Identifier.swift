/// An identifier that cannot be confused with another entity's identifier.
///
/// `Entity` appears only in the type: two kinds of identifier share a representation and nothing
/// else. The 128 bits are random, so an identifier says nothing about who or when, and its text
/// form is 26 lower-case Crockford base-32 characters.
package struct Identifier<Entity>: Hashable, Sendable, RawRepresentable {
    package let rawValue: UInt128

    package init(rawValue: UInt128) {
        self.rawValue = rawValue
    }

    /// Reads the text form; `nil` where `text` is anything else.
    package init?(_ text: some StringProtocol) {
        guard let value = CrockfordBase32.decode(text, bits: 128) else { return nil }
        rawValue = value
    }
}

extension Identifier: CustomStringConvertible, Comparable {
    package var description: String { CrockfordBase32.encode(rawValue, bits: 128) }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
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
