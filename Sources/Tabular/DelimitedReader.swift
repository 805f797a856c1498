/// Reads rows of delimited text (CSV, RFC 4180) as the bytes come in.
///
/// Bytes and nothing else: the delimiter, quotation marks and line ends are ASCII in every encoding
/// that is read, so a row is decoded by whoever knows the encoding. Line ends may be `\n`, `\r\n` or
/// `\r`. Memory grows with one row, never with the file.
package struct DelimitedReader: Sendable {
    /// What must not be larger: a quotation mark that is never closed would swallow the file.
    package struct Limits: Hashable, Sendable {
        package let rowBytes: Int
        package let columns: Int

        package init(rowBytes: Int = 1 << 20, columns: Int = 2_000) {
            self.rowBytes = rowBytes
            self.columns = columns
        }
    }

    /// Why the text cannot be rows; nothing after it can be relied on.
    package enum Malformed: Error, Hashable, Sendable, Codable {
        /// The text ends inside a quoted column of the row that begins on this line.
        case quoteNeverClosed(row: Int, line: Int)
        case rowTooLong(row: Int, line: Int)
        case tooManyColumns(row: Int, line: Int)
    }

    private enum State {
        case start, plain, quoted, afterQuote
    }

    private let delimiter: UInt8
    private let limits: Limits
    private var row: DelimitedRow
    private var state = State.start
    /// The last byte ended a line, as `\r`: a `\n` right after it belongs to it.
    private var afterReturn = false
    private var line = 1

    package init(delimiter: UInt8 = UInt8(ascii: ","), limits: Limits = Limits()) {
        self.delimiter = delimiter
        self.limits = limits
        row = DelimitedRow()
    }

    /// Takes the next bytes; calls `body` with each row that is complete.
    ///
    /// A row with nothing in it, not even a delimiter, is skipped and counted.
    package mutating func read(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (borrowing DelimitedRow) throws -> Void
    ) throws {
        for byte in bytes { try take(byte, body) }
    }

    /// Takes the next bytes; calls `body` with each row that is complete.
    package mutating func read(
        _ bytes: [UInt8],
        _ body: (borrowing DelimitedRow) throws -> Void
    ) throws {
        for byte in bytes { try take(byte, body) }
    }

    /// Says that nothing follows: the last row may lack its line end.
    package mutating func finish(_ body: (borrowing DelimitedRow) throws -> Void) throws {
        if state == .quoted {
            throw Malformed.quoteNeverClosed(row: row.number, line: row.line)
        }
        guard !row.isUntouched else { return }
        row.isUnterminated = true
        try endRow(body)
    }

    private mutating func take(
        _ byte: UInt8,
        _ body: (borrowing DelimitedRow) throws -> Void
    ) throws {
        if byte == Self.newline, afterReturn {
            afterReturn = false
            return
        }
        afterReturn = false
        switch state {
        case .quoted:
            if byte == Self.quote {
                state = .afterQuote
            } else {
                if byte == Self.newline { line += 1 }
                try keep(byte)
            }
        case .afterQuote where byte == Self.quote:
            state = .quoted
            try keep(byte)
        case .start where byte == Self.quote:
            state = .quoted
            row.isTouched = true
        case .start, .plain, .afterQuote:
            try takeOutsideQuotes(byte, body)
        }
    }

    private mutating func takeOutsideQuotes(
        _ byte: UInt8,
        _ body: (borrowing DelimitedRow) throws -> Void
    ) throws {
        switch byte {
        case delimiter:
            guard row.count < limits.columns - 1 else {
                throw Malformed.tooManyColumns(row: row.number, line: row.line)
            }
            row.isTouched = true
            row.endColumn()
            state = .start
        case Self.newline, Self.carriageReturn:
            afterReturn = byte == Self.carriageReturn
            line += 1
            try endRow(body)
        default:
            if state == .afterQuote { row.hasTextAfterQuote = true } else { state = .plain }
            try keep(byte)
        }
    }

    private mutating func keep(_ byte: UInt8) throws {
        guard row.byteCount < limits.rowBytes else {
            throw Malformed.rowTooLong(row: row.number, line: row.line)
        }
        row.append(byte)
    }

    private mutating func endRow(_ body: (borrowing DelimitedRow) throws -> Void) throws {
        let isEmpty = row.isUntouched
        if !isEmpty {
            row.endColumn()
            try body(row)
        }
        state = .start
        row.begin(after: line)
    }

    private static let quote = UInt8(ascii: "\"")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}
