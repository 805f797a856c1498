package import StudentRecords
import Vocabulary

/// One file of comma-separated values per group of elements; its columns are named as the
/// report's elements are.
package enum RecordCSV {
    /// What stands before the elements of a row.
    static let sourceColumns = ["Source School", "Source NCES School Id", "Source Date"]
    static let aboutColumns = ["About School", "About NCES School Id"]
    static let codeColumn = "Standard Code"
    private static let noneOnFile = "(none on file)"
    private static let withheld = "(withheld)"

    // MARK: Out

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
    private static func restored(_ text: String) -> String {
        guard text.utf8.first == quote else { return text }
        let rest = String(decoding: text.utf8.dropFirst(), as: UTF8.self)
        return needsQuote(rest) ? rest : text
    }

    private static func needsQuote(_ text: String) -> Bool {
        text.utf8.first.map(formula.contains) == true || text == noneOnFile || text == withheld
    }

    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 >= 32
        }
        guard !isPlain else { return text }
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        return "\"" + parts.joined(separator: "\"\"") + "\""
    }

    // MARK: In

    /// Whether the first line names elements.
    static func isOurs(_ text: String) -> Bool {
        guard let head = csvRows(text).first else { return false }
        return head.count { elements[$0.folded] != nil } >= 2
    }

    private static let elements: [String: Element] = Dictionary(
        Element.allCases.flatMap { [($0.name.folded, $0), ("\($0.rawValue)", $0)] },
        uniquingKeysWith: { first, _ in first }
    )

    /// Reads one file; its group is that of most of its columns.
    static func read(
        _ text: String,
        from standIn: RecordSource,
        codes: StandardCodes
    ) -> RecordReading {
        var builder = EntryBuilder(codes: codes)
        let rows = csvRows(text)
        guard let head = rows.first else {
            builder.note(nil, at: "row 1", found: "", allowed: .structure("a row of column names"))
            return builder.reading
        }
        let known = head.map { elements[$0.folded] }
        let groups = ElementGroup.allCases.map { group in
            (group: group, count: known.count { $0.map(group.elements.contains) == true })
        }
        guard let best = groups.max(by: { $0.count < $1.count }), best.count > 0 else {
            builder.note(
                nil,
                at: "row 1",
                found: head.joined(separator: ","),
                allowed: .structure("columns named as the minimum data elements")
            )
            return builder.reading
        }
        let others = Set((sourceColumns + aboutColumns + [codeColumn]).map(\.folded))
        for (name, element) in zip(head, known) where !others.contains(name.folded) {
            if element.map(best.group.elements.contains) != true {
                builder.note(element, at: "row 1", found: name, allowed: .element)
            }
        }
        for (index, row) in rows.enumerated().dropFirst() where row.contains(where: { !$0.isEmpty })
        {
            read(
                row,
                head,
                known,
                best.group,
                at: "row \(index + 1)",
                from: standIn,
                into: &builder
            )
        }
        return builder.reading
    }

    private static func read(
        _ row: [String],
        _ head: [String],
        _ elements: [Element?],
        _ group: ElementGroup,
        at place: String,
        from standIn: RecordSource,
        into builder: inout EntryBuilder
    ) {
        func cell(_ column: String) -> String? {
            head.firstIndex { $0.folded == column.folded }
                .flatMap { row.indices.contains($0) ? restored(row[$0].trimmed) : nil }
                .flatMap { $0.isEmpty ? nil : $0 }
        }
        if row.count > head.count {
            builder.note(
                nil,
                at: place,
                found: "\(row.count) cells",
                allowed: .structure("\(head.count) cells")
            )
        }
        var entry = RecordEntry(group, from: standIn)
        if let name = cell(sourceColumns[0]) {
            entry.source.name = name.shown(atMost: 200)
            entry.source.school = cell(sourceColumns[1]).flatMap { SchoolID($0) }
        }
        if let date = cell(sourceColumns[2]) {
            if let value = CivilDate(iso8601: date) {
                entry.source.date = value
            } else {
                builder.note(nil, at: place, found: date, allowed: .date)
            }
        }
        if let name = cell(aboutColumns[0]) {
            entry.place = SchoolPlace(
                school: cell(aboutColumns[1]).flatMap { SchoolID($0) },
                name: name.shown(atMost: 200)
            )
        }
        builder.standard(cell(codeColumn), for: &entry, at: place)
        for (element, text) in zip(elements, row) {
            guard let element, group.elements.contains(element) else { continue }
            switch text.trimmed {
            case noneOnFile: entry.answers[element] = .noneOnFile
            case withheld: entry.answers[element] = .withheld
            default:
                builder.read(restored(text.trimmed), as: element, into: &entry, at: place)
            }
        }
        builder.keep(entry)
    }
}
