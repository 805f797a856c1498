package import SFTPProtocol

/// What a file of a partner's folder on disk is called.
///
/// A partner's name stands in it encoded, so that no name from outside becomes a path; what
/// follows says what the file is.
package enum StoredEntry: Hashable, Sendable {
    /// `in`: being written, or cut, or with a name that says it is unfinished.
    case part(DropName)
    /// `in`: was submitted; as long as what was sent, and the same file until the gateway has dealt
    /// with it, from then on empty of bytes.
    case sent(DropName)
    /// `queue`: submitted and durable, waiting for the gateway; `stamp` tells two of one name
    /// apart and is in the order of time.
    case queued(DropName, stamp: Stamp)
    /// `out`, `fetched`, `receipts`.
    case plain(DropName)

    package init?(entry: String) {
        let parts = entry.split(separator: ".", omittingEmptySubsequences: false)
        switch (parts.count, parts.last) {
        case (1, _):
            guard let name = DropName(encoded: parts[0]) else { return nil }
            self = .plain(name)
        case (2, "part"):
            guard let name = DropName(encoded: parts[0]) else { return nil }
            self = .part(name)
        case (2, "sent"):
            guard let name = DropName(encoded: parts[0]) else { return nil }
            self = .sent(name)
        case (2, _):
            guard let stamp = Stamp(text: parts[0]), let name = DropName(encoded: parts[1]) else {
                return nil
            }
            self = .queued(name, stamp: stamp)
        default: return nil
        }
    }

    /// The name on disk: letters, digits, `-`, `_` and `.`, at most 255 bytes.
    package var entry: String {
        switch self {
        case .part(let name): name.encoded + ".part"
        case .sent(let name): name.encoded + ".sent"
        case .queued(let name, let stamp): "\(stamp.text).\(name.encoded)"
        case .plain(let name): name.encoded
        }
    }

    package var name: DropName {
        switch self {
        case .part(let name), .sent(let name), .queued(let name, _), .plain(let name): name
        }
    }
}

/// When something was submitted, and by which process: no two are equal.
package struct Stamp: Hashable, Sendable {
    /// 24 hexadecimal digits.
    package let text: String

    package init(nanoseconds: UInt64, process: UInt32) {
        text =
            Self.hexadecimal(nanoseconds, digits: 16) + Self.hexadecimal(UInt64(process), digits: 8)
    }

    init?(text: Substring) {
        let isDigit = { (byte: UInt8) in (48...57).contains(byte) || (97...102).contains(byte) }
        guard text.utf8.count == 24, text.utf8.allSatisfy(isDigit) else { return nil }
        self.text = String(text)
    }

    private static func hexadecimal(_ value: UInt64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}

extension DropName {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
    )

    /// Base 64 in the alphabet for file names, without padding.
    package var encoded: String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let some = bytes[start..<min(start + 3, bytes.count)]
            let bits = some.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - some.count))
            for place in 0...some.count {
                result.append(Self.alphabet[bits >> (18 - 6 * place) & 63])
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// `nil` where it is not what `encoded` makes of a name.
    package init?(encoded: Substring) {
        var bytes: [UInt8] = []
        var bits = 0
        var count = 0
        for byte in encoded.utf8 {
            guard let value = Self.alphabet.firstIndex(of: byte) else { return nil }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count & 255))
                bits &= (1 << count) - 1
            }
        }
        guard let name = try? DropName(bytes), name.encoded == encoded else { return nil }
        self = name
    }
}
