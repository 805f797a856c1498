/// Crockford's base 32: digits and letters without I, L, O and U, safe to read out on the phone.
package enum CrockfordBase32 {
    static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// The value of one character, with the letters people mistype read as what they meant
    /// (O as 0, I and L as 1); `nil` where it is no such character.
    package static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "O"), UInt8(ascii: "o"): 0
        case UInt8(ascii: "I"), UInt8(ascii: "i"), UInt8(ascii: "L"), UInt8(ascii: "l"): 1
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): index(of: character + 32)
        default: index(of: character)
        }
    }

    /// The character for a value from 0 to 31, in lower case.
    package static func character(for value: UInt8) -> UInt8 { alphabet[Int(value & 31)] }

    /// Writes the lowest `bits` of `value`, most significant first, in lower case.
    package static func encode(_ value: UInt128, bits: Int) -> String {
        let length = (bits + 4) / 5
        let kept = bits < 128 ? value & (1 << UInt128(bits) - 1) : value
        let characters = (0..<length).map { position in
            character(for: UInt8((kept >> UInt128(5 * (length - 1 - position))) & 31))
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// Reads exactly as many characters as `bits` take; `nil` for any other text.
    package static func decode(_ text: some StringProtocol, bits: Int) -> UInt128? {
        let length = (bits + 4) / 5
        guard text.utf8.count == length else { return nil }
        var result: UInt128 = 0
        for (position, character) in text.utf8.enumerated() {
            guard let value = value(of: character) else { return nil }
            // The first character carries fewer than five bits where five does not divide `bits`.
            if position == 0, Int(value) >> (bits - 5 * (length - 1)) != 0 { return nil }
            result = result << 5 | UInt128(value)
        }
        return result
    }

    private static func index(of character: UInt8) -> UInt8? {
        alphabet.firstIndex(of: character).map(UInt8.init)
    }
}
