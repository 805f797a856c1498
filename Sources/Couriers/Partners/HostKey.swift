import Foundation
import RecordExchange

/// A server's public key, pinned.
struct HostKey: Hashable, Sendable {
    /// `ssh-ed25519 AAAA…`.
    let text: String
    /// `ssh-ed25519`.
    let type: String

    init(checking text: String) throws(DestinationProblem) {
        let fields = text.split(separator: " ", omittingEmptySubsequences: false)
        guard fields.count == 2, let blob = Data(base64Encoded: String(fields[1])) else {
            throw .hostKey
        }
        let type = String(fields[0])
        guard Self.types.contains(type) || type == Self.rsa else {
            throw type == "ssh-dss" ? .hostKeyType : .hostKey
        }
        // The key itself says its type again, after a length of four bytes.
        let inner = [0, 0, 0, UInt8(type.utf8.count)] + Array(type.utf8)
        guard blob.count > inner.count, blob.count < 4_096, blob.starts(with: inner) else {
            throw .hostKey
        }
        if type == Self.rsa { try Self.requireGoodRSA(text) }
        self.text = text
        self.type = type
    }

    /// Only SHA-1 signatures of such a key are known to the SSH library below libcurl.
    var isRSA: Bool { type == Self.rsa }

    /// What a server may sign with to show that it has this key.
    var algorithms: String { isRSA ? "rsa-sha2-512,rsa-sha2-256" : type }

    private static let rsa = "ssh-rsa"
    private static let types: Set<String> = [
        "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
    ]

    private static func requireGoodRSA(_ text: String) throws(DestinationProblem) {
        do throws(SSHKey.Problem) {
            _ = try SSHKey(line: text, shortestRSA: SSHKey.shortestRSAOfServers)
        } catch {
            if case .rsaTooShort = error { throw .hostKeyType }
            throw .hostKey
        }
    }
}
