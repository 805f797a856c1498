/// The postal code of a state, DC, Puerto Rico, an outlying area or a freely associated state.
package struct StateCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let description: String

    /// Reads a two-letter code in any case; `nil` where there is no such state.
    package init?(_ text: some StringProtocol) {
        // Bytes, not Characters: the ligature "ﬂ" in capitals is Florida, and the Kelvin sign
        // equals the letter K.
        guard text.utf8.count == 2,
            text.utf8.allSatisfy({ (65...90).contains($0 & 0xDF) })
        else { return nil }
        let code = String(decoding: text.utf8.map { $0 & 0xDF }, as: UTF8.self)
        guard Self.known.contains(code) else { return nil }
        description = code
    }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.description < rhs.description }

    /// All 59 codes in alphabetical order.
    package static let all: [Self] = known.sorted().compactMap { Self($0) }

    private static let known: Set<String> = [
        "AK", "AL", "AR", "AS", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "FM", "GA", "GU", "HI",
        "IA", "ID", "IL", "IN", "KS", "KY", "LA", "MA", "MD", "ME", "MH", "MI", "MN", "MO", "MP",
        "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY", "OH", "OK", "OR", "PA", "PR",
        "PW", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VI", "VT", "WA", "WI", "WV", "WY",
    ]
}

extension StateCode: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let code = Self(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "no state has the code \(text)"
            )
        }
        self = code
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
