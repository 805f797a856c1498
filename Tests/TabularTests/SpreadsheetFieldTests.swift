import Tabular
import Testing

@Suite("Fields that spreadsheets open") struct SpreadsheetFieldTests {
    @Test(arguments: [
        ("Oak School", "\"Oak School\""), ("", "\"\""), ("12", "\"12\""),
        ("say \"so\"", "\"say \"\"so\"\"\""), ("one, two", "\"one, two\""),
        ("two\nlines", "\"two\nlines\""), ("Post-Falls", "\"Post-Falls\""),
    ])
    func `ordinary text is quoted and nothing else`(text: String, quoted: String) {
        #expect(SpreadsheetField.quoted(text) == quoted)
    }

    @Test func `a line has its fields quoted and defused, with commas between and no end`() {
        #expect(SpreadsheetField.line(["12", "one, two", "=1"]) == "\"12\",\"one, two\",\"'=1\"")
        #expect(SpreadsheetField.line([]) == "")
    }

    @Test func `a quotation mark with an accent on it is doubled as well`() {
        let quoted = SpreadsheetField.quoted("a\"\u{301},=1")
        #expect(quoted.utf8.count { $0 == UInt8(ascii: "\"") } == 4)
    }

    @Test(arguments: [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1+1", "   @x",
        "=HYPERLINK(\"http://school.example\")",
    ])
    func `what a spreadsheet would run is text`(text: String) {
        #expect(SpreadsheetField.quoted(text).hasPrefix("\"'"))
    }
}
