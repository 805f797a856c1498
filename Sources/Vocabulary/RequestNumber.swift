/// The number people use for a record request: on paper, on the phone, in a subject line.
///
/// Nine random base-32 characters (45 bits) and one check character (Luhn mod 32), which catches
/// every single mistyped character and every swap of two neighbours but one. It opens nothing:
/// no token is derived from it.
package struct RequestNumber: Hashable, Sendable, CustomStringConvertible {
    private static let kind = CheckedCode.Kind(prefix: "RQ", start: 0)
    private let code: CheckedCode

    /// Makes the number whose nine characters hold the lowest 45 bits of `bits`.
    package init(bits: UInt64) {
        code = CheckedCode(bits: bits, Self.kind)
    }

    /// What is wrong with a text that should be a request number.
    package enum Malformed: Error, Equatable, Sendable {
        /// It does not have ten characters after the prefix.
        case wrongLength(found: Int)
        /// It holds a character that no request number has.
        case unknownCharacter
        /// One character was mistyped or two were swapped.
        case checkCharacterDiffers
    }

    /// Reads a number as people type it: any case, with or without prefix, hyphens and spaces,
    /// O for 0 and I or L for 1.
    package init(parsing text: some StringProtocol) throws(Malformed) {
        do {
            code = try CheckedCode(parsing: text, Self.kind)
        } catch {
            switch error {
            case .wrongLength(let found): throw .wrongLength(found: found)
            case .unknownCharacter: throw .unknownCharacter
            case .checkCharacterDiffers: throw .checkCharacterDiffers
            }
        }
    }

    /// `RQ-7Q4K9-2PMXC`.
    package var description: String { code.text(Self.kind) }
}

extension RequestNumber: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = try Self(parsing: try container.decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
