import Synchronization
package import Vocabulary

/// A file that somebody shows once: it stands in memory alone, without a name, and is gone with
/// this value.
///
/// What is larger than `mostKept` is hashed to its end and not kept, so that memory does not grow
/// with what strangers send.
package final class ShownFile: Sendable {
    /// What is known after its last byte.
    package struct Content: Sendable {
        package let byteCount: Int64
        package let digest: SHA256Digest
        /// Its first bytes, which tell what it is.
        package let beginning: [UInt8]
        /// `nil` where it was too large to be kept.
        package let reader: PlainFileReader?
    }

    /// Bytes of it that are kept at most.
    package static let mostKept: Int64 = 24 << 20
    private static let beginningSize = 16

    private let state: Mutex<State?>

    /// Throws `FileFailure` where this machine has no place in memory.
    package init() throws {
        // Memory that has a path for as long as it takes to open it twice.
        let mark = SystemSecrets.randomBytes(16).map { String($0, radix: 16) }.joined()
        let path = "/dev/shm/mochila-\(mark)"
        defer { Folder.remove(path) }
        state = Mutex(
            State(
                writing: try OpenFile(creating: path),
                reading: try OpenFile(reading: path),
                hasher: try StreamHasher()
            )
        )
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        try state.withLock { state in
            guard state != nil else { throw FileFailure.misused }
            try state?.write(bytes)
        }
    }

    /// Once.
    package func finish() throws -> Content {
        try state.withLock { state in
            guard let content = try state?.finish() else { throw FileFailure.misused }
            state = nil
            return content
        }
    }

    private struct State: ~Copyable {
        private var writing: OpenFile?
        private let reading: OpenFile
        private var hasher: StreamHasher
        private var byteCount: Int64 = 0
        private var beginning: [UInt8] = []

        init(
            writing: consuming OpenFile,
            reading: consuming OpenFile,
            hasher: consuming StreamHasher
        ) {
            self.writing = .some(writing)
            self.reading = reading
            self.hasher = hasher
        }

        mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
            try hasher.update(bytes)
            byteCount += Int64(bytes.count)
            let missing = ShownFile.beginningSize - beginning.count
            if missing > 0 { beginning += bytes.prefix(missing) }
            if byteCount > ShownFile.mostKept {
                // Closed for writing, and emptied: nobody reads a part of it.
                if writing != nil { try writing?.empty() }
                writing = nil
            }
            try writing?.write(bytes)
        }

        mutating func finish() throws -> Content {
            let isKept = byteCount <= ShownFile.mostKept
            return Content(
                byteCount: byteCount,
                digest: try hasher.finish(),
                beginning: beginning,
                reader: isKept ? try PlainFileReader(adopting: try reading.duplicate()) : nil
            )
        }
    }
}
