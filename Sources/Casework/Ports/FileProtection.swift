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
}

/// Encryption at rest: whatever lies in the data directory was written through this.
package protocol FileProtection: Sendable {
    /// Starts a new file; throws where `path` exists.
    func makeWriter(creating path: String) throws -> any ProtectedFileWriter
    func makeReader(of path: String) throws -> any ProtectedFileReader
}
