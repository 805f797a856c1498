package import StudentRecords
import Vocabulary

/// One file of comma-separated values per group of elements; its columns are named as the
/// report's elements are.
package enum RecordCSV {
    /// What stands before the elements of a row.
    static let sourceColumns = ["Source School", "Source NCES School Id", "Source Date"]
    static let aboutColumns = ["About School", "About NCES School Id"]
    static let codeColumn = "Standard Code"
    static let noneOnFile = "(none on file)"
    static let withheld = "(withheld)"

    /// A file for each group that has entries, named after it: `course.csv`.
    package static func write(_ record: StudentRecord) -> [(name: String, text: String)] {
        ElementGroup.allCases.compactMap { group in
            let entries = record.entries(of: group)
            guard !entries.isEmpty else { return nil }
            let columns =
                sourceColumns + aboutColumns + [codeColumn] + group.elements.map(\.name)
            let rows = entries.map { entry in
                [
                    defused(entry.source.name), entry.source.school?.description ?? "",
                    entry.source.date.description, defused(entry.place?.name ?? ""),
                    entry.place?.school?.description ?? "", entry.standard ?? "",
                ]
                    + group.elements.map { element in
                        switch entry.answers[element] {
                        case .value(let value): defused(value.token)
                        case .noneOnFile: noneOnFile
                        case .withheld: withheld
                        case .unreadable(let text): defused(text)
                        case nil: ""
                        }
                    }
            }
            let lines = ([columns] + rows).map { $0.map(quoted).joined(separator: ",") }
            return ("\(group.rawValue).csv", lines.joined(separator: "\r\n") + "\r\n")
        }
    }

    // A spreadsheet takes a cell that starts with one of these for a formula.
    private static let formula = Set("=+-@\t\r'".utf8)
    private static let quote = UInt8(ascii: "'")

    /// With a quote in front, where it would be a formula or one of our own words.
    private static func defused(_ text: String) -> String {
        needsQuote(text) ? "'" + text : text
    }

    /// Takes off what `defused` put in front.
    static func restored(_ text: String) -> String {
        guard text.utf8.first == quote else { return text }
        let rest = String(decoding: text.utf8.dropFirst(), as: UTF8.self)
        return needsQuote(rest) ? rest : text
    }

    private static func needsQuote(_ text: String) -> Bool {
        text.utf8.first.map(formula.contains) == true || text == noneOnFile || text == withheld
    }

    static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 >= 32
        }
        guard !isPlain else { return text }
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        return "\"" + parts.joined(separator: "\"\"") + "\""
    }
}
