/// Strict DER over bytes in memory, and writing it.
struct DERCursor {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
        end = bytes.count
    }

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position == end }

    /// The next element's tag, without going past it.
    var nextTag: UInt8? { position < end ? bytes[position] : nil }

    /// Everything that is left.
    var rest: [UInt8] { Array(bytes[position..<end]) }

    /// Goes past the next element, which must have this tag.
    ///
    /// - Returns: a cursor over its content, and all of its bytes; `nil` where it is not there or
    ///   is not DER.
    mutating func take(_ tag: UInt8) -> (content: DERCursor, whole: [UInt8])? {
        guard position + 2 <= end, bytes[position] == tag else { return nil }
        let start = position
        let first = bytes[position + 1]
        var contentStart = position + 2
        var length = Int(first)
        if first >= 0x80 {
            let count = Int(first & 0x7F)
            guard (1...3).contains(count), contentStart + count <= end else { return nil }
            length = bytes[contentStart..<(contentStart + count)].reduce(0) { $0 << 8 | Int($1) }
            // The shortest form only.
            guard length >= (count == 1 ? 0x80 : 1 << (8 * (count - 1))) else { return nil }
            contentStart += count
        }
        guard length <= end - contentStart else { return nil }
        position = contentStart + length
        return (DERCursor(bytes, contentStart..<position), Array(bytes[start..<position]))
    }

    /// Goes past an element that must be exactly these bytes.
    mutating func takeExactly(_ expected: [UInt8]) -> Bool {
        guard end - position >= expected.count,
            bytes[position..<(position + expected.count)].elementsEqual(expected)
        else { return false }
        position += expected.count
        return true
    }
}

enum DER {
    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        guard content.count >= 0x80 else { return [tag, UInt8(content.count)] + content }
        var digits: [UInt8] = []
        var rest = content.count
        while rest > 0 {
            digits.insert(UInt8(rest & 0xFF), at: 0)
            rest >>= 8
        }
        return [tag, 0x80 | UInt8(digits.count)] + digits + content
    }

    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let null: [UInt8] = [0x05, 0x00]
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31
}

/// Object identifiers with their tag and length, as they stand in a message.
enum ObjectIdentifier {
    static let data: [UInt8] = [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1]
    /// id-smime-ct-authEnvelopedData, RFC 5083.
    static let authEnvelopedData: [UInt8] = [
        0x06, 11, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 16, 1, 23,
    ]
    static let aes256GCM: [UInt8] = [0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 0x2E]
    static let aes256Wrap: [UInt8] = [0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 0x2D]
    static let sha256: [UInt8] = [0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1]
    static let sha384: [UInt8] = [0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2]
    static let signedData: [UInt8] = [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2]
    static let ecdsaSHA256: [UInt8] = [0x06, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2]
    static let ecdsaSHA384: [UInt8] = [0x06, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 3]
    static let rsaOAEP: [UInt8] = [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 7]
    static let mgf1: [UInt8] = [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 8]
    static let ecPublicKey: [UInt8] = [0x06, 7, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1]
    /// dhSinglePass-stdDH-sha256kdf-scheme, RFC 5753.
    static let ecdhSHA256: [UInt8] = [0x06, 6, 0x2B, 0x81, 0x04, 1, 11, 1]
}
