import RecordExchange
import Vocabulary

/// Reads the directory's lines; `script/make-directory-data` describes them.
struct DirectoryReader {
    private(set) var schools: [School] = []
    private(set) var districts: [District] = []

    private let file: String
    private var line = 0
    private var expected = (districts: 0, schools: 0)
    /// Many schools share a town: one string serves them all.
    private var stateOfCode: [String: StateCode] = [:]

    init(file: String) {
        self.file = file
    }

    mutating func read(
        _ bytes: [UInt8],
        progress: (NationalDirectory.Progress) -> Void
    ) throws(NationalDirectory.Damaged) {
        var start = 0
        var columns: [Range<Int>] = []
        var columnStart = 0
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "\t"):
                columns.append(columnStart..<index)
                columnStart = index + 1
            case UInt8(ascii: "\n"):
                columns.append(columnStart..<index)
                line += 1
                try take(columns, of: bytes, progress: progress)
                columns.removeAll(keepingCapacity: true)
                start = index + 1
                columnStart = start
            default: break
            }
        }
        line += 1
        guard start == bytes.count else { throw bad("the last line has no end") }
        guard line > 1 else { throw bad("the file is empty") }
        guard districts.count == expected.districts, schools.count == expected.schools else {
            throw bad("the first line promises another number of districts or schools")
        }
    }

    /// Reads `TX TAB Texas TAB America/Chicago` lines, in the order of the codes.
    static func states(
        _ bytes: [UInt8],
        file: String
    ) throws(NationalDirectory.Damaged) -> [StateEntry] {
        var result: [StateEntry] = []
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
            number += 1
            let columns = line.split(separator: UInt8(ascii: "\t"))
                .compactMap { String(validating: $0, as: UTF8.self) }
            guard columns.count == 3, let code = StateCode(columns[0]) else {
                throw .badLine(number, of: file, because: "not a code, a name and a time zone")
            }
            if let last = result.last, last.code >= code {
                throw .badLine(number, of: file, because: "not in the order of the codes")
            }
            result.append(StateEntry(code: code, name: columns[1], timeZone: columns[2]))
        }
        guard result.count == StateCode.all.count else {
            throw .badLine(number + 1, of: file, because: "a state is missing")
        }
        return result
    }

    private mutating func take(
        _ columns: [Range<Int>],
        of bytes: [UInt8],
        progress: (NationalDirectory.Progress) -> Void
    ) throws(NationalDirectory.Damaged) {
        if line == 1 {
            try takeHeader(columns, of: bytes)
        } else if try text(columns[0], of: bytes) == "D" {
            try takeDistrict(columns, of: bytes)
        } else {
            try takeSchool(columns, of: bytes)
            if schools.count.isMultiple(of: 5_000) || schools.count == expected.schools {
                progress(.init(schoolsRead: schools.count, schoolsInAll: expected.schools))
            }
        }
    }

    private mutating func takeHeader(
        _ columns: [Range<Int>],
        of bytes: [UInt8]
    ) throws(NationalDirectory.Damaged) {
        guard columns.count == 4, try text(columns[0], of: bytes) == "mochila-directory",
            try text(columns[1], of: bytes) == "1"
        else { throw bad("not a directory of version 1") }
        // The counts only reserve memory here; a wrong one is refused at the end.
        guard let districtCount = Int(try text(columns[2], of: bytes)),
            let schoolCount = Int(try text(columns[3], of: bytes)),
            (1...1_000_000).contains(districtCount), (1...10_000_000).contains(schoolCount)
        else { throw bad("the first line does not say how many districts and schools follow") }
        expected = (districtCount, schoolCount)
        districts.reserveCapacity(districtCount)
        schools.reserveCapacity(schoolCount)
    }

    private mutating func takeDistrict(
        _ columns: [Range<Int>],
        of bytes: [UInt8]
    ) throws(NationalDirectory.Damaged) {
        guard columns.count == 6 else { throw bad("a district has six columns") }
        guard let id = DistrictID(try text(columns[1], of: bytes)) else {
            throw bad("not a district number of seven digits")
        }
        if let last = districts.last, last.id >= id {
            throw bad("not in the order of the numbers")
        }
        let district = District(
            id: id,
            name: try name(columns[2], of: bytes),
            state: try state(columns[3], of: bytes),
            city: try name(columns[4], of: bytes),
            phone: try phone(columns[5], of: bytes)
        )
        districts.append(district)
    }

    private mutating func takeSchool(
        _ columns: [Range<Int>],
        of bytes: [UInt8]
    ) throws(NationalDirectory.Damaged) {
        guard columns.count == 9, try text(columns[0], of: bytes) == "S" else {
            throw bad("neither a district nor a school of nine columns")
        }
        guard let district = districts.last else { throw bad("a school before any district") }
        guard let id = SchoolID(district.id.description + (try text(columns[1], of: bytes))) else {
            throw bad("not the last five digits of a school number")
        }
        if let last = schools.last, last.id >= id { throw bad("not in the order of the numbers") }
        let school = School(
            id: id,
            name: try name(columns[2], of: bytes),
            district: district.id,
            districtName: district.name,
            city: columns[4].isEmpty ? district.city : try name(columns[4], of: bytes),
            state: columns[3].isEmpty ? district.state : try state(columns[3], of: bytes),
            lowGrade: try grade(columns[5], of: bytes),
            highGrade: try grade(columns[6], of: bytes),
            zip: try digits(columns[7], of: bytes, count: 5),
            phone: try phone(columns[8], of: bytes)
        )
        schools.append(school)
    }

    private func text(
        _ column: Range<Int>,
        of bytes: [UInt8]
    ) throws(NationalDirectory.Damaged) -> String {
        guard let text = String(validating: bytes[column], as: UTF8.self) else {
            throw bad("not UTF-8")
        }
        return text
    }

    private func name(
        _ column: Range<Int>,
        of bytes: [UInt8]
    ) throws(NationalDirectory.Damaged) -> String {
        guard !column.isEmpty, column.count <= 200 else { throw bad("a name is missing") }
        guard bytes[column].allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw bad("a name holds a control character")
        }
        return try text(column, of: bytes)
    }

    private mutating func state(
        _ column: Range<Int>,
        of bytes: [UInt8]
    ) throws(NationalDirectory.Damaged) -> StateCode {
        let text = try text(column, of: bytes)
        if let known = stateOfCode[text] { return known }
        guard let state = StateCode(text), state.description == text else {
            throw bad("no state has this code")
        }
        stateOfCode[text] = state
        return state
    }

    private func grade(
        _ column: Range<Int>,
        of bytes: [UInt8]
    ) throws(NationalDirectory.Damaged) -> Grade? {
        let text = try text(column, of: bytes)
        if text == "-" { return nil }
        guard let grade = Grade(rawValue: text) else { throw bad("no such grade") }
        return grade
    }

    private func digits(
        _ column: Range<Int>,
        of bytes: [UInt8],
        count: Int
    ) throws(NationalDirectory.Damaged) -> String? {
        if column.isEmpty { return nil }
        guard column.count == count, bytes[column].allSatisfy({ (48...57).contains($0) }) else {
            throw bad("not \(count) digits")
        }
        return try text(column, of: bytes)
    }

    /// `(956)969-6950`, as the source writes it.
    private func phone(
        _ column: Range<Int>,
        of bytes: [UInt8]
    ) throws(NationalDirectory.Damaged) -> String? {
        guard let digits = try digits(column, of: bytes, count: 10) else { return nil }
        let rest = digits.dropFirst(3)
        return "(\(digits.prefix(3)))\(rest.prefix(3))-\(rest.dropFirst(3))"
    }

    private func bad(_ reason: String) -> NationalDirectory.Damaged {
        .badLine(line, of: file, because: reason)
    }
}
