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
        encode(
            UInt64(truncatingIfNeeded: value >> 64),
            UInt64(truncatingIfNeeded: value),
            bits: bits
        )
    }

    /// The same of a number in two words.
    static func encode(_ high: UInt64, _ low: UInt64, bits: Int) -> String {
        let high = high & ~(UInt64.max << UInt64(max(0, bits - 64)))
        let low = low & ~(UInt64.max << UInt64(bits))
        var characters: [UInt8] = []
        characters.reserveCapacity((bits + 4) / 5)
        var shift = UInt64(5 * ((bits + 4) / 5))
        while shift > 0 {
            shift -= 5
            let rest =
                shift >= 64
                ? high &>> (shift - 64)
                : shift == 0 ? low : low &>> shift | high &<< (64 - shift)
            characters.append(character(for: UInt8(truncatingIfNeeded: rest)))
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// Reads exactly as many characters as `bits` take; `nil` for any other text.
    package static func decode(_ text: some StringProtocol, bits: Int) -> UInt128? {
        decodeWords(text, bits: bits).map { UInt128($0.high) << 64 | UInt128($0.low) }
    }

    /// The same as two words.
    static func decodeWords(
        _ text: some StringProtocol,
        bits: Int
    ) -> (high: UInt64, low: UInt64)? {
        let length = (bits + 4) / 5
        guard text.utf8.count == length else { return nil }
        let characters = Array(text.utf8)
        var (high, low): (UInt64, UInt64) = (0, 0)
        for character in characters {
            guard let value = value(of: character) else { return nil }
            high = high &<< 5 | low &>> 59
            low = low &<< 5 | UInt64(value)
        }
        // The first character carries fewer than five bits where five does not divide `bits`.
        guard let first = characters.first.flatMap(value(of:)),
            Int(first) >> (bits - 5 * (length - 1)) == 0
        else { return nil }
        return (high, low)
    }

    private static func index(of character: UInt8) -> UInt8? {
        let value = values[Int(character)]
        return value < 32 ? value : nil
    }

    /// Of each byte its place in the alphabet; 32 for all others.
    private static let values: [UInt8] = (0...UInt8.max).map { byte in
        alphabet.firstIndex(of: byte).map(UInt8.init) ?? 32
    }
}
