/// Letters without case and accents, so that `Muñoz`, `MUNOZ` and a garbled `MuÃ±oz` compare equal.
package enum NameFolding {
    /// The folded words of a name; anything but letters and digits separates, apostrophes vanish.
    package static func words(of name: String) -> [String] {
        var words: [String] = []
        var word = ""
        func end() {
            if !word.isEmpty { words.append(word) }
            word = ""
        }
        let scalars = repaired(Array(name.unicodeScalars))
        for (index, scalar) in scalars.enumerated() {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A: word.unicodeScalars.append(scalar)
            case 0x41...0x5A: word.append(letter(scalar.value + 0x20))
            case 0xC6, 0xE6: word += "ae"
            case 0x152, 0x153: word += "oe"
            case 0x132, 0x133: word += "ij"
            case 0xDE, 0xFE: word += "th"
            case 0xDF: word += "ss"
            // Not letters, though they stand among them.
            case 0xD7, 0xF7: end()
            case 0xC0...0xFF: word.append(letter(UInt32(latin1[Int(scalar.value & 0x1F)])))
            case 0x100...0x17F: word.append(letter(UInt32(extendedA[Int(scalar.value - 0x100)])))
            // Accents written as characters of their own, and apostrophes of every kind.
            case 0x300...0x36F, 0x27, 0x60, 0xB4, 0x2019, 0x2BC: continue
            // Inside a word this is an ñ that some system could not store.
            case 0x3F where !word.isEmpty && isLetter(after: index, in: scalars): word += "n"
            case 0x80... where scalar.properties.isAlphabetic:
                word += String(scalar).lowercased()
            default: end()
            }
        }
        end()
        return words
    }

    /// Undoes UTF-8 that was read as Latin-1, where the whole text proves it.
    private static func repaired(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        guard scalars.contains(where: { $0.value == 0xC3 || $0.value == 0xC2 }),
            scalars.allSatisfy({ $0.value < 0x100 }),
            let text = String(validating: scalars.map { UInt8($0.value) }, as: UTF8.self)
        else { return scalars }
        return Array(text.unicodeScalars)
    }

    private static func isLetter(after index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        index + 1 < scalars.count && scalars[index + 1].properties.isAlphabetic
    }

    private static func letter(_ value: UInt32) -> Character {
        Unicode.Scalar(value).map(Character.init) ?? " "
    }

    // From U+00C0 and again from U+00E0; U+0100 to U+017F.
    private static let latin1 = Array("aaaaaaaceeeeiiiidnooooo ouuuuyty".utf8)
    private static let extendedA = Array(
        ("aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
            + "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8
    )
}
