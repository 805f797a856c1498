/// One row: its columns' bytes, without quotation marks.
package struct DelimitedRow: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    var isTouched = false

    /// Counts the rows from 1, empty ones among them.
    package private(set) var number = 1
    /// The line on which the row begins, counted from 1; a quoted column may hold line ends.
    package private(set) var line = 1
    /// Something stands after a closing quotation mark: what the writer meant is not known.
    package internal(set) var hasTextAfterQuote = false
    /// The text ended without a line end after this row.
    package internal(set) var isUnterminated = false

    init() {}

    /// Columns.
    package var count: Int { ends.count }

    /// Calls `body` with the bytes of a column, counted from 0; with none where the row is shorter.
    package func withColumn<Result>(
        _ index: Int,
        _ body: (ArraySlice<UInt8>) throws -> Result
    ) rethrows -> Result {
        try body(self[index])
    }

    /// The bytes of a column, counted from 0; none where the row is shorter.
    package subscript(_ index: Int) -> ArraySlice<UInt8> {
        guard ends.indices.contains(index) else { return [] }
        return bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// A column as UTF-8 text; what is no UTF-8 becomes U+FFFD.
    package func text(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }

    var byteCount: Int { bytes.count }
    /// Nothing at all was read for it.
    var isUntouched: Bool { !isTouched && bytes.isEmpty && ends.isEmpty }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }
    mutating func endColumn() { ends.append(bytes.count) }

    mutating func begin(after line: Int) {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        isTouched = false
        hasTextAfterQuote = false
        isUnterminated = false
        number += 1
        self.line = line
    }
}
