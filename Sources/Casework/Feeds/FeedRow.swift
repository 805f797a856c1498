import RecordLocator
import Tabular
import Vocabulary

/// One row of a feed, as a mapping reads it.
enum FeedRow: Sendable {
    /// The entry it describes, and the digest of all that was read.
    case entry(LocatorEntry, digest: Int64)
    case withdrawal(LocatorEntry.ID)
    /// With the entry's number where the row's key could be read.
    case refused([RefusedRow], id: LocatorEntry.ID?)
}

/// Reads rows by a mapping.
struct FeedRowReader: Sendable {
    private let system: SourceSystem
    private let schools: FeedSchools
    private let today: CivilDate
    private let dates: [DatePattern]
    private let empty: Set<String>
    private let digest: @Sendable ([UInt8]) -> SHA256Digest
    private let provenance: LocatorEntry.Provenance
    private let key: [(name: String, index: Int)]
    private let indices: [FeedMapping.Field: Int]
    private let schoolIndex: Int?
    private let cityIndex: Int?
    /// Columns of every row.
    let width: Int
    /// Fields put right so far.
    private(set) var repaired = 0

    var mapping: FeedMapping { system.mapping }

    /// `header`: the file's columns.
    init(
        of system: SourceSystem,
        header: [String],
        schools: FeedSchools,
        today: CivilDate,
        digest: @escaping @Sendable ([UInt8]) -> SHA256Digest
    ) throws(FeedFailure) {
        self.system = system
        self.schools = schools
        self.today = today
        self.digest = digest
        width = header.count
        dates = system.mapping.dates.compactMap(DatePattern.init)
        empty = Set(system.mapping.empty)
        provenance = LocatorEntry.Provenance(
            source: system.mapping.title,
            receivedOn: today
        )
        var places: [String: Int] = [:]
        for (index, name) in header.enumerated() {
            let used = system.mapping.columnNames.contains(name)
            if places.updateValue(index, forKey: name) != nil, used {
                throw .columnRepeated(name)
            }
        }
        let missing = system.mapping.columnNames.filter { places[$0] == nil }
        guard missing.isEmpty else { throw .columnsMissing(missing.sorted()) }
        key = system.mapping.key.compactMap { name in places[name].map { (name, $0) } }
        indices = system.mapping.columns.compactMapValues { $0.column.flatMap { places[$0] } }
        schoolIndex = system.mapping.school.column.column.flatMap { places[$0] }
        cityIndex = system.mapping.school.city?.column.flatMap { places[$0] }
    }

    /// Reads a row; `changes` where it may withdraw.
    mutating func read(_ row: borrowing DelimitedRow, mode: FeedMode) -> FeedRow {
        var problems = RowProblems(row: row.number)
        guard row.count == width else {
            problems.note("", .wrongColumnCount)
            return .refused(problems.all, id: nil)
        }
        guard !row.hasTextAfterQuote else {
            problems.note("", .textAfterQuote)
            return .refused(problems.all, id: nil)
        }
        guard let id = id(of: row, &problems) else { return .refused(problems.all, id: nil) }
        if mode == .changes, mapping.columns[.action] != nil {
            switch code(.action, row, &problems) {
            case "withdraw": return .withdrawal(id)
            case "change": break
            default: problems.note(name(of: .action), .notInCodeList)
            }
        }
        guard let entry = entry(id, row, &problems), problems.all.isEmpty else {
            return .refused(problems.all, id: id)
        }
        return .entry(entry, digest: digest(of: entry))
    }

    // MARK: - Key and digest

    private func id(
        of row: borrowing DelimitedRow,
        _ problems: inout RowProblems
    ) -> LocatorEntry.ID? {
        var bytes = system.secret + Array("key".utf8)
        for (name, index) in key {
            let value = row[index]
            if value.isEmpty { problems.note(name, .missing) }
            bytes += Array("\(value.count):".utf8) + value
        }
        guard problems.all.isEmpty else { return nil }
        let bits = digest(bytes).bytes.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        return LocatorEntry.ID(rawValue: bits)
    }

