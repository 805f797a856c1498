import Tabular

/// A small table of delimited text: the row of column names and the rows under it.
struct DelimitedTable {
    /// One row with its number, counted from 1 with empty ones among them.
    struct Row {
        let number: Int
        let cells: [String]
    }

    let head: [String]
    let rows: [Row]
    /// Why the table ends before the text does.
    let fault: DelimitedReader.Malformed?

    /// Lenient with line ends, tabs and semicolons in place of commas, and stray quotation marks.
    init(_ text: String) {
        var reader = DelimitedReader(delimiter: Self.delimiter(of: text))
        var rows: [Row] = []
        var fault: DelimitedReader.Malformed?
        func keep(_ row: borrowing DelimitedRow) {
            let cells = (0..<row.count).map { row.text($0) }
            rows.append(Row(number: row.number, cells: cells))
        }
        do {
            try reader.read(Array(text.utf8), keep)
            try reader.finish(keep)
        } catch {
            fault = error as? DelimitedReader.Malformed
        }
        head = rows.first?.cells ?? []
        self.rows = Array(rows.dropFirst())
        self.fault = fault
    }

    /// The names of the columns alone, however long the text is.
    static func head(of text: String) -> [String] {
        let line = text.utf8.prefix { $0 != 10 && $0 != 13 }
        return DelimitedTable(String(decoding: line, as: UTF8.self)).head
    }

    private static func delimiter(of text: String) -> UInt8 {
        let line = text.utf8.prefix { $0 != 10 && $0 != 13 }
        func count(_ byte: UInt8) -> Int { line.count { $0 == byte } }
        let (tab, semicolon, comma) = (UInt8(9), UInt8(ascii: ";"), UInt8(ascii: ","))
        if count(tab) > max(count(comma), count(semicolon)) { return tab }
        return count(semicolon) > count(comma) ? semicolon : comma
    }
}
