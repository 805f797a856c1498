/// The body encoding of RFC 2045 for UTF-8 text.
enum QuotedPrintable {
    /// ASCII in lines of at most 76 characters with CRLF between them; CRLF, CR and LF of `text`
    /// each end a line.
    static func encode(_ text: String) -> String {
        lines(of: text).map(encodeLine).joined(separator: "\r\n")
    }

    /// Reads what `encode` writes; `nil` where an `=` is not followed by what must follow it.
    static func decode(_ bytes: some Sequence<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "=") else {
                decoded.append(byte)
                continue
            }
            guard let first = iterator.next(), let second = iterator.next() else { return nil }
            if first == 13, second == 10 { continue }
            guard let high = digit(first), let low = digit(second) else { return nil }
            decoded.append(high << 4 | low)
        }
        return decoded
    }

    /// `=C3`.
    static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return byte < 16 ? "=0\(digits)" : "=\(digits)"
    }

    /// CRLF, CR and LF each end a line.
    private static func lines(of text: String) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case 10 where previous == 13: break
            case 10, 13: lines.append([])
            default: lines[lines.count - 1].append(byte)
            }
            previous = byte
        }
        return lines
    }

    private static func encodeLine(_ line: [UInt8]) -> String {
        var encoded = ""
        var column = 0
        for (position, byte) in line.enumerated() {
            let piece = encodedByte(byte, at: position, of: line, column: column)
            // 75, and the "=" of a soft break makes 76.
            if column + piece.utf8.count > 75 {
                encoded += "=\r\n"
                column = 0
                let first = encodedByte(byte, at: position, of: line, column: 0)
                encoded += first
                column = first.utf8.count
            } else {
                encoded += piece
                column += piece.utf8.count
            }
        }
        return encoded
    }

    private static func encodedByte(
        _ byte: UInt8,
        at position: Int,
        of line: [UInt8],
        column: Int
    ) -> String {
        let isLast = position == line.count - 1
        switch byte {
        case UInt8(ascii: "="): return hexadecimal(byte)
        // Blanks at the end of a line get lost on the way.
        case 9, 32: return isLast ? hexadecimal(byte) : String(UnicodeScalar(byte))
        // A dot at the start of a line ends the message for a server that reads carelessly, and
        // "From " starts another one in old mailboxes.
        case UInt8(ascii: ".") where column == 0, UInt8(ascii: "F") where column == 0:
            return hexadecimal(byte)
        case 33...126: return String(UnicodeScalar(byte))
        default: return hexadecimal(byte)
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