    private func digest(of entry: LocatorEntry) -> Int64 {
        var bytes = system.secret + Array("row".utf8)
        for field in entry.reportedFields {
            bytes += Array("\(field.utf8.count):\(field)".utf8)
        }
        return digest(bytes).bytes.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
    }

    // MARK: - The entry

    private mutating func entry(
        _ id: LocatorEntry.ID,
        _ row: borrowing DelimitedRow,
        _ problems: inout RowProblems
    ) -> LocatorEntry? {
        let name = personName(row, &problems)
        let birthDate = day(.birthDate, row, &problems, latest: today)
        // Schools report next year's enrollments in summer.
        let ahead = today.advanced(by: 366)
        let from = day(.enrolledOn, row, &problems, latest: ahead)
        let to = day(.leftOn, row, &problems, latest: ahead)
        if let from, let to, to < from {
            problems.note(self.name(of: .leftOn), .endsBeforeItBegins)
        }
        let grade = grade(row, &problems)
        let number = value(.stateStudentID, row, &problems)
        if number.utf8.count > Self.longestParticular {
            problems.note(self.name(of: .stateStudentID), .tooLong)
        }
        let isProtected = isProtected(row, &problems)
        let school = school(row, &problems)
        guard let name, let school else { return nil }
        requireOneAlphabet(name, &problems)
        return LocatorEntry(
            id: id,
            name: name,
            birthDate: birthDate,
            school: school,
            from: from,
            to: to,
            grade: grade,
            stateStudentID: number.isEmpty ? nil : number,
            particulars: particulars(
                row,
                &problems,
                numberState: number.isEmpty ? "" : schools.state(of: school)
            ),
            provenance: provenance,
            isProtected: isProtected
        )
    }

    private mutating func particulars(
        _ row: borrowing DelimitedRow,
        _ problems: inout RowProblems,
        numberState: String
    ) -> IdentityParticulars {
        let parents = [
            IdentityParticulars.Parent(
                given: particular(.parent1Given, row, &problems),
                surname: particular(.parent1Surname, row, &problems)
            ),
            IdentityParticulars.Parent(
                given: particular(.parent2Given, row, &problems),
                surname: particular(.parent2Surname, row, &problems)
            ),
        ].filter { $0 != IdentityParticulars.Parent() }
        return IdentityParticulars(
            generation: particular(.generation, row, &problems),
            gender: particular(.gender, row, &problems),
            birthCity: particular(.birthCity, row, &problems),
            birthState: particular(.birthState, row, &problems),
            birthCountry: particular(.birthCountry, row, &problems),
            parents: parents,
            numberState: numberState
        )
    }

