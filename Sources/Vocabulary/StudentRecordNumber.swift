/// The number of a person in the student record locator, element 1 of the minimum data elements:
/// printed for the family, and theirs from school to school.
///
/// Nine random base-32 characters (45 bits) and one check character, which catches every single
/// mistyped character and every swap of two neighbours but one. A request number never passes for
/// one: its check counts from another start.
package struct StudentRecordNumber: Hashable, Sendable, CustomStringConvertible {
    private let characters: [UInt8]

    /// Makes the number whose nine characters hold the lowest 45 bits of `bits`.
    package init(bits: UInt64) {
        let values = (0..<9).map { UInt8((bits >> UInt64(5 * (8 - $0))) & 31) }
        characters = values + [Self.checkValue(for: values)]
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
        var typed = text.utf8.filter { byte in
            !(byte == UInt8(ascii: "-") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t"))
        }
        let prefix = typed.prefix(2).map { $0 & 0xDF }
        if prefix.elementsEqual("SR".utf8), typed.count > 10 { typed.removeFirst(2) }
        guard typed.count == 10 else { throw .wrongLength(found: typed.count) }
        var values: [UInt8] = []
        for byte in typed {
            guard let value = CrockfordBase32.value(of: byte) else { throw .unknownCharacter }
            values.append(value)
        }
        guard Self.checkValue(for: Array(values.prefix(9))) == values[9] else {
            throw .checkCharacterDiffers
        }
        characters = values
    }

    /// `SR-7Q4K9-2PMXC`.
    package var description: String {
        let text = characters.map { value in
            let character = CrockfordBase32.character(for: value)
            return character >= UInt8(ascii: "a") ? character - 32 : character
        }
        return "SR-" + String(decoding: text.prefix(5), as: UTF8.self) + "-"
            + String(decoding: text.suffix(5), as: UTF8.self)
    }

    private static func checkValue(for values: [UInt8]) -> UInt8 {
        // Request numbers start from 0.
        var sum = 16
        for (distance, value) in values.reversed().enumerated() {
            let addend = Int(value) * (distance.isMultiple(of: 2) ? 2 : 1)
            sum += addend / 32 + addend % 32
        }
        return UInt8((32 - sum % 32) % 32)
    }
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
