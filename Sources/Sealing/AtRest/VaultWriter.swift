import Casework
import Glibc
import Synchronization
import Vocabulary

/// Encrypts and hashes a file while it is written.
final class VaultWriter: ProtectedFileWriter {
    private let path: String
    private let state: Mutex<State?>

    init(creating path: String, keys: MasterKeys) throws {
        let fileKey = SystemSecrets.randomBytes(32)
        let header = try ProtectedLayout.makeHeader(keys: keys, fileKey: fileKey)
        let file = try OpenFile(creating: path)
        do {
            try header.withUnsafeBytes { try file.write($0) }
            self.path = path
            state = Mutex(
                State(file: file, cipher: try GCM(key: fileKey), hasher: try StreamHasher())
            )
        } catch {
            Folder.remove(path)
            throw error
        }
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
        private let file: OpenFile
        private var cipher: GCM
        private var hasher: StreamHasher
        private var chunk = [UInt8](repeating: 0, count: ProtectedLayout.chunkSize)
        private var filled = 0
        private var sealed = [UInt8](repeating: 0, count: ProtectedLayout.sealedChunkSize)
        private var index: Int64 = 0
        private var byteCount: Int64 = 0

        init(file: consuming OpenFile, cipher: consuming GCM, hasher: consuming StreamHasher) {
            self.file = file
            self.cipher = cipher
            self.hasher = hasher
        }

        mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
            try hasher.update(bytes)
            byteCount += Int64(bytes.count)
            var rest = bytes
            while !rest.isEmpty {
                // A full chunk waits until more comes: only then it is known not to be the last.
                if filled == chunk.count { try sealBuffered(isLast: false) }
                if filled == 0, rest.count > chunk.count {
                    let direct = UnsafeRawBufferPointer(rebasing: rest[..<chunk.count])
                    try seal(direct, isLast: false)
                    rest = UnsafeRawBufferPointer(rebasing: rest[chunk.count...])
                    continue
                }
                let count = min(rest.count, chunk.count - filled)
                chunk.withUnsafeMutableBytes { buffer in
                    UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
                }
                filled += count
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }

        mutating func finish() throws -> (bytes: Int64, digest: SHA256Digest) {
            try sealBuffered(isLast: true)
            try file.synchronize()
            return (byteCount, try hasher.finish())
        }

        private mutating func sealBuffered(isLast: Bool) throws {
            let content = chunk
            try content.withUnsafeBytes { buffer in
                try seal(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), isLast: isLast)
            }
            filled = 0
        }

        private mutating func seal(_ content: UnsafeRawBufferPointer, isLast: Bool) throws {
            let nonce = ProtectedLayout.nonce(of: index, isLast: isLast)
            index += 1
            try sealed.withUnsafeMutableBytes { buffer in
                try cipher.seal(content, nonce: nonce, into: buffer)
                let count = content.count + GCM.tagSize
                try file.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
    }
}
