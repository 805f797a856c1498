import StudentRecords
import Testing
import Vocabulary

@Suite("A piece of a file about many students") struct StudentPieceTests {
    private static func student(_ number: String?) throws -> StudentIdentity {
        StudentIdentity(
            name: try PersonName(
                given: "Paloma",
                paternalSurname: "Prueba",
                maternalSurname: "Ejemplo"
            ),
            birthDate: try #require(CivilDate(iso8601: "2011-03-09")),
            stateStudentID: number
        )
    }

    private static func key(_ number: String?, _ day: String?) throws -> StudentPiece.Key {
        StudentPiece.Key(
            stateStudentID: number,
            birthDate: try day.map { try #require(CivilDate(iso8601: $0)) }
        )
    }

    @Test func `a key that says nothing is empty, and any one thing fills it`() throws {
        #expect(StudentPiece.Key().isEmpty)
        #expect(try !Self.key("TX-1", nil).isEmpty)
        #expect(try !Self.key(nil, "2011-03-09").isEmpty)
        #expect(!StudentPiece.Key(request: RequestNumber(bits: 1)).isEmpty)
    }

    @Test(
        arguments: [
            (nil, nil, false), ("TX-1", nil, false), (nil, "2011-03-09", false),
            ("TX-1", "2011-03-09", false), ("TX-2", nil, true), (nil, "2011-03-10", true),
            ("TX-1", "2011-03-10", true), ("TX-2", "2011-03-09", true),
        ] as [(String?, String?, Bool)]
    )
    func `another number or birth date contradicts`(
        number: String?,
        day: String?,
        contradicts: Bool
    ) throws {
        let key = try Self.key(number, day)
        #expect(key.contradicts(try Self.student("TX-1")) == contradicts)
    }

    @Test(arguments: [Int.min, -1, 0, 1, 4, Int.max])
    func `a problem at a row that the piece does not have stays where it is`(row: Int) throws {
        let piece = StudentPiece(key: try Self.key("TX-1", nil), bytes: [], rows: [7, 9])
        let problem = RecordProblem(nil, at: "row \(row)", found: "", allowed: .form(.noCode))
        #expect(piece.located(problem) == problem)
    }

    @Test func `a problem is named at the row where it stands in the whole`() throws {
        let piece = StudentPiece(key: try Self.key("TX-1", nil), bytes: [], rows: [7, 9])
        let problem = RecordProblem(nil, at: "row 3", found: "", allowed: .form(.noCode))
        #expect(piece.located(problem).place == "row 9")
    }

    @Test func `a number that the request does not have contradicts nothing`() throws {
        #expect(try !Self.key("TX-2", nil).contradicts(Self.student(nil)))
    }

    @Test func `a problem stands at the row of the whole file`() {
        let piece = StudentPiece(key: .init(), bytes: [], rows: [4, 9])
        func located(_ place: String) -> String {
            piece.located(
                RecordProblem(.birthDate, at: place, found: "x", allowed: .date)
            ).place
        }
        #expect(located("row 2") == "row 4")
        #expect(located("row 3") == "row 9")
        // The row of names, and what is no row of a table.
        #expect(located("row 1") == "row 1")
        #expect(located("row 4") == "row 4")
        #expect(located("course 2") == "course 2")
    }

    @Test func `a problem keeps what it says besides its place`() {
        let piece = StudentPiece(key: .init(), bytes: [], rows: [7])
        let problem = RecordProblem(.birthDate, at: "row 2", found: "13/13", allowed: .date)
        let located = piece.located(problem)
        #expect(located.element == .birthDate)
        #expect(located.found == "13/13")
        #expect(located.allowed == .date)
    }

    @Test func `of a whole file a problem stays where it is`() {
        let piece = StudentPiece(key: .init(), bytes: [])
        let problem = RecordProblem(nil, at: "row 2", found: "", allowed: .date)
        #expect(piece.located(problem) == problem)
    }
}
