import Casework
import Synchronization
import Vocabulary

/// Reads a protected file from any position; remembers the last chunk, so that small steps
/// through a file decrypt each chunk once.
final class VaultReader: ProtectedFileReader {
    let byteCount: Int64
    let notedDigest: SHA256Digest?
    private let state: Mutex<State>

    init(path: String, keys: MasterKeys) throws {
        let file = try OpenFile(reading: path)
        let size = try file.size()
        var header = [UInt8](repeating: 0, count: ProtectedLayout.headerSize)
        let read = try header.withUnsafeMutableBytes { try file.read(from: 0, into: $0) }
        guard read == header.count else { throw FileFailure.notProtected }
        let (fileKey, hasDigest) = try ProtectedLayout.fileKey(in: header, keys: keys)
        guard let shape = ProtectedLayout.shape(ofSize: size, hasDigest: hasDigest) else {
            throw FileFailure.damaged
        }
        byteCount = shape.byteCount
        var state = State(
            file: file,
            cipher: try GCM(key: fileKey),
            chunks: shape.chunks,
            byteCount: shape.byteCount
        )
        // A file that was cut at a chunk's end shows only here: its last chunk is not one.
        try state.load(shape.chunks - 1)
        notedDigest = hasDigest ? try state.digest(at: size) : nil
        self.state = Mutex(state)
    }

    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        guard offset >= 0, offset <= byteCount, maximum >= 0 else { throw FileFailure.misused }
        let count = Int(min(Int64(maximum), byteCount - offset))
        guard count > 0 else { return [] }
        return try state.withLock { try $0.read(from: offset, count: count) }
    }

    func read(from offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard offset >= 0, offset <= byteCount else { throw FileFailure.misused }
        let count = Int(min(Int64(buffer.count), byteCount - offset))
        guard count > 0 else { return 0 }
        try state.withLock { state in
            try state.read(UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), from: offset)
        }
        return count
    }

    func withBytes(
        from offset: Int64,
        upTo maximum: Int,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Int {
        guard offset >= 0, offset <= byteCount, maximum >= 0 else { throw FileFailure.misused }
        let count = Int(min(Int64(maximum), byteCount - offset))
        guard count > 0 else { return 0 }
        return try state.withLock { try $0.withBytes(from: offset, upTo: count, body) }
    }

    private struct State: ~Copyable {
        private let file: OpenFile
        private var cipher: GCM
        private let chunks: Int64
        private let byteCount: Int64
        private var sealed = [UInt8](repeating: 0, count: ProtectedLayout.sealedChunkSize)
        private var opened = [UInt8](repeating: 0, count: ProtectedLayout.chunkSize)
        private var loaded: Int64?

        init(file: consuming OpenFile, cipher: consuming GCM, chunks: Int64, byteCount: Int64) {
            self.file = file
            self.cipher = cipher
            self.chunks = chunks
            self.byteCount = byteCount
        }

        mutating func read(from offset: Int64, count: Int) throws -> [UInt8] {
            try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
                try read(UnsafeMutableRawBufferPointer(buffer), from: offset)
                initialized = count
            }
        }

        /// Fills the buffer; all of it is in the file.
        mutating func read(
            _ buffer: UnsafeMutableRawBufferPointer,
            from offset: Int64
        ) throws {
            var filled = 0
            while filled < buffer.count {
                let (index, start) = (offset + Int64(filled)).quotientAndRemainder(
                    dividingBy: Int64(ProtectedLayout.chunkSize)
                )
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                let length = length(of: index)
                if start == 0, rest.count >= length, loaded != index {
                    // A whole chunk goes straight to where it is wanted.
                    try open(index, into: rest)
                    filled += length
                    continue
                }
                try load(index)
                let count = min(length - Int(start), rest.count)
                opened.withUnsafeBytes {
                    let part = $0[Int(start)..<(Int(start) + count)]
                    rest.copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
                }
                filled += count
            }
        }

        /// Of one chunk at most.
        mutating func withBytes(
            from offset: Int64,
            upTo maximum: Int,
            _ body: (UnsafeRawBufferPointer) throws -> Void
        ) throws -> Int {
            let (index, start) = offset.quotientAndRemainder(
                dividingBy: Int64(ProtectedLayout.chunkSize)
            )
            try load(index)
            let end = min(length(of: index), Int(start) + maximum)
            try opened.withUnsafeBytes {
                try body(UnsafeRawBufferPointer(rebasing: $0[Int(start)..<end]))
            }
            return end - Int(start)
        }

        /// What stands at the end of a file of this size.
        mutating func digest(at size: Int64) throws -> SHA256Digest {
            var end = [UInt8](repeating: 0, count: ProtectedLayout.digestSize)
            let place = size - Int64(end.count)
            let read = try end.withUnsafeMutableBytes { try file.read(from: place, into: $0) }
            let nonce = ProtectedLayout.digestNonce(after: chunks)
            guard read == end.count, let bytes = cipher.open(end, nonce: nonce, context: []),
                let digest = SHA256Digest(bytes: bytes)
            else { throw FileFailure.damaged }
            return digest
        }

        mutating func load(_ index: Int64) throws {
            guard loaded != index else { return }
            loaded = nil
            // Out of the struct for as long as it is written to.
            var target = opened
            opened = []
            defer { opened = target }
            try target.withUnsafeMutableBytes { try open(index, into: $0) }
            loaded = index
        }

        /// Decrypts a chunk to the beginning of `target`; zeros stand there where it is not genuine.
        private mutating func open(
            _ index: Int64,
            into target: UnsafeMutableRawBufferPointer
        ) throws {
            let count = length(of: index) + GCM.tagSize
            let place =
                Int64(ProtectedLayout.headerSize) + index * Int64(ProtectedLayout.sealedChunkSize)
            let nonce = ProtectedLayout.nonce(of: index, isLast: index == chunks - 1)
            let isGenuine = try sealed.withUnsafeMutableBytes { buffer in
                let source = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
                guard try file.read(from: place, into: source) == count else { return false }
                return cipher.open(UnsafeRawBufferPointer(source), nonce: nonce, into: target)
            }
            guard isGenuine else { throw FileFailure.damaged }
        }

        private func length(of index: Int64) -> Int {
            let size = Int64(ProtectedLayout.chunkSize)
            return Int(min(size, byteCount - index * size))
        }
    }
}
