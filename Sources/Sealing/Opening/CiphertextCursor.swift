import BundleFormat
import Casework

/// Reads a seal's ciphertext without the headers of its segments, onwards or from any position.
struct CiphertextCursor: Sendable {
    private let reader: any ProtectedFileReader
    private let layout: SealCheck.Ciphertext
    /// Where some segments begin, so that going back need not start at the first.
    private var marks: [Mark]
    private var window: [UInt8] = []
    private var windowStart: Int64 = 0
    /// In the file.
    private var place: Int64
    private var segmentLeft: Int64
    /// In the ciphertext.
    private(set) var position: Int64 = 0

    private struct Mark {
        let position: Int64
        let place: Int64
    }

    private static let windowSize = 1 << 17
    private static let markEvery: Int64 = 1 << 18

    init(_ reader: any ProtectedFileReader, _ layout: SealCheck.Ciphertext) {
        self.reader = reader
        self.layout = layout
        place = layout.start
        segmentLeft = layout.isSegmented ? 0 : layout.byteCount
        marks = [Mark(position: 0, place: layout.start)]
    }

    /// Hands on the next piece, as much as lies together; `false` at the end.
    mutating func next(_ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Bool {
        if segmentLeft == 0, try !startSegment() { return false }
        try load()
        let start = Int(place - windowStart)
        let count = Int(min(segmentLeft, Int64(window.count - start)))
        try window.withUnsafeBytes {
            try body(UnsafeRawBufferPointer(rebasing: $0[start..<(start + count)]))
        }
        advance(Int64(count))
        return true
    }

    /// Fills the buffer from `position`; fewer bytes only at the end.
    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer, from target: Int64) throws -> Int {
        try seek(to: target)
        var filled = 0
        while filled < buffer.count {
            if segmentLeft == 0, try !startSegment() { break }
            try load()
            let start = Int(place - windowStart)
            let count = Int(
                min(segmentLeft, Int64(min(buffer.count - filled, window.count - start)))
            )
            window.withUnsafeBytes { bytes in
                UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                    .copyMemory(
                        from: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + count)])
                    )
            }
            filled += count
            advance(Int64(count))
        }
        return filled
    }

    private mutating func seek(to target: Int64) throws {
        guard target != position else { return }
        guard layout.isSegmented else {
            position = target
            place = layout.start + target
            segmentLeft = layout.byteCount - target
            return
        }
        let mark = mark(before: target)
        if target < position || mark.position > position {
            position = mark.position
            place = mark.place
            segmentLeft = 0
        }
        while position < target {
            if segmentLeft == 0, try !startSegment() { return }
            advance(min(segmentLeft, target - position))
        }
    }

    private func mark(before target: Int64) -> Mark {
        var low = 0
        var high = marks.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if marks[middle].position <= target { low = middle } else { high = middle }
        }
        return marks[low]
    }

    private mutating func advance(_ count: Int64) {
        place += count
        position += count
        segmentLeft -= count
    }

    // The structure was checked before; whatever differs now does not get past the digests.
    private mutating func startSegment() throws -> Bool {
        guard layout.isSegmented else { return false }
        while segmentLeft == 0 {
            guard place < layout.end else { return false }
            if let last = marks.last, position >= last.position + Self.markEvery {
                marks.append(Mark(position: position, place: place))
            }
            guard try byte() == 0x04 else { throw BundleFailure.tampered }
            let first = try byte()
            var length = Int64(first)
            if first >= 0x80 {
                length = 0
                for _ in 0..<Int(first & 0x7F) {
                    length = length << 8 | Int64(try byte())
                    guard length <= layout.end else { throw BundleFailure.tampered }
                }
            }
            guard length <= layout.end - place else { throw BundleFailure.tampered }
            segmentLeft = length
        }
        return true
    }

    private mutating func byte() throws -> UInt8 {
        guard place < layout.end else { throw BundleFailure.tampered }
        try load()
        defer { place += 1 }
        return window[Int(place - windowStart)]
    }

    private mutating func load() throws {
        guard place < windowStart || place >= windowStart + Int64(window.count) else { return }
        let left = layout.end - place
        window = try reader.read(from: place, upTo: Int(min(left, Int64(Self.windowSize))))
        windowStart = place
        guard !window.isEmpty else { throw BundleFailure.unreadable }
    }
}
