import BundleFormat
import CArchive
import Vocabulary

/// Writes one ZIP to a closure, file after file, each stored as it is: records are mostly PDF and
/// pictures, and a stored archive has a size that is known before it is made.
///
/// The bytes of a file go through as they come, uncopied. Checksum and sizes stand behind them and
/// in the directory, so nothing need be known before; `ArchiveCheck` says what form we accept, and
/// this is it. Nothing below 4 GiB needs ZIP64 (PKWARE's APPNOTE 6.3.10, section 4.3).
final class ArchiveWriter {
    private let output: (UnsafeRawBufferPointer) throws -> Void
    private var position: Int64 = 0
    private var current: Entry?
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    private struct Entry {
        let name: ArchiveName
        let byteCount: Int64
        let modified: Instant
        let offset: Int64
        var written: Int64 = 0
        var checksum: UInt32 = 0
    }

    init(to write: @escaping (UnsafeRawBufferPointer) throws -> Void) {
        output = write
    }

    /// Starts the next file; exactly `byteCount` bytes must follow.
    func begin(_ name: ArchiveName, byteCount: Int64, modified: Instant) throws {
        try end()
        let entry = Entry(name: name, byteCount: byteCount, modified: modified, offset: position)
        try put(Self.local + (try shared(entry, isDirectory: false)))
        current = entry
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard var entry = current.take(),
            entry.written + Int64(bytes.count) <= entry.byteCount
        else { throw ArchiveFailure() }
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        entry.checksum = mochila_crc32(entry.checksum, start, bytes.count)
        entry.written += Int64(bytes.count)
        current = entry
        try put(bytes)
    }

    func add(_ name: ArchiveName, _ bytes: [UInt8], modified: Instant) throws {
        try begin(name, byteCount: Int64(bytes.count), modified: modified)
        try bytes.withUnsafeBytes { try write($0) }
    }

    /// Writes the directory.
    func finish() throws {
        try end()
        let (size, start) = (try Self.four(Int64(directory.count)), try Self.four(position))
        try put(directory)
        try put(Self.endOfDirectory + Self.two(count) + Self.two(count) + size + start + [0, 0])
    }

    private func end() throws {
        guard let entry = current.take() else { return }
        guard entry.written == entry.byteCount, count < UInt16.max else { throw ArchiveFailure() }
        let sum = Self.four(entry.checksum) + (try sizes(entry))
        try put(Self.descriptor + sum)
        // Made on Unix, where the upper half of the attributes is the mode: a file, 0644.
        directory += Self.central + (try shared(entry, isDirectory: true))
        count += 1
    }

    /// What stands in the file's own header and, with a little more, in the directory.
    private func shared(_ entry: Entry, isDirectory: Bool) throws -> [UInt8] {
        let name = Array(entry.name.description.utf8)
        // The checksum stands behind the bytes (bit 3); names are UTF-8 (bit 11).
        var bytes = Self.two(10) + Self.two(0x0808) + Self.two(0) + Self.time(of: entry.modified)
        bytes += Self.four(isDirectory ? entry.checksum : 0) + (try sizes(entry))
        let seconds = UInt32(
            truncatingIfNeeded: entry.modified.millisecondsSince1970 / 1_000
        )
        // DOS times have neither zone nor odd seconds; "UT" has both.
        let extra = Self.two(0x5455) + Self.two(5) + [1] + Self.four(seconds)
        bytes += Self.two(UInt16(name.count)) + Self.two(UInt16(extra.count))
        if isDirectory {
            bytes += Self.two(0) + Self.two(0) + Self.two(0) + Self.four(UInt32(0o100644) << 16)
            bytes += try Self.four(entry.offset)
        }
        return bytes + name + extra
    }

    private func sizes(_ entry: Entry) throws -> [UInt8] {
        let size = try Self.four(entry.byteCount)
        return size + size
    }

    private func put(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try put($0) } }

    private func put(_ bytes: UnsafeRawBufferPointer) throws {
        guard !bytes.isEmpty else { return }
        try output(bytes)
        position += Int64(bytes.count)
    }

    private static let local: [UInt8] = [0x50, 0x4B, 3, 4]
    private static let descriptor: [UInt8] = [0x50, 0x4B, 7, 8]
    private static let central: [UInt8] = [0x50, 0x4B, 1, 2, 10, 3]
    private static let endOfDirectory: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]

    /// In UTC: two bytes of time, two of date.
    private static func time(of instant: Instant) -> [UInt8] {
        let (days, second) = (instant.millisecondsSince1970 / 1_000)
            .quotientAndRemainder(dividingBy: 86_400)
        let date = CivilDate(dayNumber: Int(days))
        // What DOS can say ends at both sides.
        guard second >= 0, (1980...2107).contains(date.year) else { return two(0) + two(0x21) }
        let time = second / 3_600 << 11 | second / 60 % 60 << 5 | second % 60 / 2
        let day = (date.year - 1980) << 9 | date.month << 5 | date.day
        return two(UInt16(time)) + two(UInt16(day))
    }

    private static func two(_ number: UInt16) -> [UInt8] {
        [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
    }

    private static func four(_ number: UInt32) -> [UInt8] {
        two(UInt16(truncatingIfNeeded: number)) + two(UInt16(truncatingIfNeeded: number >> 16))
    }

    /// All ones would point to a ZIP64 field.
    private static func four(_ number: Int64) throws -> [UInt8] {
        guard let number = UInt32(exactly: number), number < .max else { throw ArchiveFailure() }
        return four(number)
    }
}

/// libarchive could not do what always works: it has no memory, or met data no check foresaw; or
/// an archive is to hold what none can.
struct ArchiveFailure: Error {}
