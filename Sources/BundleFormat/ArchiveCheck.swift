/// A ZIP archive whose structure was checked before any library parses it.
///
/// One disk, no comments, files one after another without gaps or overlap, stored or deflated,
/// names that can be written anywhere, and a directory that says the same as the files' own
/// headers: so `unzip`, libarchive and we see the same archive.
package struct ArchiveCheck: Hashable, Sendable {
    /// In the order in which they lie in the file.
    package let entries: [Entry]

    package struct Entry: Hashable, Sendable {
        package let name: ArchiveName
        /// Uncompressed.
        package let byteCount: Int64
        package let compressedByteCount: Int64
        package let isDeflated: Bool
        /// CRC-32 of the uncompressed bytes, as the directory has it.
        package let checksum: UInt32
        /// Of the entry's own header.
        let offset: Int64
        let hasDescriptor: Bool
        let rawName: [UInt8]
    }

    package init(_ source: SeekableBytes) throws(ArchiveRefusal) {
        guard source.byteCount <= BundleLimits.sealedBytes else { throw .tooLarge }
        var walk = ArchiveWalk(source)
        entries = try walk.check()
    }
}

private struct ArchiveWalk {
    private var window: ByteWindow
    private let total: Int64

    private static let endRecord: Int64 = 22
    private static let centralHeader: Int64 = 46
    private static let localHeader: Int64 = 30
    private static let mostEntries = BundleLimits.files + ArchiveName.fixed.count
    private static let largestDirectory: Int64 = 1 << 20

    init(_ source: SeekableBytes) {
        window = ByteWindow(source)
        total = source.byteCount
    }

    mutating func check() throws(ArchiveRefusal) -> [ArchiveCheck.Entry] {
        let (count, start, end) = try directoryPlace()
        var entries = try directory(count: count, start: start, end: end)
        entries.sort { $0.offset < $1.offset }
        var seen: Set<String> = []
        var sum: Int64 = 0
        var position: Int64 = 0
        for entry in entries {
            guard seen.insert(entry.name.collisionKey).inserted else { throw .repeatedName }
            sum += entry.byteCount
            guard sum <= BundleLimits.contentBytes else { throw .tooLarge }
            position = try local(entry, at: position, before: start)
        }
        guard position == start else { throw .inconsistent }
        return entries
    }

    private mutating func directoryPlace() throws(ArchiveRefusal) -> (Int, Int64, Int64) {
        guard total >= Self.endRecord else { throw .notAnArchive }
        let end = total - Self.endRecord
        let record = Fields(try bytes(from: end, count: Int(Self.endRecord)))
        // The signature must stand where an archive without a comment has it.
        guard record.four(0) == 0x0605_4B50, record.two(20) == 0 else { throw .notAnArchive }
        guard record.two(4) == 0, record.two(6) == 0, record.two(8) == record.two(10) else {
            throw .forbiddenFeature
        }
        let count = Int(record.two(10))
        let size = Int64(record.four(12))
        let start = Int64(record.four(16))
        guard count <= Self.mostEntries else { throw .tooManyFiles }
        guard size <= Self.largestDirectory, start + size == end else { throw .inconsistent }
        return (count, start, end)
    }

    private mutating func directory(
        count: Int,
        start: Int64,
        end: Int64
    ) throws(ArchiveRefusal) -> [ArchiveCheck.Entry] {
        var entries: [ArchiveCheck.Entry] = []
        var position = start
        for _ in 0..<count {
            guard position + Self.centralHeader <= end else { throw .inconsistent }
            let header = Fields(try bytes(from: position, count: Int(Self.centralHeader)))
            guard header.four(0) == 0x0201_4B50 else { throw .inconsistent }
            let nameCount = Int64(header.two(28))
            let extraCount = Int64(header.two(30))
            let next = position + Self.centralHeader + nameCount + extraCount
            guard header.two(32) == 0, header.two(34) == 0, extraCount <= 256 else {
                throw .forbiddenFeature
            }
            guard nameCount > 0, next <= end else { throw .inconsistent }
            let name = try bytes(from: position + Self.centralHeader, count: Int(nameCount))
            entries.append(try Self.entry(header, name: name))
            position = next
        }
        guard position == end else { throw .inconsistent }
        return entries
    }

