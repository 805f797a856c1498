import BundleFormat
import CArchive
import Casework

/// Reads the files of a checked archive in the order in which they lie in it.
///
/// Names and sizes come from the check, not from libarchive, which normalizes names.
struct ArchiveReader: ~Copyable {
    private let handle: OpaquePointer
    private let source: ByteSource
    private var rest: ArraySlice<ArchiveCheck.Entry>

    init(_ reader: any ProtectedFileReader, checked: ArchiveCheck) throws {
        let source = ByteSource { try reader.read(from: $0, into: $1) }
        let made = mochila_zip_reader_new(
            reader.byteCount,
            { context, offset, buffer, capacity in
                ByteSource.at(context)?.fill(buffer, capacity, from: offset) ?? -1
            },
            source.context
        )
        guard let handle = made else { throw source.failure ?? ArchiveFailure() }
        self.handle = handle
        self.source = source
        rest = checked.entries[...]
    }

    /// Goes to the next file; `nil` after the last.
    mutating func next() throws -> ArchiveCheck.Entry? {
        var size: Int64 = 0
        var isFile: Int32 = 0
        let outcome = mochila_zip_reader_next(handle, &size, &isFile)
        guard outcome >= 0 else { throw source.failure ?? ArchiveFailure() }
        let entry = rest.popFirst()
        // Both saw the same number of files, all of them files, of the same sizes.
        guard (outcome == 1) == (entry != nil) else { throw ArchiveFailure() }
        guard let entry else { return nil }
        guard isFile == 1, size == entry.byteCount else { throw ArchiveFailure() }
        return entry
    }

    /// Hands the file's bytes on, never more than the check saw.
    mutating func read(
        _ entry: ArchiveCheck.Entry,
        to body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var total: Int64 = 0
        var checksum: UInt32 = 0
        while true {
            var start: UnsafeRawPointer?
            var count = 0
            var place: Int64 = 0
            let outcome = mochila_zip_reader_data(handle, &start, &count, &place)
            guard outcome >= 0 else { throw source.failure ?? ArchiveFailure() }
            if outcome == 0 { break }
            guard place == total, Int64(count) <= entry.byteCount - total else {
                throw ArchiveFailure()
            }
            total += Int64(count)
            let bytes = UnsafeRawBufferPointer(start: start, count: count)
            let first = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            checksum = mochila_crc32(checksum, first, count)
            try body(bytes)
        }
        guard total == entry.byteCount, checksum == entry.checksum else { throw ArchiveFailure() }
    }

    mutating func bytes(of entry: ArchiveCheck.Entry) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(entry.byteCount))
        try read(entry) { bytes += $0 }
        return bytes
    }

    deinit { mochila_zip_reader_free(handle) }
}
