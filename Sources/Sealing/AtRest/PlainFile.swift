package import Casework
import Synchronization
package import Vocabulary

/// A file that is hashed but not encrypted while it is written: a sealed bundle, which is
/// ciphertext already, or what somebody asked to have opened into a folder.
package final class PlainFileWriter: ProtectedFileWriter {
    private let path: String
    private let state: Mutex<State?>

    /// Only we can read it; throws where `path` exists.
    package init(creating path: String) throws {
        self.path = path
        state = Mutex(State(file: try OpenFile(creating: path), hasher: try StreamHasher()))
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        try state.withLock { state in
            guard state != nil else { throw FileFailure.misused }
            try state?.write(bytes)
        }
    }

    package func finish() throws -> (bytes: Int64, digest: SHA256Digest) {
        try state.withLock { state in
            guard let result = try state?.finish() else { throw FileFailure.misused }
            state = nil
            return result
        }
    }

    package func abandon() {
        state.withLock { state in
            guard state != nil else { return }
            state = nil
            Folder.remove(path)
        }
    }

    private struct State: ~Copyable {
        private let file: OpenFile
        private var hasher: StreamHasher
        private var byteCount: Int64 = 0

        init(file: consuming OpenFile, hasher: consuming StreamHasher) {
            self.file = file
            self.hasher = hasher
        }

        mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
            try hasher.update(bytes)
            try file.write(bytes)
            byteCount += Int64(bytes.count)
        }

        mutating func finish() throws -> (bytes: Int64, digest: SHA256Digest) {
            try file.synchronize()
            return (byteCount, try hasher.finish())
        }
    }
}

/// A plain file, read the way a protected one is: a sealed bundle, or a file to be sealed.
package final class PlainFileReader: ProtectedFileReader {
    package let byteCount: Int64
    private let file: Mutex<OpenFile>

    /// Refuses links as the last component, folders and devices.
    package init(path: String) throws {
        let file = try OpenFile(reading: path)
        byteCount = try file.size()
        self.file = Mutex(file)
    }

    /// Takes over a descriptor of a regular file.
    init(adopting descriptor: Int32) throws {
        let file = try OpenFile(adopting: descriptor)
        byteCount = try file.size()
        self.file = Mutex(file)
    }

    /// A descriptor to hand to another process; the caller closes it.
    func duplicateDescriptor() throws -> Int32 { try file.withLock { try $0.duplicate() } }

    package func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        guard offset >= 0, offset <= byteCount, maximum >= 0 else { throw FileFailure.misused }
        let count = Int(min(Int64(maximum), byteCount - offset))
        guard count > 0 else { return [] }
        return try file.withLock { file in
            try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
                initialized = try file.read(
                    from: offset,
                    into: UnsafeMutableRawBufferPointer(buffer)
                )
            }
        }
    }

    package func read(
        from offset: Int64,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws -> Int {
        guard offset >= 0, offset <= byteCount else { throw FileFailure.misused }
        let count = Int(min(Int64(buffer.count), byteCount - offset))
        guard count > 0 else { return 0 }
        return try file.withLock { file in
            try file.read(
                from: offset,
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
            )
        }
    }
}

/// Bytes in memory, read the way a file is.
package struct BytesReader: ProtectedFileReader {
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var byteCount: Int64 { Int64(bytes.count) }

    package func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        guard offset >= 0, offset <= byteCount, maximum >= 0 else { throw FileFailure.misused }
        return Array(bytes[Int(offset)..<min(bytes.count, Int(offset) + maximum)])
    }

    package func withBytes(
        from offset: Int64,
        upTo maximum: Int,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Int {
        guard offset >= 0, offset <= byteCount, maximum >= 0 else { throw FileFailure.misused }
        let count = min(maximum, bytes.count - Int(offset))
        try bytes.withUnsafeBytes {
            try body(UnsafeRawBufferPointer(rebasing: $0[Int(offset)..<(Int(offset) + count)]))
        }
        return count
    }
}

extension ProtectedFileReader {
    /// All bytes from `offset` to the end, piece by piece.
    func forEachPiece(
        of size: Int = 1 << 18,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var offset: Int64 = 0
        while offset < byteCount {
            let count = try withBytes(from: offset, upTo: size, body)
            guard count > 0 else { throw FileFailure.damaged }
            offset += Int64(count)
        }
    }

    /// SHA-256 of everything.
    package func digest() throws -> SHA256Digest {
        var hasher = try StreamHasher()
        try forEachPiece { try hasher.update($0) }
        return try hasher.finish()
    }
}
