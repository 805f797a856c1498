/// Bytes that can be read anywhere, without knowing where they lie.
package struct SeekableBytes {
    package let byteCount: Int64
    private let fetch: (Int64, Int) -> [UInt8]?

    /// `fetch(offset, maximum)` gives up to `maximum` bytes from `offset`, at least one before the
    /// end; `nil` where they cannot be read.
    package init(byteCount: Int64, fetch: @escaping (Int64, Int) -> [UInt8]?) {
        self.byteCount = byteCount
        self.fetch = fetch
    }

    package init(_ bytes: [UInt8]) {
        self.init(byteCount: Int64(bytes.count)) { offset, maximum in
            let start = Int(offset)
            return Array(bytes[start..<min(bytes.count, start + maximum)])
        }
    }

    func read(from offset: Int64, upTo maximum: Int) -> [UInt8]? {
        guard offset >= 0, offset < byteCount, maximum > 0 else { return nil }
        return fetch(offset, Int(min(Int64(maximum), byteCount - offset)))
    }
}

/// The few bytes around the place that a parser looks at, so that it need not read one by one.
struct ByteWindow {
    let source: SeekableBytes
    private var start: Int64 = 0
    private var bytes: [UInt8] = []
    private static let size = 512

    init(_ source: SeekableBytes) {
        self.source = source
    }

    /// What a read found; the end and a failing source are different things.
    enum Failure: Error {
        case beyondTheEnd
        case unreadable
    }

    mutating func byte(at offset: Int64) throws(Failure) -> UInt8 {
        guard offset >= 0, offset < source.byteCount else { throw .beyondTheEnd }
        if offset < start || offset >= start + Int64(bytes.count) {
            guard let read = source.read(from: offset, upTo: Self.size), !read.isEmpty else {
                throw .unreadable
            }
            start = offset
            bytes = read
        }
        return bytes[Int(offset - start)]
    }

    mutating func bytes(from offset: Int64, count: Int) throws(Failure) -> [UInt8] {
        guard offset >= 0, count >= 0, offset <= source.byteCount - Int64(count) else {
            throw .beyondTheEnd
        }
        var result: [UInt8] = []
        result.reserveCapacity(count)
        while result.count < count {
            let here = offset + Int64(result.count)
            guard let read = source.read(from: here, upTo: count - result.count), !read.isEmpty
            else { throw .unreadable }
            result += read
        }
        return result
    }
}
