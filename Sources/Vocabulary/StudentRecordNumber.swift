/// The number of a person in the student record locator, element 1 of the minimum data elements:
/// printed for the family, and theirs from school to school.
///
/// Nine random base-32 characters (45 bits) and one check character, which catches every single
/// mistyped character and every swap of two neighbours but one. A request number never passes for
/// one: its check counts from another start.
package struct StudentRecordNumber: Hashable, Sendable, CustomStringConvertible {
    // Request numbers start from 0.
    private static let kind = CheckedCode.Kind(prefix: "SR", start: 16)
    private let code: CheckedCode

    /// Makes the number whose nine characters hold the lowest 45 bits of `bits`.
    package init(bits: UInt64) {
        code = CheckedCode(bits: bits, Self.kind)
    }

    /// What is wrong with a text that should be a student record number.
    package enum Malformed: Error, Equatable, Sendable {
        /// It does not have ten characters after the prefix.
        case wrongLength(found: Int)
        /// It holds a character that no such number has.
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

    /// `SR-7Q4K9-2PMXC`.
    package var description: String { code.text(Self.kind) }
}

extension StudentRecordNumber: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = try Self(parsing: try container.decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
