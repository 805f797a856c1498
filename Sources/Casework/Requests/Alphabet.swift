/// The alphabets whose letters look alike.
enum Alphabet {
    case latin, greek, cyrillic

    /// A word of `text` holds letters of two of them, such as a Cyrillic "а" in "Mаria": no search
    /// would find it, and nobody could see why.
    static func isMixed(_ text: String) -> Bool {
        var seen: Self?
        for scalar in text.unicodeScalars {
            guard let alphabet = Self(scalar) else {
                if scalar.properties.isWhitespace || scalar == "-" { seen = nil }
                continue
            }
            if let seen, seen != alphabet { return true }
            seen = alphabet
        }
        return false
    }

    private init?(_ scalar: Unicode.Scalar) {
        guard scalar.properties.isAlphabetic else { return nil }
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: self = .latin
        case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
        case 0x400...0x52F: self = .cyrillic
        default: return nil
        }
    }
}
