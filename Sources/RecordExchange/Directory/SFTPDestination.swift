/// Where sealed bundles for a school with its own server are pushed.
package struct SFTPDestination: Hashable, Sendable, Codable {
    package let host: String
    package let port: Int
    package let user: String
    /// Absolute path of the folder on the other server.
    package let folder: String
    /// The server's one accepted host key, as `ssh-ed25519 AAAA…`, without host name or comment.
    package let hostKey: String
    /// Name of the private key file under the installation's `keys/sftp/`; never a path.
    package let keyName: String
    /// May lead to an address that is not of the public internet: only the operator says so.
    package let reachesPrivate: Bool

    package init(
        host: String,
        port: Int,
        user: String,
        folder: String,
        hostKey: String,
        keyName: String,
        reachesPrivate: Bool = false
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.folder = folder
        self.hostKey = hostKey
        self.keyName = keyName
        self.reachesPrivate = reachesPrivate
    }

    /// One from before the last question was asked goes on as its operator set it up.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            host: try fields.decode(String.self, forKey: .host),
            port: try fields.decode(Int.self, forKey: .port),
            user: try fields.decode(String.self, forKey: .user),
            folder: try fields.decode(String.self, forKey: .folder),
            hostKey: try fields.decode(String.self, forKey: .hostKey),
            keyName: try fields.decode(String.self, forKey: .keyName),
            reachesPrivate: try fields.decodeIfPresent(Bool.self, forKey: .reachesPrivate) ?? true
        )
    }
}

/// How sealed bundles reach an organisation besides the signed-in download.
package struct Channel: Hashable, Sendable, Codable {
    package let organization: OrganizationID
    /// The X.509 certificate (PEM) that bundles for it are encrypted to.
    package let certificatePEM: String
    package let sftp: SFTPDestination?
    /// Where this is present bundles go there, and not by SFTP.
    package let https: HTTPSDestination?

    package init(
        organization: OrganizationID,
        certificatePEM: String,
        sftp: SFTPDestination?,
        https: HTTPSDestination? = nil
    ) {
        self.organization = organization
        self.certificatePEM = certificatePEM
        self.sftp = sftp
        self.https = https
    }

    package init(
        organization: OrganizationID,
        certificatePEM: String,
        push: PushDestination?
    ) {
        switch push {
        case .sftp(let server):
            self.init(organization: organization, certificatePEM: certificatePEM, sftp: server)
        case .https(let server):
            self.init(
                organization: organization,
                certificatePEM: certificatePEM,
                sftp: nil,
                https: server
            )
        case nil: self.init(organization: organization, certificatePEM: certificatePEM, sftp: nil)
        }
    }

    /// Where bundles are pushed to; `nil` where they are fetched.
    package var push: PushDestination? { https.map { .https($0) } ?? sftp.map { .sftp($0) } }
}
