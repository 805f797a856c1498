import Glibc

/// Reads a file of comma-separated values row by row, however large it is.
///
/// UTF-8 with a header; fields may be quoted, quotes inside are doubled, lines end in LF or CRLF.
struct TableReader: ~Copyable {
    /// Why a file cannot be read on; said to the person who named it.
    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    let path: String
    private(set) var columns: [String] = []
    /// The fields of the row read last, one after the other.
    private(set) var bytes: [UInt8] = []
    /// Where each of them ends in `bytes`.
    private(set) var ends: [Int] = []
    /// Counts the rows, the header being the first.
    private(set) var row = 0
    private let file: Int32
    private var chunk = [UInt8](repeating: 0, count: 1 << 18)
    private var position = 0
    private var filled = 0

    /// The longest row that is still a row.
    private static let longestRow = 1 << 20

    /// Opens a file and reads its header.
    init(_ path: String) throws(Unreadable) {
        self.path = path
        file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw Unreadable(description: "\(path): \(String(cString: strerror(errno)))")
        }
        try fill()
        guard filled > 0 else { throw Unreadable(description: "\(path) is empty: no header.") }
        if filled >= 2, [[0xFF, 0xFE], [0xFE, 0xFF]].contains(Array(chunk[0..<2])) {
            throw Unreadable(description: "\(path) is UTF-16; it must be UTF-8.")
        }
        if filled >= 3, Array(chunk[0..<3]) == [0xEF, 0xBB, 0xBF] { position = 3 }
        guard try readRow() else {
            throw Unreadable(description: "\(path) is empty: no header.")
        }
        columns = ends.indices.map { String(decoding: bytes[range($0)], as: UTF8.self) }
    }

    deinit { close(file) }

    func range(_ field: Int) -> Range<Int> { (field == 0 ? 0 : ends[field - 1])..<ends[field] }

    func text(_ field: Int) -> String { String(decoding: bytes[range(field)], as: UTF8.self) }

    /// Reads the next row; `false` at the end.
    mutating func next() throws(Unreadable) -> Bool {
        repeat {
            guard try readRow() else { return false }
            // An empty line, as at the end of many files.
        } while bytes.isEmpty && ends.count == 1
        guard ends.count == columns.count else {
            throw Unreadable(
                description: "\(path), row \(row): \(ends.count) fields where the header has "
                    + "\(columns.count)."
            )
        }
        return true
    }

    private mutating func fill() throws(Unreadable) {
        position = 0
        repeat { filled = read(file, &chunk, chunk.count) } while filled < 0 && errno == EINTR
        guard filled >= 0 else {
            throw Unreadable(description: "\(path): \(String(cString: strerror(errno)))")
        }
    }

    private mutating func readRow() throws(Unreadable) -> Bool {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        var isQuoted = false
        var wasQuote = false
        var isBegun = false
        var union: UInt8 = 0
        row += 1
        reading: while true {
            if position == filled {
                try fill()
                if filled == 0 { break }
            }
            isBegun = true
            // What needs no thought is copied at once.
            var end = position
            if !wasQuote {
                while end < filled {
                    let byte = chunk[end]
                    if byte == 0x22 || byte == 0 || !isQuoted && (byte == 0x2C || byte == 0x0A) {
                        break
                    }
                    union |= byte
                    end += 1
                }
                bytes.append(contentsOf: chunk[position..<end])
                position = end
                if end == filled { continue }
            }
            let byte = chunk[position]
            position += 1
            switch byte {
            case 0x22 where isQuoted: (isQuoted, wasQuote) = (false, true)
            case 0x22 where wasQuote:
                bytes.append(0x22)
                (isQuoted, wasQuote) = (true, false)
            case 0x22 where bytes.count == ends.last ?? 0: isQuoted = true
            case 0x22: bytes.append(0x22)
            case 0x2C:
                wasQuote = false
                ends.append(bytes.count)
            case 0x0A:
                if bytes.count > ends.last ?? 0, bytes.last == 0x0D { bytes.removeLast() }
                ends.append(bytes.count)
                try check(union)
                return true
            case 0:
                throw Unreadable(
                    description: "\(path), row \(row) has a zero byte; it must be UTF-8 text."
                )
            default:
                wasQuote = false
                union |= byte
                bytes.append(byte)
            }
            guard bytes.count <= Self.longestRow else {
                throw Unreadable(description: "\(path), row \(row) is longer than 1 MiB.")
            }
        }
        guard isBegun else { return false }
        if isQuoted {
            throw Unreadable(
                description: "\(path), row \(row): the file ends inside a quoted field."
            )
        }
        ends.append(bytes.count)
        try check(union)
        return true
    }

    private func check(_ union: UInt8) throws(Unreadable) {
        guard union >= 0x80, String(validating: bytes, as: UTF8.self) == nil else { return }
        throw Unreadable(
            description: "\(path), row \(row) is not UTF-8; save the file as UTF-8 and try again."
        )
    }
}
