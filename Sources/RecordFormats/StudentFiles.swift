package import StudentRecords
import Tabular
import Vocabulary

/// Takes a state system's export apart into what it says of each student.
///
/// A table names its students in columns: the request's number, or the state's number and the
/// birth date. Any other format is a file per student, which says itself whom it means, or says it
/// by a request's number in its name.
package enum StudentFiles {
    /// The column that says which request a row answers.
    package static let requestColumn = "Request Number"

    /// The pieces of a file; `nil` for one that is no record.
    package static func pieces(
        of bytes: [UInt8],
        named name: String,
        codes: StandardCodes
    ) -> StudentPieces? {
        guard bytes.count <= RecordFile.largest, let text = RecordFile.text(bytes) else {
            return nil
        }
        let head = DelimitedTable.head(of: text).map(\.folded)
        if head.contains(where: { $0 == requestColumn.folded || isKey($0) }),
            isTable(head)
        {
            return Parting(DelimitedTable(text), otherwise: number(in: name)).pieces
        }
        let nobody = RecordSource(name: "", date: CivilDate(dayNumber: 0))
        guard let reading = RecordFile.read(bytes, from: nobody, codes: codes) else { return nil }
        let key = key(of: reading.record, named: name)
        guard !key.isEmpty else {
            return StudentPieces(refusals: [.init(row: 0, reason: .nobodyNamed)])
        }
        return StudentPieces(pieces: [StudentPiece(key: key, bytes: bytes)])
    }

    private static func isKey(_ column: String) -> Bool {
        let element = RecordCSVReader.named[column]
        return element == .stateStudentIdentificationNumber || element == .birthDate
    }

    /// Whether a row of names has something to read beside whom it is about.
    private static func isTable(_ head: [String]) -> Bool {
        head.contains { RecordCSVReader.named[$0] != nil }
    }

    /// Whom a record means.
    ///
    /// A number or date of which it says two is none: schools disagree, or two states gave numbers.
    private static func key(of record: StudentRecord, named name: String) -> StudentPiece.Key {
        let dates = Set(record.entries.compactMap { $0.date(.birthDate) })
        let numbers = Set(
            record.entries.compactMap { $0.text(.stateStudentIdentificationNumber)?.trimmed }
        )
        return StudentPiece.Key(
            request: number(in: name),
            stateStudentID: numbers.count == 1 ? numbers.first : nil,
            birthDate: dates.count == 1 ? dates.first : nil
        )
    }

    /// The first request number in a file's name.
    private static func number(in name: String) -> RequestNumber? {
        let bytes = Array(name.utf8)
        let length = "RQ-00000-00000".utf8.count
        guard bytes.count >= length else { return nil }
        for start in 0...(bytes.count - length) where bytes[start] | 0x20 == UInt8(ascii: "r") {
            let text = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
            if let number = try? RequestNumber(parsing: text) { return number }
        }
        return nil
    }
}

/// One table, while its rows are given to their students.
private struct Parting {
    private(set) var pieces = StudentPieces()
    private let request: Int?
    private let number: Int?
    private let birthDate: Int?
    /// What the file's name says, for rows that name no request.
    private let otherwise: RequestNumber?

    init(_ table: DelimitedTable, otherwise: RequestNumber?) {
        self.otherwise = otherwise
        let elements = table.head.map { RecordCSVReader.named[$0.folded] }
        request = table.head.firstIndex { $0.folded == StudentFiles.requestColumn.folded }
        number = elements.firstIndex(of: .stateStudentIdentificationNumber)
        birthDate = elements.firstIndex(of: .birthDate)
        if let fault = table.fault {
            pieces.refusals = [.init(row: Self.row(of: fault), reason: .cutOff)]
            return
        }
        let kept = Self.kept(elements, request)
        var order: [StudentPiece.Key] = []
        var rows: [StudentPiece.Key: [DelimitedTable.Row]] = [:]
        for row in table.rows where row.cells.contains(where: { !$0.trimmed.isEmpty }) {
            guard let key = key(of: row) else { continue }
            if rows[key] == nil { order.append(key) }
            rows[key, default: []].append(row)
        }
        // Each piece begins with the row of names.
        let heads = table.head.reduce(0) { $0 + $1.utf8.count + 1 } * order.count
        guard order.count <= Self.mostStudents, heads <= RecordFile.largest else {
            pieces.refusals = [.init(row: 0, reason: .tooManyStudents)]
            return
        }
        pieces.pieces = order.map { key in
            let own = rows[key] ?? []
            let lines = ([table.head] + own.map(\.cells)).map { cells in
                // A cell too many stays, so that its reader says so.
                let all = cells.indices.filter { kept.contains($0) || $0 >= table.head.count }
                return all.map { RecordCSV.quoted(cells[$0]) }.joined(separator: ",")
            }
            return StudentPiece(
                key: key,
                bytes: Array((lines.joined(separator: "\r\n") + "\r\n").utf8),
                rows: own.map(\.number)
            )
        }
    }

    private static let mostStudents = 5_000

    /// Whom a row means; a row that cannot say it is refused.
    private mutating func key(of row: DelimitedTable.Row) -> StudentPiece.Key? {
        func cell(_ column: Int?) -> String? {
            guard let column, row.cells.indices.contains(column) else { return nil }
            let text = RecordCSV.restored(row.cells[column].trimmed)
            let says = !text.isEmpty && text != RecordCSV.noneOnFile && text != RecordCSV.withheld
            return says ? text : nil
        }
        func refuse(_ reason: StudentPieces.Reason) -> StudentPiece.Key? {
            pieces.refusals.append(.init(row: row.number, reason: reason))
            return nil
        }
        var asked = otherwise
        if let text = cell(request) {
            guard let number = try? RequestNumber(parsing: text) else {
                return refuse(.requestMalformed)
            }
            asked = number
        }
        var born: CivilDate?
        if let text = cell(birthDate) {
            guard case .date(let day)? = try? ElementValue.read(text, for: .birthDate) else {
                return refuse(.birthDateMalformed)
            }
            born = day
        }
        let key = StudentPiece.Key(
            request: asked,
            stateStudentID: cell(number),
            birthDate: born
        )
        return key.isEmpty ? refuse(.nobodyNamed) : key
    }

    private static func row(of fault: DelimitedReader.Malformed) -> Int {
        switch fault {
        case .quoteNeverClosed(let row, _), .rowTooLong(let row, _), .tooManyColumns(let row, _):
            row
        }
    }

    /// The columns that stay: those that only say whom a row means do not belong to the record,
    /// unless its group has them.
    private static func kept(_ elements: [Element?], _ request: Int?) -> Set<Int> {
        let keys: Set<Element> = [.stateStudentIdentificationNumber, .birthDate]
        func group(among elements: [Element]) -> ElementGroup? {
            let counts = ElementGroup.allCases.map { group in
                (group: group, count: elements.count { group.elements.contains($0) })
            }
            return counts.max { $0.count < $1.count }.flatMap { $0.count > 0 ? $0.group : nil }
        }
        let named = elements.compactMap(\.self)
        let group = group(among: named.filter { !keys.contains($0) }) ?? group(among: named)
        return Set(
            elements.indices.filter { column in
                guard column != request else { return false }
                guard let element = elements[column], keys.contains(element) else { return true }
                return group?.elements.contains(element) == true
            }
        )
    }
}
