import RecordFormats
import StudentRecords
import Testing
import Vocabulary

@Suite("Files about many students") struct StudentFilesTests {
    private static let number = RequestNumber(bits: 77)

    private func pieces(_ text: String, named name: String = "export.csv") -> StudentPieces? {
        StudentFiles.pieces(of: Array(text.utf8), named: name, codes: FormatSamples.codes)
    }

    private func read(_ piece: StudentPiece) throws -> RecordReading {
        try FormatSamples.read(String(decoding: piece.bytes, as: UTF8.self))
    }

    private let courses = """
        State Student Identification Number,Birth Date,Course Title,Final Grade
        TX-1,2011-03-09,Algebra,A
        TX-2,2010-01-31,"Art, first",B
        TX-1,2011-03-09,Biology,C

        """

    @Test func `a table is taken apart by student, in the order in which they come`() throws {
        let found = try #require(pieces(courses))
        #expect(found.refusals.isEmpty)
        #expect(found.pieces.map(\.key.stateStudentID) == ["TX-1", "TX-2"])
        #expect(found.pieces.map(\.rows) == [[2, 4], [3]])
        #expect(found.pieces[1].key.birthDate == CivilDate(iso8601: "2010-01-31"))
    }

    @Test func `a piece is a file of its own without a problem, and names nobody else`() throws {
        let found = try #require(pieces(courses))
        let first = try read(found.pieces[0])
        #expect(first.problems.isEmpty)
        #expect(first.record.entries.map { $0.text(.courseTitle) } == ["Algebra", "Biology"])
        let second = try read(found.pieces[1])
        #expect(second.record.entries.map { $0.text(.courseTitle) } == ["Art, first"])
        #expect(!String(decoding: found.pieces[1].bytes, as: UTF8.self).contains("TX-1"))
    }

    @Test func `the columns that only say whom a row means do not travel`() throws {
        let text = """
            Request Number,Immunization Type,Immunization Date
            \(Self.number),MMR,2012-03-09

            """
        let found = try #require(pieces(text))
        #expect(found.pieces.map(\.key.request) == [Self.number])
        let sent = String(decoding: found.pieces[0].bytes, as: UTF8.self)
        #expect(sent == "Immunization Type,Immunization Date\r\nMMR,2012-03-09\r\n")
    }

    @Test func `more students than one upload is about are asked for in parts`() throws {
        let rows = (0...5_000).map { "TX-\($0),A" }
        let text = "State Student Identification Number,Final Grade\n"
        let found = try #require(pieces(text + rows.joined(separator: "\n") + "\n"))
        #expect(found.pieces.isEmpty)
        #expect(found.refusals == [.init(row: 0, reason: .tooManyStudents)])
        let fewer = try #require(pieces(text + rows.dropLast().joined(separator: "\n") + "\n"))
        #expect(fewer.pieces.count == 5_000)
    }

    @Test func `a long row of names is not copied for thousands of students`() throws {
        let long = String(repeating: "x", count: 100_000)
        let head = "State Student Identification Number,Final Grade,\(long)"
        let rows = (0..<1_000).map { "TX-\($0),A," }
        let found = try #require(pieces(([head] + rows).joined(separator: "\n") + "\n"))
        #expect(found.refusals == [.init(row: 0, reason: .tooManyStudents)])
    }

    @Test func `a birth date stays where it belongs to the record`() throws {
        let text = """
            State Student Identification Number,Birth Date,First Name,Last Name1
            TX-1,2011-03-09,Paloma,Prueba

            """
        let found = try #require(pieces(text))
        let entries = try read(found.pieces[0]).record.entries
        #expect(entries.map { $0.date(.birthDate) } == [CivilDate(iso8601: "2011-03-09")])
        #expect(entries.allSatisfy { $0.text(.stateStudentIdentificationNumber) == nil })
    }

