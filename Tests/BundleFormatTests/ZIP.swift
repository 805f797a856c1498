/// Writes archives for tests, as oddly as they want them.
struct ZIP {
    struct Entry {
        var name: [UInt8]
        var data: [UInt8] = Array("data".utf8)
        var method: UInt16 = 0
        var flags: UInt16 = 0x8
        var localName: [UInt8]?
        var localMethod: UInt16?
        var localFlags: UInt16?
        var hasDescriptor = true
        var descriptorCount: UInt32?
        /// What the directory claims; `nil` for the truth.
        var claimedCount: UInt32?
        var claimedCompressed: UInt32?
        var mode: UInt32 = 0o100644
        var dosAttributes: UInt32 = 0
        var comment: [UInt8] = []
        var extra: [UInt8] = []
        var offset: UInt32?
        var gap: [UInt8] = []

        init(_ name: String) { self.name = Array(name.utf8) }
    }

    var entries: [Entry]
    var prefix: [UInt8] = []
    var beforeDirectory: [UInt8] = []
    var afterDirectory: [UInt8] = []
    var comment: [UInt8] = []
    var trailing: [UInt8] = []
    var claimedEntries: UInt16?
    var disk: UInt16 = 0

    init(_ names: String...) { entries = names.map(Entry.init) }

    var bytes: [UInt8] {
        var out = prefix
        var offsets: [UInt32] = []
        for entry in entries {
            out += entry.gap
            offsets.append(UInt32(out.count))
            let sizes: [UInt32] =
                entry.hasDescriptor
                ? [0, 0, 0] : [0, UInt32(entry.data.count), UInt32(entry.data.count)]
            let name = entry.localName ?? entry.name
            out += four(0x0403_4B50) + two(20) + two(entry.localFlags ?? entry.flags)
            out += two(entry.localMethod ?? entry.method) + four(0) + sizes.flatMap(four)
            out += two(UInt16(name.count)) + two(0) + name + entry.data
            if entry.hasDescriptor {
                let count = entry.descriptorCount ?? UInt32(entry.data.count)
                out += four(0x0807_4B50) + four(0) + four(count) + four(count)
            }
        }
        out += beforeDirectory
        let start = out.count
        for (entry, offset) in zip(entries, offsets) {
            let count = UInt32(entry.data.count)
            out += four(0x0201_4B50) + two(0x0314) + two(20) + two(entry.flags)
            out += two(entry.method) + four(0) + four(0)
            out += four(entry.claimedCompressed ?? count) + four(entry.claimedCount ?? count)
            out += two(UInt16(entry.name.count)) + two(UInt16(entry.extra.count))
            out += two(UInt16(entry.comment.count)) + two(0) + two(0)
            out += four(entry.mode << 16 | entry.dosAttributes) + four(entry.offset ?? offset)
            out += entry.name + entry.extra + entry.comment
        }
        let size = out.count - start
        out += afterDirectory
        let count = claimedEntries ?? UInt16(entries.count)
        out += four(0x0605_4B50) + two(disk) + two(disk) + two(count) + two(count)
        out += four(UInt32(size)) + four(UInt32(start)) + two(UInt16(comment.count)) + comment
        return out + trailing
    }

    private func two(_ number: UInt16) -> [UInt8] {
        [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
    }

    private func four(_ number: UInt32) -> [UInt8] {
        two(UInt16(truncatingIfNeeded: number)) + two(UInt16(truncatingIfNeeded: number >> 16))
    }
}
