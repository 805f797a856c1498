import Casework
import Synchronization
import Vocabulary

/// Encrypts and hashes a file while it is written.
final class VaultWriter: ProtectedFileWriter {
    private let path: String
    private let state: Mutex<State?>

    init(creating path: String, keys: MasterKeys) throws {
        self.path = path
        let hasher = try StreamHasher()
        let sealer = try ChunkSealer(creating: path, keys: keys)
        state = Mutex(State(sealer: sealer, hasher: hasher))
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        try state.withLock { state in
            guard state != nil else { throw FileFailure.misused }
            try state?.write(bytes)
        }
    }

    func finish() throws -> (bytes: Int64, digest: SHA256Digest) {
        try state.withLock { state in
            guard let result = try state?.finish() else { throw FileFailure.misused }
            state = nil
            return result
        }
    }

    func abandon() {
        state.withLock { state in
            guard state != nil else { return }
            state = nil
            Folder.remove(path)
        }
    }

    private struct State: ~Copyable {
        private var sealer: ChunkSealer
        private var hasher: StreamHasher
        private var byteCount: Int64 = 0

        init(sealer: consuming ChunkSealer, hasher: consuming StreamHasher) {
            self.sealer = sealer
            self.hasher = hasher
        }

        mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
            try hasher.update(bytes)
            try sealer.write(bytes)
            byteCount += Int64(bytes.count)
        }

        mutating func finish() throws -> (bytes: Int64, digest: SHA256Digest) {
            let digest = try hasher.finish()
            try sealer.finish(digest)
            return (byteCount, digest)
        }
    }
}
