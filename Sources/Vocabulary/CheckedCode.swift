/// Nine base-32 characters and a check character (Luhn mod 32), as people read it out and type it:
/// what a request number and a student record number have in common.
///
/// The check catches every single mistyped character and every swap of two neighbours but one.
struct CheckedCode: Hashable, Sendable {
    /// What keeps the numbers of one kind from passing for those of another.
    struct Kind {
        /// Two letters, upper case.
        let prefix: String
        /// Where the check's sum starts.
        let start: Int
    }

    /// What is wrong with a text that should be such a code.
    enum Malformed: Error, Equatable {
        case wrongLength(found: Int)
        case unknownCharacter
        case checkCharacterDiffers
    }

    private let values: [UInt8]

    /// Makes the code whose nine characters hold the lowest 45 bits of `bits`.
    init(bits: UInt64, _ kind: Kind) {
        let values = (0..<9).map { UInt8((bits >> UInt64(5 * (8 - $0))) & 31) }
        self.values = values + [Self.checkValue(for: values, kind)]
    }

    /// Reads a code as people type it: any case, with or without prefix, hyphens and spaces, O for
    /// 0 and I or L for 1.
    init(parsing text: some StringProtocol, _ kind: Kind) throws(Malformed) {
        var typed = text.utf8.filter { byte in
            !(byte == UInt8(ascii: "-") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t"))
        }
        let prefix = typed.prefix(2).map { $0 & 0xDF }
        if prefix.elementsEqual(kind.prefix.utf8), typed.count > 10 { typed.removeFirst(2) }
        guard typed.count == 10 else { throw .wrongLength(found: typed.count) }
        var values: [UInt8] = []
        for byte in typed {
            guard let value = CrockfordBase32.value(of: byte) else { throw .unknownCharacter }
            values.append(value)
        }
        guard Self.checkValue(for: Array(values.prefix(9)), kind) == values[9] else {
            throw .checkCharacterDiffers
        }
        self.values = values
    }

    /// `RQ-7Q4K9-2PMXC` for the prefix `RQ`.
    func text(_ kind: Kind) -> String {
        let text = values.map { value in
            let character = CrockfordBase32.character(for: value)
            return character >= UInt8(ascii: "a") ? character - 32 : character
        }
        return "\(kind.prefix)-" + String(decoding: text.prefix(5), as: UTF8.self) + "-"
            + String(decoding: text.suffix(5), as: UTF8.self)
    }

    private static func checkValue(for values: [UInt8], _ kind: Kind) -> UInt8 {
        var sum = kind.start
        for (distance, value) in values.reversed().enumerated() {
            let addend = Int(value) * (distance.isMultiple(of: 2) ? 2 : 1)
            sum += addend / 32 + addend % 32
        }
        return UInt8((32 - sum % 32) % 32)
    }
}
