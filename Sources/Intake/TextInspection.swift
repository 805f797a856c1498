/// Checks byte by byte that a file is text without control characters, and in which encoding.
///
/// Text is UTF-8 or, with its mark, UTF-16. Other bytes may be the Western page of older
/// spreadsheets; every byte means something there, so that more is asked of a file before it
/// counts as one: see `SingleBytes`.
struct TextInspection: Sendable {
    private enum Course: Sendable {
        case wide(WideUnits)
        case narrow(UTF8Sequences, SingleBytes)
    }

    private var course: Course

    /// `opening`: the first bytes, of which the mark of UTF-16 is two.
    init(opening: [UInt8]) {
        course =
            if opening.starts(with: [0xFF, 0xFE]) {
                .wide(WideUnits(isLittle: true))
            } else if opening.starts(with: [0xFE, 0xFF]) {
                .wide(WideUnits(isLittle: false))
            } else {
                .narrow(UTF8Sequences(), SingleBytes())
            }
    }

    /// The encoding, once the last byte was read; `nil` for one that is not taken.
    var encoding: TextEncoding? {
        switch course {
        case .wide(let units): units.isWhole ? .utf16 : nil
        case .narrow(let sequences, let single):
            if sequences.isWhole { .utf8 } else { fits(sequences, single) ? .western : nil }
        }
    }

    // What holds a whole character of UTF-8 is UTF-8 with a fault, or two encodings in one file:
    // read as the Western page, every such name would silently become another.
    private func fits(_ sequences: UTF8Sequences, _ single: SingleBytes) -> Bool {
        single.isWestern && !sequences.hasCharacter && !sequences.endsInCharacter
    }

    /// `false` where the bytes cannot be part of a text in any encoding that is taken.
    mutating func accepts(_ bytes: UnsafeRawBufferPointer) -> Bool {
        switch course {
        case .wide(var units):
            for byte in bytes where !units.accepts(byte) { return false }
            course = .wide(units)
        case .narrow(var sequences, var single):
            for byte in bytes {
                switch byte {
                case 0x09, 0x0A, 0x0C, 0x0D: break
                case 0..<0x20, 0x7F: return false
                default: break
                }
                sequences.read(byte)
                single.read(byte)
            }
            course = .narrow(sequences, single)
        }
        return true
    }
}

/// Whether bytes are well-formed UTF-8.
private struct UTF8Sequences: Sendable {
    // What the next byte must be while a character of several bytes is not complete.
    private var bytesLeft = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF
    private var isBegun = false
    private var isWellFormed = true
    /// A character of several bytes came whole.
    private(set) var hasCharacter = false

    var isWhole: Bool { isWellFormed && bytesLeft == 0 }
    /// The last bytes are the beginning of a character, and more than its first byte.
    var endsInCharacter: Bool { bytesLeft > 0 && isBegun }

    mutating func read(_ byte: UInt8) {
        if bytesLeft > 0 {
            if byte >= lowest, byte <= highest {
                (bytesLeft, lowest, highest, isBegun) = (bytesLeft - 1, 0x80, 0xBF, true)
                if bytesLeft == 0 { hasCharacter = true }
                return
            }
            isWellFormed = false
            (bytesLeft, lowest, highest) = (0, 0x80, 0xBF)
        }
        isBegun = false
        switch byte {
        case 0..<0x80: break
        // Unicode, table 3-7: well-formed byte sequences.
        case 0xC2...0xDF: bytesLeft = 1
        case 0xE0: (bytesLeft, lowest) = (2, 0xA0)
        case 0xED: (bytesLeft, highest) = (2, 0x9F)
        case 0xE1...0xEF: bytesLeft = 2
        case 0xF0: (bytesLeft, lowest) = (3, 0x90)
        case 0xF4: (bytesLeft, highest) = (3, 0x8F)
        case 0xF1...0xF3: bytesLeft = 3
        default: isWellFormed = false
        }
    }
}

/// Whether bytes may be Windows-1252.
private struct SingleBytes: Sendable {
    private var count = 0
    private var accented = 0
    private var isDefined = true

    /// Every byte has a meaning, and few are more than ASCII.
    ///
    /// Texts in languages with Latin letters have an accent here and there. Where more than one
    /// byte in four has one it is another page, Cyrillic or Japanese, or no text at all.
    var isWestern: Bool { isDefined && accented * 4 <= count }

    mutating func read(_ byte: UInt8) {
        count += 1
        guard byte >= 0x80 else { return }
        accented += 1
        switch byte {
        case 0x81, 0x8D, 0x8F, 0x90, 0x9D: isDefined = false
        default: break
        }
    }
}

/// Whether bytes are well-formed UTF-16 without control characters.
private struct WideUnits: Sendable {
    private let isLittle: Bool
    private var first: UInt8?
    private var awaitsLow = false

    init(isLittle: Bool) {
        self.isLittle = isLittle
    }

    var isWhole: Bool { first == nil && !awaitsLow }

    mutating func accepts(_ byte: UInt8) -> Bool {
        guard let other = first else {
            first = byte
            return true
        }
        first = nil
        let (high, low) = isLittle ? (byte, other) : (other, byte)
        let unit = UInt16(high) << 8 | UInt16(low)
        if awaitsLow {
            awaitsLow = false
            return (0xDC00...0xDFFF).contains(unit)
        }
        switch unit {
        case 0x09, 0x0A, 0x0C, 0x0D: return true
        case 0..<0x20, 0x7F...0x9F, 0xDC00...0xDFFF, 0xFFFE, 0xFFFF: return false
        case 0xD800...0xDBFF:
            awaitsLow = true
            return true
        default: return true
        }
    }
}
