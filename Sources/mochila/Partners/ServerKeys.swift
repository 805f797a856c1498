import RecordExchange
import Sealing
import Vocabulary

/// The public keys that a partner's SFTP server shows.
///
/// Whoever stands in the way can show keys of their own: they are for comparing with what the
/// partner reads out, and are never believed by themselves.
struct ServerKeys {
    let host: String
    let port: Int

    /// Asks the server for each kind of key that the gateway can pin; nobody signs in.
    func seen() throws -> [SSHKey] {
        // A host that begins with a hyphen would be an option.
        guard !host.isEmpty, !host.hasPrefix("-"), (1...65_535).contains(port) else {
            throw UsageFailure("\(host), port \(port): not a server")
        }
        let output = try Tool.output(
            "ssh-keyscan",
            ["-T", "10", "-p", String(port), "-t", "ed25519,ecdsa,rsa", host]
        )
        return output.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
            // The first word is the host.
            let key = line.split(separator: " ", maxSplits: 1).last.map(String.init)
            return key.flatMap { try? Self.key($0) }
        }
    }

    /// A key that a server may have.
    static func key(_ line: String) throws -> SSHKey {
        try SSHKey(line: line, shortestRSA: SSHKey.shortestRSAOfServers)
    }

    /// One line for a person.
    static func line(_ key: SSHKey) -> String {
        "\(key.kind) \(fingerprint(of: key))"
    }

    static func fingerprint(of key: SSHKey) -> String {
        SSHKey.fingerprint(SystemSecrets().digest(of: key.blob))
    }
}
