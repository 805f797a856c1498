package import Casework
package import Vocabulary

/// SHA-256 of a protected file's plaintext.
package enum RunningDigest {
    /// Reads all of it, one piece in memory at a time.
    package static func digest(of file: any ProtectedFileReader) throws -> SHA256Digest {
        var hasher = try StreamHasher()
        var offset: Int64 = 0
        while true {
            let piece = try file.read(from: offset, upTo: 1 << 20)
            if piece.isEmpty { return try hasher.finish() }
            try piece.withUnsafeBytes { try hasher.update($0) }
            offset += Int64(piece.count)
        }
    }
}
