import BundleFormat
import CArchive
import Vocabulary

/// Writes one ZIP to a closure, file after file, each stored as it is: records are mostly PDF and
/// pictures, and a stored archive has a size that is known before it is made.
final class ArchiveWriter {
    private let handle: OpaquePointer
    private let sink: ByteSink

    init(to write: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        let sink = ByteSink(write)
        let made = mochila_zip_writer_new(
            { context, bytes, count in ByteSink.at(context)?.take(bytes, count) ?? -1 },
            sink.context
        )
        guard let handle = made else { throw sink.failure ?? ArchiveFailure() }
        self.handle = handle
        self.sink = sink
    }

    /// Starts the next file; exactly `byteCount` bytes must follow.
    func begin(_ name: ArchiveName, byteCount: Int64, modified: Instant) throws {
        let seconds = modified.millisecondsSince1970 / 1_000
        try check(mochila_zip_writer_begin(handle, name.description, byteCount, seconds, 0))
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        try check(mochila_zip_writer_data(handle, start, bytes.count))
    }

    func add(_ name: ArchiveName, _ bytes: [UInt8], modified: Instant) throws {
        try begin(name, byteCount: Int64(bytes.count), modified: modified)
        try bytes.withUnsafeBytes { try write($0) }
    }

    /// Writes the directory.
    func finish() throws {
        try check(mochila_zip_writer_finish(handle))
    }

    private func check(_ done: Int32) throws {
        guard done == 1 else { throw sink.failure ?? ArchiveFailure() }
    }

    deinit { mochila_zip_writer_free(handle) }
}

/// libarchive could not do what always works: it has no memory, or met data no check foresaw.
struct ArchiveFailure: Error {}
