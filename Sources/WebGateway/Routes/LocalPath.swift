/// A path on this site, the only thing a response may send a browser to.
package struct LocalPath: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Takes a path from outside, such as where to go after signing in; `nil` where it could lead
    /// to another site or is no path.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        // Browsers read `//host` and `/\host` as another site, and drop tabs and line ends first.
        guard bytes.first == UInt8(ascii: "/"), bytes.count <= 1_024,
            bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }),
            bytes.count < 2 || bytes[1] != UInt8(ascii: "/")
        else { return nil }
        description = String(text)
    }

    /// Fills a route's pattern, in which `{name}` stands for the next of `values`.
    init(pattern: String, values: [String], query: KeyValuePairs<String, String>) {
        var values = values[...]
        let segments = pattern.split(separator: "/").map { segment in
            guard segment.utf8.first == UInt8(ascii: "{") else { return String(segment) }
            return Self.encoded(values.popFirst() ?? "")
        }
        let pairs = query.map { Self.encoded($0.key) + "=" + Self.encoded($0.value) }
        description =
            "/" + segments.joined(separator: "/")
            + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
    }

    /// Takes the percent-encoding off a segment; `nil` where it is none of well-formed text.
    static func decoded(_ segment: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(segment.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            // `UInt8(_:radix:)` would take a sign too.
            guard digits.count == 2, digits.allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16), value != 0
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Percent-encodes everything but RFC 3986's unreserved characters.
    static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: result.append(byte)
            default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