    @Test func `a row that names nobody, or mistypes whom, is refused alone`() throws {
        let text = """
            Request Number,Birth Date,Course Title,Final Grade
            ,,Algebra,A
            RQ-7Q4K9-2PMXX,,Algebra,A
            ,2011-02-30,Algebra,A
            \(Self.number),,Algebra,A

            """
        let found = try #require(pieces(text))
        #expect(
            found.refusals == [
                .init(row: 2, reason: .nobodyNamed), .init(row: 3, reason: .requestMalformed),
                .init(row: 4, reason: .birthDateMalformed),
            ]
        )
        #expect(found.pieces.map(\.rows) == [[5]])
    }

    @Test func `rows of one student with another birth date are another piece`() throws {
        let text = """
            State Student Identification Number,Birth Date,Course Title,Final Grade
            TX-1,2011-03-09,Algebra,A
            TX-1,2011-03-10,Biology,B

            """
        #expect(try #require(pieces(text)).pieces.count == 2)
    }

    @Test func `a table that is cut off answers nobody`() throws {
        let found = try #require(pieces(courses + "TX-3,2010-05-05,\"Chemis"))
        #expect(found.pieces.isEmpty)
        #expect(found.refusals == [.init(row: 5, reason: .cutOff)])
    }

    @Test func `a table without whom it means has it from its name`() throws {
        let text = "Course Title,Final Grade\nAlgebra,A\n"
        #expect(
            pieces(text)?.refusals == [.init(row: 0, reason: .nobodyNamed)]
        )
        let named = try #require(pieces(text, named: "\(Self.number)-course.csv"))
        #expect(named.pieces.map(\.key) == [StudentPiece.Key(request: Self.number)])
        #expect(named.pieces[0].bytes == Array(text.utf8))
    }

    @Test(arguments: ["%@.json", "texas_%@_final.json", "%@"])
    func `a record's name may carry the request's number`(pattern: String) throws {
        let name = pattern.replacing("%@", with: Self.number.description.lowercased())
        let text = try sample(number: nil)
        let found = try #require(pieces(text, named: name))
        #expect(found.pieces.map(\.key.request) == [Self.number])
        #expect(found.pieces.map(\.rows) == [[]])
    }

    @Test func `a record says itself whom it means`() throws {
        let found = try #require(pieces(sample(number: "TX-1"), named: "a.json"))
        #expect(
            found.pieces.map(\.key) == [
                StudentPiece.Key(
                    stateStudentID: "TX-1",
                    birthDate: CivilDate(iso8601: "2011-03-09")
                )
            ]
        )
    }

    @Test func `two numbers are none: the birth date is left`() throws {
        var record = try record(number: "TX-1")
        record.entries += try self.record(number: "CA-9").entries
        let text = String(decoding: try RecordJSON.write(record), as: UTF8.self)
        let key = try #require(pieces(text, named: "a.json")?.pieces.first?.key)
        #expect(key.stateStudentID == nil)
        #expect(key.birthDate == CivilDate(iso8601: "2011-03-09"))
    }

    @Test func `what is no record has no pieces`() {
        #expect(pieces("%PDF-1.7") == nil)
        #expect(pieces("") == nil)
        #expect(pieces("{\"a\": 1}", named: "\(Self.number).json") == nil)
        #expect(pieces("name;town\nAna;Austin\n", named: "\(Self.number).csv") == nil)
    }

    @Test func `a cell that would be a formula is quoted again`() throws {
        let text = """
            Request Number,Course Title,Final Grade
            \(Self.number),"'=SUM(A1)",A

            """
        let piece = try #require(pieces(text)?.pieces.first)
        #expect(try read(piece).record.entries.first?.text(.courseTitle) == "=SUM(A1)")
    }

    private func record(number: String?) throws -> StudentRecord {
        let source = try FormatSamples.source()
        var birth = RecordEntry(.identity, from: source)
        birth.answers[.birthDate] = .value(try ElementValue.read("2011-03-09", for: .birthDate))
        var entries = [birth]
        if let number {
            var identifier = RecordEntry(.stateIdentifier, from: source)
            identifier.answers[.stateStudentIdentificationNumber] = .value(
                try ElementValue.read(number, for: .stateStudentIdentificationNumber)
            )
            entries.append(identifier)
        }
        return StudentRecord(entries)
    }

    private func sample(number: String?) throws -> String {
        String(decoding: try RecordJSON.write(record(number: number)), as: UTF8.self)
    }
}
