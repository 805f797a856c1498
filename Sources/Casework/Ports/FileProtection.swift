package import Vocabulary

/// A file that is encrypted and hashed while it is written.
///
/// One task uses it at a time. Until `finish` returns, nothing of it counts.
package protocol ProtectedFileWriter: Sendable {
    func write(_ bytes: UnsafeRawBufferPointer) throws
    /// Writes the last chunk, flushes the file to the disk (`fsync`) and closes it.
    ///
    /// - Returns: the length and the digest of the plaintext.
    func finish() throws -> (bytes: Int64, digest: SHA256Digest)
    /// Closes and removes the file.
    func abandon()
}

/// A protected file opened for reading from any position; memory does not grow with its size.
package protocol ProtectedFileReader: Sendable {
    /// Length of the plaintext in bytes.
    var byteCount: Int64 { get }
    /// Up to `maximum` plaintext bytes from `offset`; empty only at the end. Throws where a
    /// chunk does not authenticate, before any of its bytes are released.
    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8]
    /// The same into memory of the caller's; returns how many bytes, fewer than fit only at the
    /// end.
    func read(from offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int
    /// The same, handed on where they lie: as many as lie together, at least one before the end,
    /// none at the end.
    ///
    /// `body` may not read from this reader. Returns how many bytes it was handed.
    func withBytes(
        from offset: Int64,
        upTo maximum: Int,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Int
    /// What all of it hashes to, where its writer noted that beside the content and the note is
    /// authenticated as the content is; `nil` where only reading it tells.
    var notedDigest: SHA256Digest? { get }
}

extension ProtectedFileReader {
    package func read(
        from offset: Int64,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let piece = try read(from: offset + Int64(filled), upTo: rest.count)
            if piece.isEmpty { break }
            rest.copyBytes(from: piece)
            filled += piece.count
        }
        return filled
    }

    package func withBytes(
        from offset: Int64,
        upTo maximum: Int,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Int {
        let piece = try read(from: offset, upTo: maximum)
        try piece.withUnsafeBytes(body)
        return piece.count
    }

    package var notedDigest: SHA256Digest? { nil }
}

/// Encryption at rest: whatever lies in the data directory was written through this.
package protocol FileProtection: Sendable {
    /// Starts a new file; throws where `path` exists.
    func makeWriter(creating path: String) throws -> any ProtectedFileWriter
    func makeReader(of path: String) throws -> any ProtectedFileReader
}
