import Glibc
package import NIOCore

/// A reader of `multipart/form-data` (RFC 7578) that is fed bytes and gives out parts.
///
/// Strict, since only browsers and our own clients speak it to us, and of constant memory: it
/// keeps one header block or one delimiter's length of a body, and whatever it was fed last.
package struct MultipartParser: Sendable {
    /// What comes next in the body.
    package enum Event: Hashable, Sendable {
        case part(PartHead)
        case data(ByteBuffer)
        case partEnd
        case end
    }

    /// What is wrong with a body.
    package enum Malformed: Error, Equatable, Sendable {
        case noBoundary
        case badDelimiter
        case headTooLong
        case badHead(PartHead.Malformed)
        case tooManyParts
        case cutShort
    }

    private enum State {
        case start, head, data, delimiter, ended
    }

    private static let longestHead = 4_096
    /// The most parts one body may have.
    package static let mostParts = 600

    private let delimiter: [UInt8]
    private var state = State.start
    private var buffer = ByteBuffer()
    private var parts = 0

    /// - Parameter boundary: as `Content-Type` names it.
    package init(boundary: MultipartBoundary) {
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// Takes the next bytes of the body; `next` must then be called until it has nothing more.
    package mutating func feed(_ bytes: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            var bytes = bytes
            buffer.discardReadBytes()
            buffer.writeBuffer(&bytes)
        }
    }

    /// The next event; `nil` where more bytes are needed.
    package mutating func next() throws(Malformed) -> Event? {
        while true {
            switch state {
            case .start:
                guard try skipFirstDelimiter() else { return nil }
                state = .delimiter
            case .delimiter:
                guard let mark = buffer.getBytes(at: buffer.readerIndex, length: 2) else {
                    return nil
                }
                buffer.moveReaderIndex(forwardBy: 2)
                if mark == [0x2D, 0x2D] {
                    state = .ended
                    return .end
                }
                guard mark == [0x0D, 0x0A] else { throw .badDelimiter }
                state = .head
            case .head:
                guard let head = try readHead() else { return nil }
                parts += 1
                guard parts <= Self.mostParts else { throw .tooManyParts }
                state = .data
                return .part(head)
            case .data:
                return readData()
            case .ended:
                // What follows the last delimiter means nothing (RFC 2046, 5.1.1).
                buffer.clear()
                return nil
            }
        }
    }

    /// To be called when the body has ended.
    package func finish() throws(Malformed) {
        guard case .ended = state else { throw .cutShort }
    }

    private mutating func skipFirstDelimiter() throws(Malformed) -> Bool {
        // The first delimiter has no line end before it.
        let first = delimiter.dropFirst(2)
        let there = buffer.readableBytesView.prefix(first.count)
        guard first.starts(with: there) else { throw .badDelimiter }
        guard there.count == first.count else { return false }
        buffer.moveReaderIndex(forwardBy: first.count)
        return true
    }

    private mutating func readHead() throws(Malformed) -> PartHead? {
        let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        guard let length = Self.position(of: end, in: buffer) else {
            guard buffer.readableBytes <= Self.longestHead else { throw .headTooLong }
            return nil
        }
        guard length <= Self.longestHead, let bytes = buffer.readBytes(length: length) else {
            throw .headTooLong
        }
        buffer.moveReaderIndex(forwardBy: end.count)
        do {
            return try PartHead(parsing: bytes)
        } catch {
            throw .badHead(error)
        }
    }

    private mutating func readData() -> Event? {
        if let length = Self.position(of: delimiter, in: buffer) {
            guard length == 0 else { return buffer.readSlice(length: length).map(Event.data) }
            buffer.moveReaderIndex(forwardBy: delimiter.count)
            state = .delimiter
            return .partEnd
        }
        // The last bytes may be the beginning of a delimiter.
        let safe = buffer.readableBytes - (delimiter.count - 1)
        guard safe > 0 else { return nil }
        return buffer.readSlice(length: safe).map(Event.data)
    }

    /// Where `mark`, which begins with a carriage return, stands in the readable bytes.
    private static func position(of mark: [UInt8], in buffer: ByteBuffer) -> Int? {
        buffer.withUnsafeReadableBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var start = 0
            while start + mark.count <= bytes.count {
                // The C library looks at many bytes at once: a gigabyte passes through here.
                let rest = bytes.count - start - mark.count + 1
                guard let found = memchr(base + start, 0x0D, rest) else { return nil }
                let position = UnsafeRawPointer(found) - base
                if bytes[position..<(position + mark.count)].elementsEqual(mark) {
                    return position
                }
                start = position + 1
            }
            return nil
        }
    }
}
