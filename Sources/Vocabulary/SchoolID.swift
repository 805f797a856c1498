/// A public school's number in the National Center for Education Statistics' Common Core of
/// Data: 12 digits, of which the first seven are its district's.
package struct SchoolID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let description: String

    /// Reads exactly 12 digits; `nil` for any other text.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 12, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        description = String(text)
    }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.description < rhs.description }
}

/// A school district's (local education agency's) NCES number: seven digits.
package struct DistrictID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let description: String

    /// Reads exactly seven digits; `nil` for any other text.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 7, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        description = String(text)
    }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.description < rhs.description }
}

extension SchoolID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let identifier = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "not a school number of 12 digits"
            )
        }
        self = identifier
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension DistrictID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let identifier = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "not a district number of seven digits"
            )
        }
        self = identifier
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
