/// Turns a file's bytes into UTF-8 as they come in.
package struct TextDecoder: Sendable {
    private let encoding: TextEncoding
    private var toSkip: Int
    private var half: UInt8?
    private var highSurrogate: UInt16?

    /// `skipping`: bytes of a byte order mark at the beginning.
    package init(_ encoding: TextEncoding, skipping: Int = 0) {
        self.encoding = encoding
        toSkip = skipping
    }

    /// The next bytes in UTF-8; what is no text becomes U+FFFD.
    package mutating func decode(_ bytes: [UInt8]) -> [UInt8] {
        let skipped = min(toSkip, bytes.count)
        toSkip -= skipped
        let rest = bytes[skipped...]
        switch encoding {
        case .utf8: return skipped == 0 ? bytes : Array(rest)
        case .windows1252: return Self.fromWindows1252(rest)
        case .utf16LittleEndian, .utf16BigEndian: return fromUTF16(rest)
        }
    }

    /// Says that nothing follows; what is left over of a character cut off becomes U+FFFD.
    package mutating func finish() -> [UInt8] {
        defer { (half, highSurrogate) = (nil, nil) }
        return half == nil && highSurrogate == nil ? [] : Self.replacement
    }

    private static func fromWindows1252(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return Array(bytes) }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + 64)
        for byte in bytes {
            if byte < 0x80 { out.append(byte) } else { append(Windows1252.scalar(of: byte), &out) }
        }
        return out
    }

    private mutating func fromUTF16(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        for byte in bytes {
            guard let first = half else {
                half = byte
                continue
            }
            half = nil
            let unit =
                encoding == .utf16LittleEndian
                ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte)
            take(unit, &out)
        }
        return out
    }

    private mutating func take(_ unit: UInt16, _ out: inout [UInt8]) {
        if let high = highSurrogate {
            highSurrogate = nil
            if (0xDC00...0xDFFF).contains(unit) {
                let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
                Self.append(Unicode.Scalar(value), &out)
                return
            }
            out += Self.replacement
        }
        switch unit {
        case 0xD800...0xDBFF: highSurrogate = unit
        case 0xDC00...0xDFFF: out += Self.replacement
        default: Self.append(Unicode.Scalar(unit), &out)
        }
    }

    private static let replacement = Array("\u{FFFD}".utf8)

    private static func append(_ scalar: Unicode.Scalar?, _ out: inout [UInt8]) {
        out += Array(String(scalar ?? "\u{FFFD}").utf8)
    }
}

/// The code page of older Windows programs.
package enum Windows1252 {
    /// `nil` for the five bytes it leaves undefined.
    package static func scalar(of byte: UInt8) -> Unicode.Scalar? {
        guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
        return upper[Int(byte - 0x80)].flatMap(Unicode.Scalar.init)
    }

    /// `nil` where the code page has no such character.
    package static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        if scalar.value < 0x80 || (0xA0...0xFF).contains(scalar.value) {
            return UInt8(scalar.value)
        }
        if let index = upper.firstIndex(of: scalar.value) { return UInt8(index + 0x80) }
        // Programs pass the undefined ones through as control characters.
        return (0x80...0x9F).contains(scalar.value) ? UInt8(scalar.value) : nil
    }

    private static let upper: [UInt32?] = [
        0x20AC, nil, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
        0x0152, nil, 0x017D, nil, nil, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, nil, 0x017E, 0x0178,
    ]
}

/// Text that was UTF-8, was taken for Windows-1252 and written as UTF-8 again: `JosÃ©`.
package enum TwiceEncoded {
    /// The text as it was; `nil` where it is not such a text.
    ///
    /// Also where it happened several times, one program after the other, and where letters were
    /// made large or small in between: `Muã±Oz`.
    package static func repaired(_ text: String) -> String? {
        var repaired: String?
        for _ in 0..<mostTimes {
            let current = repaired ?? text
            guard let next = whole(current) ?? pieces(current) else { break }
            repaired = next
        }
        return repaired
    }

    private static let mostTimes = 3

    /// Puts right pairs that stand in no text of any language: a first byte seen as a letter, and
    /// behind it a second one seen as a control character or a sign that is in no name.
    private static func pieces(_ text: String) -> String? {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var position = 0
        while position < scalars.count {
            let lead = scalars[position].value
            // The letters à and å are Ã and Å, made small.
            let isSmall = (0xE3...0xE5).contains(lead)
            guard isSmall || (0xC3...0xC5).contains(lead), position + 1 < scalars.count,
                isInNoName(scalars[position + 1].value),
                let scalar = Unicode.Scalar(
                    (lead & 0x1F) << 6 | scalars[position + 1].value & 0x3F
                )
            else {
                result.append(scalars[position])
                position += 1
                continue
            }
            position += 2
            guard isSmall else {
                result.append(scalar)
                continue
            }
            result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            // What made the one small took the next for the beginning of a word.
            if position < scalars.count {
                let next = scalars[position].properties.lowercaseMapping
                result.append(contentsOf: next.unicodeScalars)
                position += 1
            }
        }
        let repaired = String(result)
        return repaired.unicodeScalars.elementsEqual(scalars) ? nil : repaired
    }

    /// Control characters, and signs; not the space, the accent and the point, which do occur.
    private static func isInNoName(_ value: UInt32) -> Bool {
        switch value {
        case 0xA0, 0xB4, 0xB7: false
        default: (0x80...0xBF).contains(value)
        }
    }

    private static func whole(_ text: String) -> String? {
        // Both lead bytes of accented Latin letters, seen as Windows-1252.
        guard text.unicodeScalars.contains(where: { (0xC2...0xC5).contains($0.value) }) else {
            return nil
        }
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard let byte = Windows1252.byte(of: scalar) else { return nil }
            bytes.append(byte)
        }
        guard let repaired = String(validating: bytes, as: UTF8.self), repaired != text else {
            return nil
        }
        return repaired
    }
}
