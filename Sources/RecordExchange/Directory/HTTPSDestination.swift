/// Where sealed bundles are put over HTTPS for an organisation whose system takes them that way.
package struct HTTPSDestination: Hashable, Sendable, Codable {
    /// `https://host[:port]/folder`: each bundle is put under its own name in there.
    ///
    /// Its path may be a secret of its owner's, so that only the host goes into logs.
    package let url: String
    /// May lead to an address that is not of the public internet: only the operator says so.
    package let reachesPrivate: Bool
    /// PEM of the one authority that is believed about this server; `nil` for the system's.
    package let authorityPEM: String?

    package init(url: String, reachesPrivate: Bool = false, authorityPEM: String? = nil) {
        self.url = url
        self.reachesPrivate = reachesPrivate
        self.authorityPEM = authorityPEM
    }
}

/// The one server that an organisation's bundles are pushed to.
package enum PushDestination: Hashable, Sendable {
    case sftp(SFTPDestination)
    case https(HTTPSDestination)

    package var way: Delivery.Way {
        switch self {
        case .sftp: .sftpPush
        case .https: .httpsPush
        }
    }
}