    private mutating func particular(
        _ field: FeedMapping.Field,
        _ row: borrowing DelimitedRow,
        _ problems: inout RowProblems
    ) -> String {
        let text = value(field, row, &problems)
        if text.utf8.count > Self.longestParticular { problems.note(name(of: field), .tooLong) }
        if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            problems.note(name(of: field), .controlCharacter)
        }
        return text
    }

    /// In bytes; as long as a name may be.
    private static let longestParticular = 200

    private mutating func personName(
        _ row: borrowing DelimitedRow,
        _ problems: inout RowProblems
    ) -> PersonName? {
        var paternal = value(.paternalSurname, row, &problems)
        var maternal = value(.maternalSurname, row, &problems)
        if mapping.columns[.surnames] != nil {
            let both = Surnames.split(value(.surnames, row, &problems))
            if paternal.isEmpty { paternal = both.paternal }
            if maternal.isEmpty { maternal = both.maternal }
        }
        do {
            return try PersonName(
                given: value(.given, row, &problems),
                middle: value(.middle, row, &problems),
                paternalSurname: paternal,
                maternalSurname: maternal
            )
        } catch {
            for problem in error.problems { problems.note(problem, self) }
            return nil
        }
    }

    /// A name in two alphabets at once is a keyboard's mistake that no eye sees.
    private func requireOneAlphabet(_ name: PersonName, _ problems: inout RowProblems) {
        for (field, text) in [
            (FeedMapping.Field.given, name.given), (.middle, name.middle),
            (surnameField, name.paternalSurname), (.maternalSurname, name.maternalSurname),
        ] where Alphabet.isMixed(text) {
            problems.note(self.name(of: field), .mixedAlphabets)
        }
    }

    private mutating func day(
        _ field: FeedMapping.Field,
        _ row: borrowing DelimitedRow,
        _ problems: inout RowProblems,
        latest: CivilDate
    ) -> CivilDate? {
        let text = value(field, row, &problems)
        guard !text.isEmpty else { return nil }
        let day = dates.lazy.compactMap { $0.day(text, notAfter: latest) }.first
        guard let day, day.year >= 1_900 else {
            problems.note(name(of: field), .notADate)
            return nil
        }
        guard day <= latest else {
            problems.note(name(of: field), .dateInFuture)
            return nil
        }
        return day
    }

    private mutating func grade(
        _ row: borrowing DelimitedRow,
        _ problems: inout RowProblems
    ) -> Grade? {
        guard let text = code(.grade, row, &problems), !text.isEmpty else { return nil }
        guard let grade = Grade(rawValue: text) else {
            problems.note(name(of: .grade), .notInCodeList)
            return nil
        }
        return grade
    }

    private mutating func isProtected(
        _ row: borrowing DelimitedRow,
        _ problems: inout RowProblems
    ) -> Bool {
        guard mapping.columns[.protected] != nil else { return false }
        switch code(.protected, row, &problems) {
        case "yes": return true
        case "no", "", nil: return false
        default:
            problems.note(name(of: .protected), .notInCodeList)
            return true
        }
    }

    private mutating func school(
        _ row: borrowing DelimitedRow,
        _ problems: inout RowProblems
    ) -> SchoolID? {
        let column = mapping.school.column
        let text = text(column, schoolIndex, row, &problems)
        var city = ""
        if let column = mapping.school.city { city = self.text(column, cityIndex, row, &problems) }
        let name = column.column ?? ""
        guard !text.isEmpty else {
            problems.note(name, .missing)
            return nil
        }
        switch schools.find(text, city: city) {
        case .success(let id): return id
        case .failure(let refusal):
            problems.note(name, refusal.reason)
            return nil
        }
    }

    // MARK: - Columns

    /// A column through its code list; `nil` where the list does not have it.
    private mutating func code(
        _ field: FeedMapping.Field,
        _ row: borrowing DelimitedRow,
        _ problems: inout RowProblems
    ) -> String? {
        let text = value(field, row, &problems)
        guard !text.isEmpty, let list = mapping.columns[field]?.codes.flatMap({ mapping.codes[$0] })
        else { return text }
        guard let meaning = list[text] else {
            problems.note(name(of: field), .notInCodeList)
            return nil
        }
        return meaning
    }

    private mutating func value(
        _ field: FeedMapping.Field,
        _ row: borrowing DelimitedRow,
        _ problems: inout RowProblems
    ) -> String {
        guard let column = mapping.columns[field] else { return "" }
        return text(column, indices[field], row, &problems)
    }

    private mutating func text(
        _ column: FeedMapping.Column,
        _ index: Int?,
        _ row: borrowing DelimitedRow,
        _ problems: inout RowProblems
    ) -> String {
        guard let index else { return column.constant ?? "" }
        let bytes = row[index].trimmed
        guard !bytes.isEmpty else { return "" }
        var text = String(decoding: bytes, as: UTF8.self)
        if bytes.contains(where: { $0 >= 0x80 }) {
            if text.unicodeScalars.contains("\u{FFFD}") {
                problems.note(column.column ?? "", .lostCharacter)
            } else if let right = TwiceEncoded.repaired(text) {
                text = right
                repaired += 1
            }
        }
        return empty.contains(text) ? "" : text
    }

    func name(of field: FeedMapping.Field) -> String {
        mapping.columns[field]?.column ?? field.rawValue
    }
}

extension ArraySlice<UInt8> {
    /// Without spaces and tabs at both ends.
    fileprivate var trimmed: Self {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let rest = drop(while: isSpace)
        guard let last = rest.lastIndex(where: { !isSpace($0) }) else { return [] }
        return rest[...last]
    }
}
