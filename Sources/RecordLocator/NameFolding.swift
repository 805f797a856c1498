/// Letters without case and accents, so that `Muñoz`, `MUNOZ` and a garbled `MuÃ±oz` compare equal.
package enum NameFolding {
    /// The folded words of a name; anything but letters and digits separates, apostrophes vanish.
    package static func words(of name: String) -> [String] {
        let text = Array(name.utf8)
        var words = FoldedWords()
        words.read(text, 0..<text.count)
        return words.ranges.map { String(decoding: words.bytes[$0], as: UTF8.self) }
    }
}

/// The folded words of some text, in one buffer that is used again: millions of names are read
/// when an index is built.
struct FoldedWords {
    private(set) var bytes: [UInt8] = []
    /// Where each word stands in `bytes`.
    private(set) var ranges: [Range<Int>] = []
    private var start = 0

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        start = 0
    }

    /// Appends the words of `text[range]`, which is UTF-8; bytes that are not separate words.
    mutating func read(_ text: [UInt8], _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = text[index]
            if byte < 0x80 {
                let folded = Self.ascii[Int(byte)]
                if folded > 1 {
                    bytes.append(folded)
                } else if byte == 0x3F, isInsideWord, Self.isLetter(text, index + 1, range) {
                    // This is an ñ that some system could not store.
                    bytes.append(UInt8(ascii: "n"))
                } else if folded == 0 {
                    end()
                }
                index += 1
            } else {
                var decoded = Self.scalar(text, index, range.upperBound)
                index += decoded.length
                // UTF-8 that was read as Latin-1 or Windows-1252, possibly put into small letters
                // since: no name has Ã before a sign of that range.
                if [0xC2, 0xC3, 0xE2, 0xE3].contains(decoded.value), index < range.upperBound {
                    let next = Self.scalar(text, index, range.upperBound)
                    if let low = Self.garbled(next.value) {
                        decoded.value = (decoded.value & 0x1F) << 6 | (low & 0x3F)
                        if decoded.value < 0x80 { decoded.value |= 0x80 }
                        index += next.length
                    }
                }
                fold(decoded.value)
            }
        }
        end()
    }

    private var isInsideWord: Bool { bytes.count > start }

    private mutating func end() {
        if isInsideWord { ranges.append(start..<bytes.count) }
        start = bytes.count
    }

    private mutating func fold(_ scalar: UInt32) {
        switch scalar {
        case 0xC6, 0xE6: append("ae")
        case 0x152, 0x153: append("oe")
        case 0x132, 0x133: append("ij")
        case 0xDE, 0xFE: append("th")
        case 0xDF: append("ss")
        // Not letters, though they stand among them.
        case 0xD7, 0xF7: end()
        case 0xC0...0xFF: bytes.append(Self.latin1[Int(scalar & 0x1F)])
        case 0x100...0x17F: bytes.append(Self.extendedA[Int(scalar - 0x100)])
        // Accents written as characters of their own, and apostrophes of every kind.
        case 0x300...0x36F, 0xB4, 0x2019, 0x2BC: break
        default:
            guard let letter = Unicode.Scalar(scalar), letter.properties.isAlphabetic else {
                return end()
            }
            bytes.append(contentsOf: letter.properties.lowercaseMapping.utf8)
        }
    }

    private mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: 2))
    }

    private static func isLetter(_ text: [UInt8], _ index: Int, _ range: Range<Int>) -> Bool {
        guard index < range.upperBound else { return false }
        return text[index] >= 0x80 || ascii[Int(text[index])] >= 0x61
    }

    /// The scalar at a position; U+0000 and one byte where there is none.
    private static func scalar(
        _ text: [UInt8],
        _ index: Int,
        _ end: Int
    ) -> (value: UInt32, length: Int) {
        let lead = text[index]
        let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard lead < 0x80 || lead >= 0xC2, index + length <= end else { return (0, 1) }
        var value = UInt32(lead) & (length == 1 ? 0x7F : 0xFF >> UInt32(length + 1))
        for byte in text[index + 1..<index + length] {
            guard byte & 0xC0 == 0x80 else { return (0, 1) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        return (value, length)
    }

    /// The continuation byte that a scalar stands for where UTF-8 was misread.
    private static func garbled(_ scalar: UInt32) -> UInt32? {
        if (0x80...0xBF).contains(scalar) { return scalar }
        guard scalar > 0x151 else { return nil }
        return windows1252.firstIndex(of: scalar).map { UInt32($0) + 0x80 }
    }

    // 0 separates, 1 vanishes.
    private static let ascii: [UInt8] = (0..<128).map { (byte: UInt8) in
        switch byte {
        case 0x30...0x39, 0x61...0x7A: byte
        case 0x41...0x5A: byte + 0x20
        case 0x27, 0x60: 1
        default: 0
        }
    }
    // From U+00C0 and again from U+00E0; U+0100 to U+017F.
    private static let latin1 = Array("aaaaaaaceeeeiiiidnooooo ouuuuyty".utf8)
    private static let extendedA = Array(
        ("aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
            + "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8
    )
    // What 0x80 to 0x9F are in Windows-1252.
    private static let windows1252: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039,
        0x152, 0x8D, 0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
    ]
}
