/// Host names and addresses as an operator types them.
enum HostText {
    /// A DNS name of letters, digits and hyphens (RFC 1123), an IPv4 or an IPv6 address.
    static func isHost(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        if bytes.contains(UInt8(ascii: ":")) {
            return (2...45).contains(bytes.count)
                && bytes.allSatisfy { isHexadecimal($0) || $0 == 58 || $0 == 46 }
        }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return bytes.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != 45 && label.last != 45
                    && label.allSatisfy { isAlphanumeric($0) || $0 == 45 }
            }
    }

    static func isLoopback(_ host: String) -> Bool {
        ["localhost", "127.0.0.1", "::1"].contains(host.lowercased())
    }

    /// `https://host[:port]` in lower case, with its host; a trailing slash is dropped.
    static func httpsAddress(_ text: String) -> (address: String, host: String)? {
        let scheme = "https://"
        let lower = text.lowercased()
        guard lower.utf8.starts(with: scheme.utf8) else { return nil }
        var rest = lower.utf8.dropFirst(scheme.utf8.count)
        if rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
        let parts = rest.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count) else { return nil }
        let host = String(decoding: parts[0], as: UTF8.self)
        guard isHost(host) else { return nil }
        if parts.count == 2 {
            let port = String(decoding: parts[1], as: UTF8.self)
            guard port.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(port),
                (1...65_535).contains(number)
            else { return nil }
            // The port everybody means is not written, so that an address has one spelling.
            return number == 443
                ? (scheme + host, host) : ("\(scheme)\(host):\(number)", host)
        }
        return (scheme + host, host)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte & 0xDF)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...70).contains(byte & 0xDF)
    }
}
