import Foundation

/// A server's public key, pinned.
struct HostKey: Hashable, Sendable {
    /// `ssh-ed25519 AAAA…`.
    let text: String

    init(checking text: String) throws(DestinationProblem) {
        let fields = text.split(separator: " ", omittingEmptySubsequences: false)
        guard fields.count == 2, let blob = Data(base64Encoded: String(fields[1])) else {
            throw .hostKey
        }
        let type = String(fields[0])
        guard Self.types.contains(type) else {
            throw type == "ssh-rsa" || type == "ssh-dss" ? .hostKeyType : .hostKey
        }
        // The key itself says its type again, after a length of four bytes.
        let inner = [0, 0, 0, UInt8(type.utf8.count)] + Array(type.utf8)
        guard blob.count > inner.count, blob.count < 1_024, blob.starts(with: inner) else {
            throw .hostKey
        }
        self.text = text
    }

    private static let types: Set<String> = [
        "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
    ]
}
