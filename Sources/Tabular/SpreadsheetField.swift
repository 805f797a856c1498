/// A field of a comma-separated file that spreadsheets will open.
package enum SpreadsheetField {
    /// Quoted, and defused where a spreadsheet would take it for a formula.
    package static func quoted(_ text: String) -> String {
        // Bytes: a quotation mark with an accent on it is one Character that is no quotation mark.
        var bytes = [quote]
        if isFormula(text) { bytes.append(UInt8(ascii: "'")) }
        for byte in text.utf8 {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A line of such fields, without its end.
    package static func line(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",")
    }

    // Some programs cut blanks off before they look.
    private static func isFormula(_ text: String) -> Bool {
        let first = text.utf8.first { $0 != UInt8(ascii: " ") }
        return text.utf8.first.map(blanks.contains) == true || first.map(marks.contains) == true
    }

    private static let quote = UInt8(ascii: "\"")
    private static let marks = Set("=+-@\t\r\n".utf8)
    private static let blanks = Set("\t\r\n".utf8)
}
