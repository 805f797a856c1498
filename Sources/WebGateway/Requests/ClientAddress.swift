import Glibc
package import NIOCore

/// Where a connection comes from, as far as limits are concerned: an IPv4 address or a /64 network
/// of IPv6, since that is what one household or school is given.
package struct ClientAddress: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// `unknown` for connections without an address, such as those of a test.
    package init(_ address: SocketAddress?) {
        switch address {
        case .v4: description = address?.ipAddress ?? "unknown"
        case .v6: description = Self.network(of: address?.ipAddress ?? "")
        case .unixDomainSocket: description = "local"
        case nil: description = "unknown"
        }
    }

    private static func network(of text: String) -> String {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, text, &bytes) == 1 else { return "unknown" }
        // IPv4 in IPv6 clothes (RFC 4291, 2.5.5.2), as a dual-stack socket shows it.
        if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
            return bytes[12...].map { String($0) }.joined(separator: ".")
        }
        let groups = stride(from: 0, to: 8, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "::/64"
    }
}
