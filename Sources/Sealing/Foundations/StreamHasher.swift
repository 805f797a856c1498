import COpenSSL
import Vocabulary

/// SHA-256 over bytes that come in pieces.
// Unchecked, and safe: the handle has one owner, which cannot be copied, and every use of it is
// mutating, so two threads never have it at once.
struct StreamHasher: ~Copyable, @unchecked Sendable {
    private let handle: OpaquePointer

    init() throws {
        guard let handle = mochila_hasher_new() else { throw CryptographicFailure("SHA-256") }
        self.handle = handle
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) throws {
        guard let start = bytes.baseAddress else { return }
        let typed = start.assumingMemoryBound(to: UInt8.self)
        guard mochila_hasher_update(handle, typed, bytes.count) == 1 else {
            throw CryptographicFailure("SHA-256")
        }
    }

    /// The digest of everything so far; nothing may be added afterwards.
    mutating func finish() throws -> SHA256Digest {
        var out = [UInt8](repeating: 0, count: 32)
        guard mochila_hasher_finish(handle, &out) == 1, let digest = SHA256Digest(bytes: out) else {
            throw CryptographicFailure("SHA-256")
        }
        return digest
    }

    deinit { mochila_hasher_free(handle) }
}

/// SHA-256 of bytes in memory.
func sha256(_ bytes: [UInt8]) throws -> SHA256Digest {
    var out = [UInt8](repeating: 0, count: 32)
    guard mochila_sha256(bytes, bytes.count, &out) == 1, let digest = SHA256Digest(bytes: out)
    else { throw CryptographicFailure("SHA-256") }
    return digest
}
