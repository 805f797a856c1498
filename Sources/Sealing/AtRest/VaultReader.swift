import Casework
import Synchronization

/// Reads a protected file from any position; remembers the last chunk, so that small steps
/// through a file decrypt each chunk once.
final class VaultReader: ProtectedFileReader {
    let byteCount: Int64
    private let state: Mutex<State>

    init(path: String, keys: MasterKeys) throws {
        let file = try OpenFile(reading: path)
        let size = try file.size()
        var header = [UInt8](repeating: 0, count: ProtectedLayout.headerSize)
        let read = try header.withUnsafeMutableBytes { try file.read(from: 0, into: $0) }
        guard read == header.count else { throw FileFailure.notProtected }
        let fileKey = try ProtectedLayout.fileKey(in: header, keys: keys)
        guard let shape = ProtectedLayout.shape(ofSize: size) else { throw FileFailure.damaged }
        byteCount = shape.byteCount
        var state = State(
            file: file,
            cipher: try GCM(key: fileKey),
            chunks: shape.chunks,
            byteCount: shape.byteCount
        )
        // A file that was cut at a chunk's end shows only here: its last chunk is not one.
        try state.load(shape.chunks - 1)
        self.state = Mutex(state)
    }

    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        guard offset >= 0, offset <= byteCount, maximum >= 0 else { throw FileFailure.misused }
        let count = Int(min(Int64(maximum), byteCount - offset))
        guard count > 0 else { return [] }
        return try state.withLock { try $0.read(from: offset, count: count) }
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
            var result: [UInt8] = []
            result.reserveCapacity(count)
            let size = Int64(ProtectedLayout.chunkSize)
            while result.count < count {
                let (index, start) = (offset + Int64(result.count)).quotientAndRemainder(
                    dividingBy: size
                )
                try load(index)
                let end = min(Int64(length(of: index)), start + Int64(count - result.count))
                result += opened[Int(start)..<Int(end)]
            }
            return result
        }

        mutating func load(_ index: Int64) throws {
            guard loaded != index else { return }
            loaded = nil
            let count = length(of: index) + GCM.tagSize
            let place =
                Int64(ProtectedLayout.headerSize) + index * Int64(ProtectedLayout.sealedChunkSize)
            let nonce = ProtectedLayout.nonce(of: index, isLast: index == chunks - 1)
            let isGenuine = try sealed.withUnsafeMutableBytes { buffer in
                let target = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
                guard try file.read(from: place, into: target) == count else { return false }
                return opened.withUnsafeMutableBytes {
                    cipher.open(UnsafeRawBufferPointer(target), nonce: nonce, into: $0)
                }
            }
            guard isGenuine else { throw FileFailure.damaged }
            loaded = index
        }

        private func length(of index: Int64) -> Int {
            let size = Int64(ProtectedLayout.chunkSize)
            return Int(min(size, byteCount - index * size))
        }
    }
}
