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

    package init(
        host: String,
        port: Int,
        user: String,
        folder: String,
        hostKey: String,
        keyName: String
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.folder = folder
        self.hostKey = hostKey
        self.keyName = keyName
    }
}

/// How sealed bundles reach an organisation besides the signed-in download.
package struct Channel: Hashable, Sendable, Codable {
    package let organization: OrganizationID
    /// The X.509 certificate (PEM) that bundles for it are encrypted to.
    package let certificatePEM: String
    package let sftp: SFTPDestination?

    package init(organization: OrganizationID, certificatePEM: String, sftp: SFTPDestination?) {
        self.organization = organization
        self.certificatePEM = certificatePEM
        self.sftp = sftp
    }
}
