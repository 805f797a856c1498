import Casework

/// The archive of a bundle while it is being opened: encrypted on disk under a key that exists
/// only here, so that plaintext which no tag has vouched for yet is never readable, and removed
/// with this object.
final class ScratchArchive {
    private let path: String
    private let keys = MasterKeys.ephemeral()
    private var sealer: ChunkSealer

    init(creating path: String) throws {
        self.path = path
        sealer = try ChunkSealer(creating: path, keys: keys)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        try sealer.write(bytes)
    }

    /// Ends writing; nothing is flushed, since after a crash nobody has the key.
    func finish() throws -> any ProtectedFileReader {
        try sealer.finish(flushing: false)
        return try VaultReader(path: path, keys: keys)
    }

    deinit { Folder.remove(path) }
}
