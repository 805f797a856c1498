package import DropLayout

/// A small file that was submitted, whole.
package struct JournalRecord: Hashable, Sendable {
    /// Its name in `queue`.
    package let entry: StoredEntry
    package let content: [UInt8]

    package init(entry: StoredEntry, content: [UInt8]) {
        self.entry = entry
        self.content = content
    }

    /// Larger files are flushed as files: their bytes cost more than their flush.
    package static let mostBytes = 32 << 10

    // generation, position, two lengths, checksum
    private static let headBytes = 8 + 4 + 4 + 4 + 8

    /// Up to a whole number of pages, so that no page holds two records and none is read first.
    func encoded(_ generation: UInt64, at position: UInt32) -> [UInt8] {
        let name = Array(entry.entry.utf8)
        let used = Self.headBytes + name.count + content.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(JournalFile.pages(used) * JournalFile.pageBytes)
        bytes.append(big: generation)
        bytes.append(big: position)
        bytes.append(big: UInt32(name.count))
        bytes.append(big: UInt32(content.count))
        bytes.append(big: Self.checksum(bytes[...], name[...], content[...]))
        bytes += name
        bytes += content
        let fill = JournalFile.pages(used) * JournalFile.pageBytes - used
        bytes.append(contentsOf: repeatElement(0, count: fill))
        return bytes
    }

    /// The record at the start of `bytes`, with the pages it takes; `nil` where there is none of
    /// this generation and position, or not all of it.
    static func decode(
        _ bytes: ArraySlice<UInt8>,
        _ generation: UInt64,
        at position: UInt32
    ) -> (record: Self, pages: Int)? {
        guard bytes.count >= headBytes else { return nil }
        let start = bytes.startIndex
        let head = bytes[start..<(start + headBytes)]
        let nameCount = Int(head.big(UInt32.self, at: 12))
        let contentCount = Int(head.big(UInt32.self, at: 16))
        guard head.big(UInt64.self, at: 0) == generation, head.big(UInt32.self, at: 8) == position,
            nameCount <= 255, contentCount <= mostBytes,
            bytes.count >= headBytes + nameCount + contentCount
        else { return nil }
        let name = bytes[(start + headBytes)..<(start + headBytes + nameCount)]
        let content = bytes[name.endIndex..<(name.endIndex + contentCount)]
        guard head.big(UInt64.self, at: 20) == checksum(head.prefix(20), name, content),
            let entry = StoredEntry(entry: String(decoding: name, as: UTF8.self)),
            case .queued = entry
        else { return nil }
        let used = headBytes + nameCount + contentCount
        return (Self(entry: entry, content: Array(content)), JournalFile.pages(used))
    }

    /// FNV-1a: tells a write that was cut from one that was not.
    ///
    /// Whoever could choose bytes to match it may write into this partner's folder anyway.
    private static func checksum(_ parts: ArraySlice<UInt8>...) -> UInt64 {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in parts {
            part.withUnsafeBufferPointer { bytes in
                for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            }
        }
        return value
    }
}

extension [UInt8] {
    mutating func append(big value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}

extension ArraySlice<UInt8> {
    /// `offset` is from the slice's beginning.
    func big<Value: FixedWidthInteger>(_ type: Value.Type, at offset: Int) -> Value {
        self[(startIndex + offset)..<(startIndex + offset + Value.bitWidth / 8)]
            .reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
    }
}
