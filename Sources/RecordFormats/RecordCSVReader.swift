import StudentRecords
import Tabular
import Vocabulary

/// Reads one table whose columns are named as the report's elements are, or by their numbers.
struct RecordCSVReader {
    private let table: DelimitedTable
    private let elements: [Element?]
    private let group: ElementGroup
    private let columns: [String: Int]
    /// Columns about what one before them is about.
    ///
    /// The first is read: which one is right, nobody can say here.
    private let repeated: Set<Int>
    private let standIn: RecordSource
    private var builder: EntryBuilder

    /// Whether the first line names elements: two of them, or one beside our own columns.
    static func isOurs(_ text: String) -> Bool {
        let head = DelimitedTable.head(of: text).map(\.folded)
        let isWrittenByUs = RecordCSV.sourceColumns.allSatisfy { head.contains($0.folded) }
        return head.count { named[$0] != nil } >= (isWrittenByUs ? 1 : 2)
    }

    /// Everything that can be read of a table, and all its problems.
    ///
    /// Its group is that of most of its columns.
    static func read(
        _ text: String,
        from standIn: RecordSource,
        codes: StandardCodes
    ) -> RecordReading {
        var builder = EntryBuilder(codes: codes)
        let table = DelimitedTable(text)
        let known = table.head.map { named[$0.folded] }
        let groups = ElementGroup.allCases.map { group in
            (group: group, count: known.count { $0.map(group.elements.contains) == true })
        }
        guard let best = groups.max(by: { $0.count < $1.count }), best.count > 0 else {
            builder.note(
                nil,
                at: "row 1",
                found: table.head.joined(separator: ","),
                allowed: .form(.elementColumns)
            )
            return builder.reading
        }
        var reader = Self(table, known, best.group, from: standIn, into: builder)
        reader.readAll()
        return reader.builder.reading
    }

    static let named: [String: Element] = Dictionary(
        Element.allCases.flatMap { [($0.name.folded, $0), ("\($0.rawValue)", $0)] },
        uniquingKeysWith: { first, _ in first }
    )

    private init(
        _ table: DelimitedTable,
        _ elements: [Element?],
        _ group: ElementGroup,
        from standIn: RecordSource,
        into builder: EntryBuilder
    ) {
        self.table = table
        self.elements = elements
        self.group = group
        self.standIn = standIn
        self.builder = builder
        columns = Dictionary(
            table.head.enumerated().map { ($0.element.folded, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
        var seen: Set<String> = []
        repeated = Set(
            zip(table.head, elements).enumerated().compactMap { column, head in
                let subject = head.1.map { "\($0.rawValue)" } ?? head.0.folded
                return seen.insert(subject).inserted ? nil : column
            }
        )
    }

    private mutating func readAll() {
        let others = Set(
            (RecordCSV.sourceColumns + RecordCSV.aboutColumns + [RecordCSV.codeColumn])
                .map(\.folded)
        )
        for (column, (name, element)) in zip(table.head, elements).enumerated() {
            let isKnown = element.map(group.elements.contains) ?? others.contains(name.folded)
            if !isKnown {
                builder.note(element, at: "row 1", found: name, allowed: .element)
            } else if repeated.contains(column) {
                builder.note(element, at: "row 1", found: name, allowed: .once)
            }
        }
        for row in table.rows where row.cells.contains(where: { !$0.isEmpty }) { read(row) }
        if let fault = table.fault { note(fault) }
    }

    private mutating func note(_ fault: DelimitedReader.Malformed) {
        let (number, rule): (Int, FileForm.Rule) =
            switch fault {
            case .quoteNeverClosed(let row, _): (row, .closedQuote)
            case .rowTooLong(let row, _): (row, .shortRow)
            case .tooManyColumns(let row, _): (row, .fewColumns)
            }
        builder.note(
            nil,
            at: "row \(number)",
            found: "",
            allowed: .form(rule)
        )
    }

    private mutating func read(_ row: DelimitedTable.Row) {
        let place = "row \(row.number)"
        let head = table.head
        let columns = columns
        func cell(_ column: String) -> String? {
            columns[column.folded]
                .flatMap { row.cells.indices.contains($0) ? row.cells[$0].trimmed : nil }
                .flatMap { $0.isEmpty ? nil : RecordCSV.restored($0) }
        }
        if row.cells.count > head.count {
            builder.note(
                nil,
                at: place,
                found: "\(row.cells.count) cells",
                allowed: .structure(.cells(head.count))
            )
        }
        var entry = RecordEntry(group, from: standIn)
        if let name = cell(RecordCSV.sourceColumns[0]) {
            entry.source.name = name.shown(atMost: 200)
            entry.source.school = school(cell(RecordCSV.sourceColumns[1]), at: place)
        } else {
            noteNameless(cell(RecordCSV.sourceColumns[1]), at: place)
        }
        if let date = cell(RecordCSV.sourceColumns[2]) {
            if let value = CivilDate(iso8601: date) {
                entry.source.date = value
            } else {
                builder.note(nil, at: place, found: date, allowed: .date)
            }
        }
        if let name = cell(RecordCSV.aboutColumns[0]) {
            entry.place = SchoolPlace(
                school: school(cell(RecordCSV.aboutColumns[1]), at: place),
                name: name.shown(atMost: 200)
            )
        } else {
            noteNameless(cell(RecordCSV.aboutColumns[1]), at: place)
        }
        builder.standard(cell(RecordCSV.codeColumn), for: &entry, at: place)
        for (column, (element, text)) in zip(elements, row.cells).enumerated() {
            guard let element, group.elements.contains(element), !repeated.contains(column) else {
                continue
            }
            switch text.trimmed {
            case RecordCSV.noneOnFile: entry.answers[element] = .noneOnFile
            case RecordCSV.withheld: entry.answers[element] = .withheld
            default:
                builder.read(
                    RecordCSV.restored(text.trimmed),
                    as: element,
                    into: &entry,
                    at: place
                )
            }
        }
        builder.keep(entry)
    }

    /// A number alone names no school to a reader, so whose the row is stays what it was.
    private mutating func noteNameless(_ number: String?, at place: String) {
        guard let number, number != standIn.school?.description else { return }
        builder.note(.schoolCode, at: place, found: number, allowed: .form(.schoolName))
    }

    private mutating func school(_ text: String?, at place: String) -> SchoolID? {
        guard let text else { return nil }
        if let school = SchoolID(text) { return school }
        builder.note(.schoolCode, at: place, found: text, allowed: .schoolNumber)
        return nil
    }
}
