import BundleFormat
import Casework

/// Reads a seal's ciphertext without the headers of its segments, onwards or from any position.
struct CiphertextCursor: Sendable {
    private let reader: any ProtectedFileReader
    private let layout: SealCheck.Ciphertext
    /// Where some segments begin, so that going back need not start at the first.
    private var marks: [Mark]
    /// In the file.
    private var place: Int64
    private var segmentLeft: Int64
    /// In the ciphertext.
    private(set) var position: Int64 = 0

    private struct Mark {
        let position: Int64
        let place: Int64
    }

    private static let windowSize: Int64 = 1 << 17
    /// More than the header of a segment takes, so that each look at the file gets on.
    private static let slack: Int64 = 256
    private static let markEvery: Int64 = 1 << 18

    init(_ reader: any ProtectedFileReader, _ layout: SealCheck.Ciphertext) {
        self.reader = reader
        self.layout = layout
        place = layout.start
        segmentLeft = layout.isSegmented ? 0 : layout.byteCount
        marks = [Mark(position: 0, place: layout.start)]
    }

    /// Goes to `target`, and hands on up to `count` bytes from there, in as many pieces as they lie
    /// in; says how many, fewer only at the end.
    mutating func forEachPiece(
        from target: Int64,
        count: Int64,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Int64 {
        try seek(to: target)
        let end = position + min(count, layout.byteCount - position)
        while position < end {
            try look(wanting: end - position) { cursor, window in
                var rest = window
                while cursor.position < end {
                    guard try cursor.isInSegment(&rest) else { return }
                    let count = Int(
                        min(cursor.segmentLeft, end - cursor.position, Int64(rest.count))
                    )
                    guard count > 0 else { return }
                    try body(UnsafeRawBufferPointer(rebasing: rest[..<count]))
                    cursor.advance(Int64(count))
                    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                }
            }
        }
        return position - target
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
            if segmentLeft == 0 {
                try look(wanting: 0) { cursor, window in
                    var rest = window
                    _ = try cursor.isInSegment(&rest)
                }
            }
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

    /// Shows the next bytes of the file, at least the header of a segment; throws where nothing of
    /// them was of use.
    private mutating func look(
        wanting count: Int64,
        _ body: (inout Self, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let (before, file, left) = (place, reader, layout.end - place)
        guard left > 0 else { throw BundleFailure.tampered }
        let most = min(left, Self.windowSize, count + count / 64 + Self.slack)
        let seen = try file.withBytes(from: before, upTo: Int(most)) { try body(&self, $0) }
        guard seen > 0 else { throw BundleFailure.unreadable }
        guard place > before else { throw BundleFailure.tampered }
    }

    /// Takes the headers of segments off `rest`, until it begins with ciphertext; `false` where it
    /// does not hold a header whole.
    // The structure was checked before; whatever differs now does not get past the digests.
    private mutating func isInSegment(_ rest: inout UnsafeRawBufferPointer) throws -> Bool {
        while segmentLeft == 0 {
            guard layout.isSegmented else { throw BundleFailure.tampered }
            if let last = marks.last, position >= last.position + Self.markEvery {
                marks.append(Mark(position: position, place: place))
            }
            guard rest.count >= 2 else { return false }
            guard rest[0] == 0x04 else { throw BundleFailure.tampered }
            let digits = rest[1] < 0x80 ? 0 : Int(rest[1] & 0x7F)
            guard rest.count >= 2 + digits else { return false }
            var length = digits == 0 ? Int64(rest[1]) : 0
            for digit in rest[2..<(2 + digits)] {
                length = length << 8 | Int64(digit)
                guard length <= layout.end else { throw BundleFailure.tampered }
            }
            place += Int64(2 + digits)
            guard length <= layout.end - place else { throw BundleFailure.tampered }
            segmentLeft = length
            rest = UnsafeRawBufferPointer(rebasing: rest[(2 + digits)...])
        }
        return true
    }
}
