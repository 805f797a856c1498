import SeededNumbers
import Tabular
import Testing

@Suite("Rows of delimited text")
struct DelimitedReaderTests {
    @Test(arguments: [
        ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
        ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
        ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
        ("", []),
        ("\n\n\r\n", []),
        (",\n", [["", ""]]),
        ("\"\"\n", [[""]]),
        ("a,\n,b\n", [["a", ""], ["", "b"]]),
        ("\"a,b\",c\n", [["a,b", "c"]]),
        ("\"a\nb\r\nc\",d\n", [["a\nb\r\nc", "d"]]),
        ("\"say \"\"hi\"\"\",x\n", [["say \"hi\"", "x"]]),
        ("O\"Brien,5'3\"\n", [["O\"Brien", "5'3\""]]),
        ("García,Ñandú\n", [["García", "Ñandú"]]),
        ("a;b\n", [["a;b"]]),
    ])
    func `a text is these rows`(text: String, rows: [[String]]) throws {
        #expect(try parse(text) == rows)
    }

    @Test
    func `another delimiter makes commas plain`() throws {
        #expect(try parse("a,b|c\n", delimiter: UInt8(ascii: "|")) == [["a,b", "c"]])
        #expect(try parse("a\tb\n", delimiter: UInt8(ascii: "\t")) == [["a", "b"]])
    }

    @Test
    func `rows know where they begin`() throws {
        var places: [[Int]] = []
        var reader = DelimitedReader()
        try reader.read(Array("a\n\n\"b\nc\"\nd".utf8)) { places.append([$0.number, $0.line]) }
        try reader.finish { places.append([$0.number, $0.line]) }
        #expect(places == [[1, 1], [3, 3], [4, 5]])
    }

    @Test
    func `a quotation mark that is never closed is named with its row`() throws {
        var reader = DelimitedReader()
        try reader.read(Array("a,b\nc,\"d\ne,f\n".utf8)) { _ in }
        #expect(throws: DelimitedReader.Malformed.quoteNeverClosed(row: 2, line: 2)) {
            try reader.finish { _ in }
        }
    }

    @Test
    func `a quotation mark that swallows the file ends at the limit`() throws {
        var reader = DelimitedReader(limits: .init(rowBytes: 100))
        #expect(throws: DelimitedReader.Malformed.rowTooLong(row: 1, line: 1)) {
            try reader.read(Array(("\"a\n" + String(repeating: "b,c\n", count: 100)).utf8)) { _ in }
        }
    }

    @Test
    func `a row of nothing but delimiters ends at the limit`() throws {
        var reader = DelimitedReader(limits: .init(columns: 10))
        #expect(throws: DelimitedReader.Malformed.tooManyColumns(row: 2, line: 2)) {
            try reader.read(Array(("a\n" + String(repeating: ",", count: 10)).utf8)) { _ in }
        }
    }

    @Test
    func `text after a closing quotation mark is noted`() throws {
        var notes: [Bool] = []
        var reader = DelimitedReader()
        try reader.read(Array("\"a\"b,c\n\"d\",e\n".utf8)) { notes.append($0.hasTextAfterQuote) }
        #expect(notes == [true, false])
    }

    @Test
    func `a last row without its line end is noted`() throws {
        var notes: [Bool] = []
        var reader = DelimitedReader()
        try reader.read(Array("a\nb".utf8)) { notes.append($0.isUnterminated) }
        try reader.finish { notes.append($0.isUnterminated) }
        #expect(notes == [false, true])
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `what is written comes back, however the bytes are cut`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rows = (0..<20).map { _ in
            (0..<(1 + Int(random.next() % 5))).map { _ in Self.field(&random) }
        }
        let text = rows.map { $0.map(Self.written).joined(separator: ",") }
            .joined(separator: ["\n", "\r\n"][Int(random.next() % 2)])
        var found: [[String]] = []
        var reader = DelimitedReader()
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let piece = bytes.prefix(1 + Int(random.next() % 7))
            bytes = bytes.dropFirst(piece.count)
            try reader.read(Array(piece)) { found.append(Self.columns($0)) }
        }
        try reader.finish { found.append(Self.columns($0)) }
        #expect(found == rows)
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `no bytes break it`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let likely = Array("\",\n\r\"ab\u{0}ÿ".utf8)
        let bytes = (0..<400).map { _ in
            random.next() % 4 == 0
                ? UInt8(truncatingIfNeeded: random.next())
                : likely[Int(random.next() % UInt64(likely.count))]
        }
        var reader = DelimitedReader(limits: .init(rowBytes: 300, columns: 50))
        var kept = 0
        do {
            try reader.read(bytes) { row in
                for index in 0..<row.count { kept += row[index].count }
            }
            try reader.finish { row in
                for index in 0..<row.count { kept += row[index].count }
            }
        } catch {
            #expect(error is DelimitedReader.Malformed)
        }
        #expect(kept <= bytes.count)
    }

    private func parse(_ text: String, delimiter: UInt8 = 44) throws -> [[String]] {
        var rows: [[String]] = []
        var reader = DelimitedReader(delimiter: delimiter)
        try reader.read(Array(text.utf8)) { rows.append(Self.columns($0)) }
        try reader.finish { rows.append(Self.columns($0)) }
        return rows
    }

    private static func columns(_ row: borrowing DelimitedRow) -> [String] {
        (0..<row.count).map { row.text($0) }
    }

    private static func field(_ random: inout SeededGenerator) -> String {
        let pieces = ["a", "Ñ", ",", "\"", "\n", "\r", " ", "José", ""]
        return (0..<(1 + random.next() % 4))
            .map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
    }

    // Every column quoted: an empty one in a row of its own would be an empty row.
    private static func written(_ field: String) -> String {
        "\""
            + field.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}