    private static func entry(
        _ header: Fields,
        name rawName: [UInt8]
    ) throws(ArchiveRefusal) -> ArchiveCheck.Entry {
        let flags = header.two(8)
        let method = header.two(10)
        let compressed = Int64(header.four(20))
        let byteCount = Int64(header.four(24))
        let offset = Int64(header.four(42))
        // Bits 1 and 2 say how hard deflate tried, 3 that sizes follow the data, 11 UTF-8.
        guard flags & ~0b1000_0000_1110 == 0, method == 0 || method == 8 else {
            throw .forbiddenFeature
        }
        // All ones would point to a ZIP64 field, which nothing below 4 GiB needs.
        let none = Int64(UInt32.max)
        guard compressed != none, byteCount != none, offset != none else {
            throw .forbiddenFeature
        }
        // On Unix the upper half holds the mode; a regular file or no type at all.
        let kind = header.four(38) >> 28
        guard kind == 0 || kind == 8, rawName.last != UInt8(ascii: "/"),
            header.four(38) & 0x10 == 0
        else { throw .notAFile }
        guard let name = try? ArchiveName(bytes: rawName) else { throw .unsafeName }
        // Without the flag the name would be in some old code page.
        guard flags & 0x800 != 0 || rawName.allSatisfy({ $0 < 0x80 }) else { throw .unsafeName }
        guard method == 8 || compressed == byteCount else { throw .inconsistent }
        guard byteCount <= (compressed + 64) * BundleLimits.compressionRatio else { throw .bomb }
        return ArchiveCheck.Entry(
            name: name,
            byteCount: byteCount,
            compressedByteCount: compressed,
            isDeflated: method == 8,
            checksum: header.four(16),
            offset: offset,
            hasDescriptor: flags & 0x8 != 0,
            rawName: rawName
        )
    }

    /// Checks the entry's own header and gives back where its data ends.
    private mutating func local(
        _ entry: ArchiveCheck.Entry,
        at position: Int64,
        before limit: Int64
    ) throws(ArchiveRefusal) -> Int64 {
        guard entry.offset == position, position + Self.localHeader <= limit else {
            throw .inconsistent
        }
        let header = Fields(try bytes(from: position, count: Int(Self.localHeader)))
        let nameCount = Int64(header.two(26))
        let extraCount = Int64(header.two(28))
        let dataStart = position + Self.localHeader + nameCount + extraCount
        guard header.four(0) == 0x0403_4B50, nameCount == Int64(entry.rawName.count),
            extraCount <= 256, dataStart + entry.compressedByteCount <= limit,
            header.two(8) == (entry.isDeflated ? 8 : 0),
            (header.two(6) & 0x8 != 0) == entry.hasDescriptor,
            try bytes(from: position + Self.localHeader, count: Int(nameCount)) == entry.rawName
        else { throw .inconsistent }
        for (field, size) in [(18, entry.compressedByteCount), (22, entry.byteCount)] {
            let written = Int64(header.four(field))
            guard written == size || entry.hasDescriptor && written == 0 else {
                throw .inconsistent
            }
        }
        let end = dataStart + entry.compressedByteCount
        guard entry.hasDescriptor else { return end }
        guard end + 16 <= limit else { throw .inconsistent }
        let descriptor = Fields(try bytes(from: end, count: 16))
        guard descriptor.four(0) == 0x0807_4B50,
            Int64(descriptor.four(8)) == entry.compressedByteCount,
            Int64(descriptor.four(12)) == entry.byteCount
        else { throw .inconsistent }
        return end + 16
    }

    private mutating func bytes(from offset: Int64, count: Int) throws(ArchiveRefusal) -> [UInt8] {
        do {
            return try window.bytes(from: offset, count: count)
        } catch {
            switch error {
            case .beyondTheEnd: throw .inconsistent
            case .unreadable: throw .unreadable
            }
        }
    }
}

/// Little-endian numbers at fixed places of a record that was read whole.
private struct Fields {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func two(_ place: Int) -> UInt16 { UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8 }

    func four(_ place: Int) -> UInt32 { UInt32(two(place)) | UInt32(two(place + 2)) << 16 }
}
