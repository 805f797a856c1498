/// The names under which browsers may reach this gateway.
///
/// Links in mails are built from the configuration alone; the Host header is only ever compared
/// with this list, since what a client writes there has been an injection before (CVE-2021-27101).
package struct SiteAddress: Hashable, Sendable {
    /// Lower case, without a port.
    package let hosts: Set<String>
    /// Under TLS: `https` in origins, `__Host-` cookies, strict transport security.
    package let isSecure: Bool

    package init(hosts: Set<String>, isSecure: Bool) {
        self.hosts = Set(hosts.map { $0.lowercased() })
        self.isSecure = isSecure
    }

    /// The demonstration's: loopback only, without TLS.
    package static let loopback = Self(
        hosts: ["localhost", "127.0.0.1", "[::1]"],
        isSecure: false
    )

    /// Whether `authority`, as a Host header has it, is one of our names with or without a port.
    package func accepts(authority: String) -> Bool {
        let bytes = Array(authority.utf8)
        guard bytes.count <= 260 else { return false }
        var name = bytes[...]
        // The last colon starts a port unless it stands inside an IPv6 address.
        if let colon = bytes.lastIndex(of: UInt8(ascii: ":")), !bytes[colon...].contains(0x5D) {
            let port = bytes[(colon + 1)...]
            guard (1...5).contains(port.count), port.allSatisfy({ (48...57).contains($0) }) else {
                return false
            }
            name = bytes[..<colon]
        }
        guard name.allSatisfy({ $0 < 0x80 }) else { return false }
        return hosts.contains(String(decoding: name, as: UTF8.self).lowercased())
    }

    /// The origin that pages of ours have, for a request with this (accepted) authority.
    func origin(forAuthority authority: String) -> String {
        (isSecure ? "https://" : "http://") + authority.lowercased()
    }
}
