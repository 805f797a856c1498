/// Where a webhook goes: `https://host[:port]/path`, nothing cleverer.
///
/// Whether the host may be talked to is decided where the connection is made, by the address that
/// it has at that moment.
package struct WebhookURL: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The whole of it; it may hold a secret of its receiver's, so only `host` goes into logs.
    package let description: String
    package let host: String
    package let port: Int

    package struct Malformed: Error, Hashable, Sendable {
        package init() {}
    }

    package static let longest = 1_000

    package init(parsing text: String) throws(Malformed) {
        let start = "https://"
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.longest, bytes.starts(with: start.utf8),
            bytes.allSatisfy({ (0x21...0x7E).contains($0) }),
            !bytes.contains(where: { "#\"<>\\^`{|}".utf8.contains($0) })
        else { throw Malformed() }
        let rest = bytes.dropFirst(start.utf8.count)
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        let parts = authority.split(
            separator: UInt8(ascii: ":"),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard let name = parts.first, Self.isHost(name) else { throw Malformed() }
        port = try Self.port(parts.dropFirst().first)
        host = String(decoding: name, as: UTF8.self)
        description = text
    }

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        do {
            try self.init(parsing: text)
        } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no webhook address")
            )
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private static func port(_ text: ArraySlice<UInt8>?) throws(Malformed) -> Int {
        guard let text else { return 443 }
        guard (1...5).contains(text.count), text.allSatisfy({ (48...57).contains($0) }),
            let port = Int(String(decoding: text, as: UTF8.self)), (1...65_535).contains(port)
        else { throw Malformed() }
        return port
    }

    /// Small letters, digits, hyphens and dots: a name, or an IPv4 address as it is usually
    /// written.
    ///
    /// No user, no password and no other notation of an address fits.
    private static func isHost(_ text: ArraySlice<UInt8>) -> Bool {
        let labels = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return text.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
                    && label.last != UInt8(ascii: "-")
                    && label.allSatisfy {
                        (97...122).contains($0) || (48...57).contains($0) || $0 == 45
                    }
            }
    }
}
