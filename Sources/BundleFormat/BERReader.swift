/// One element: its tag and where its content lies.
struct BERElement {
    let tag: UInt8
    let start: Int64
    let contentStart: Int64
    /// `nil` for the indefinite form, which ends with two zero bytes.
    let length: Int64?

    var isConstructed: Bool { tag & 0x20 != 0 }
}

/// Reads headers of BER elements from a file, one at a time and only going down as far as asked.
struct BERReader {
    private var window: ByteWindow
    var byteCount: Int64 { window.source.byteCount }

    init(_ source: SeekableBytes) {
        window = ByteWindow(source)
    }

    /// The element that starts at `offset` and must end at or before `limit`.
    ///
    /// `expected` is its tag: looked at first, because the length of a file that is something else
    /// says nothing.
    mutating func element(
        at offset: Int64,
        before limit: Int64,
        expecting expected: UInt8? = nil
    ) throws(SealRefusal) -> BERElement {
        let tag = try byte(at: offset, before: limit)
        if let expected, tag != expected { throw .notASeal }
        // Tags above 30 take further bytes; nothing of ours has one.
        guard tag & 0x1F != 0x1F else { throw .notASeal }
        let first = try byte(at: offset + 1, before: limit)
        if first == 0x80 {
            guard tag & 0x20 != 0 else { throw .notASeal }
            return BERElement(tag: tag, start: offset, contentStart: offset + 2, length: nil)
        }
        guard first > 0x80 else {
            return try bounded(tag, offset, header: 2, length: Int64(first), limit: limit)
        }
        let count = Int64(first & 0x7F)
        guard count <= 6 else { throw .notASeal }
        var length: Int64 = 0
        for position in 0..<count {
            length = length << 8 | Int64(try byte(at: offset + 2 + position, before: limit))
        }
        return try bounded(tag, offset, header: 2 + count, length: length, limit: limit)
    }

    mutating func bytes(from start: Int64, to end: Int64) throws(SealRefusal) -> [UInt8] {
        do {
            return try window.bytes(from: start, count: Int(end - start))
        } catch {
            throw Self.refusal(for: error)
        }
    }

    /// Whether the two zero bytes that end an indefinite form stand at `offset`.
    mutating func isEnd(at offset: Int64, before limit: Int64) throws(SealRefusal) -> Bool {
        guard try byte(at: offset, before: limit) == 0 else { return false }
        guard try byte(at: offset + 1, before: limit) == 0 else { throw .notASeal }
        return true
    }

    private mutating func byte(at offset: Int64, before limit: Int64) throws(SealRefusal) -> UInt8 {
        guard offset < limit else { throw limit == byteCount ? .truncated : .notASeal }
        do {
            return try window.byte(at: offset)
        } catch {
            throw Self.refusal(for: error)
        }
    }

    private func bounded(
        _ tag: UInt8,
        _ start: Int64,
        header: Int64,
        length: Int64,
        limit: Int64
    ) throws(SealRefusal) -> BERElement {
        guard length <= limit - start - header else {
            throw limit == byteCount ? .truncated : .notASeal
        }
        return BERElement(tag: tag, start: start, contentStart: start + header, length: length)
    }

    private static func refusal(for failure: ByteWindow.Failure) -> SealRefusal {
        switch failure {
        case .beyondTheEnd: .truncated
        case .unreadable: .unreadable
        }
    }
}
