import Casework
import Vocabulary

/// Writes a protected file: everything about its form, nothing about what is done with it.
struct ChunkSealer: ~Copyable {
    private let file: OpenFile
    private var cipher: GCM
    private var chunk = [UInt8](repeating: 0, count: ProtectedLayout.chunkSize)
    private var filled = 0
    private var sealed = [UInt8](repeating: 0, count: ProtectedLayout.sealedChunkSize)
    private var index: Int64 = 0

    /// Creates the file and writes its header; throws where anything stands at `path`.
    init(creating path: String, keys: MasterKeys) throws {
        let fileKey = SystemSecrets.randomBytes(32)
        let header = try ProtectedLayout.makeHeader(keys: keys, fileKey: fileKey)
        let cipher = try GCM(key: fileKey)
        let file = try OpenFile(creating: path)
        do {
            try header.withUnsafeBytes { try file.write($0) }
        } catch {
            Folder.remove(path)
            throw error
        }
        self.cipher = cipher
        self.file = file
    }

    mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
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

    /// Writes the last chunk and what all of it hashes to; nothing may be written afterwards.
    mutating func finish(_ digest: SHA256Digest, flushing: Bool = true) throws {
        try sealBuffered(isLast: true)
        let nonce = ProtectedLayout.digestNonce(after: index)
        let end = try cipher.seal(digest.bytes, nonce: nonce, context: [])
        try end.withUnsafeBytes { try file.write($0) }
        if flushing { try file.synchronize() }
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
