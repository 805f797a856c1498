package import Vocabulary

/// Who the gateway says it is to partners' servers.
extension GatewayKeys {
    static let clientName = "client"

    /// The pair that the gateway shows to other servers, in `client.pem` and `client.key`; `nil`
    /// until one was made.
    package func client() throws -> KeyPair? {
        let path = "\(folder)/\(Self.clientName)"
        guard Folder.isFile("\(path).key") else { return nil }
        return try KeyPair(certificateFile: "\(path).pem", keyFile: "\(path).key")
    }

    /// Makes a new pair, in the place of the one that is there.
    ///
    /// Nothing was sealed or signed with the old one, so nothing of it is kept. A partner that
    /// knows the gateway's authority lets the new one in by itself.
    package func renewClient(at instant: Instant) throws -> KeyPair {
        let name = Self.clientName
        let fresh = try CertificateOrder(
            .tlsClient,
            commonName: "\(organization) client",
            organization: organization,
            at: instant,
            days: 2 * 365
        ).issue(by: try loadAuthority())
        Self.removeLeftovers(of: name, in: folder)
        try fresh.write(into: folder, named: "\(name)-new")
        // In the order that `mend` can end where it is cut.
        try Folder.replace("\(folder)/\(name)-new.key", over: "\(folder)/\(name).key")
        try Self.mend(name, in: folder)
        try Folder.synchronize(folder)
        return fresh
    }
}
