import Casework
import HostileInput
import RecordExchange
import SeededNumbers
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Draft of a request") struct RequestDraftTests {
    typealias Problem = RequestDraft.Problem

    static let today = CivilDate.on("2026-05-18")

    /// A draft with nothing wrong in it.
    private static func complete() -> RequestDraft {
        var draft = RequestDraft(
            id: .numbered(1),
            owner: .numbered(900),
            requester: School.oak.id,
            at: .noon("2026-05-18")
        )
        draft.given = "Paloma"
        draft.paternalSurname = "Prueba"
        draft.maternalSurname = "Ejemplo"
        draft.birthMonth = "3"
        draft.birthDay = "9"
        draft.birthYear = "2011"
        draft.grade = "08"
        draft.stateStudentID = "TX-0001"
        draft.startMonth = "08"
        draft.startDay = "24"
        draft.startYear = "2026"
        return draft
    }

    private static func draft(_ change: (inout RequestDraft) -> Void) -> RequestDraft {
        var draft = complete()
        change(&draft)
        return draft
    }

    /// What is wrong with the student; empty where nothing is.
    private static func problems(of draft: RequestDraft) -> [Problem] {
        do {
            _ = try draft.student(today: today)
            return []
        } catch {
            return error.problems
        }
    }

    /// What is wrong with the purpose.
    private static func purposeProblems(of draft: RequestDraft) -> [Problem] {
        do {
            _ = try draft.startDate()
            return []
        } catch {
            return error.problems
        }
    }

    @Test func `a complete draft names a student and a day`() throws {
        let draft = Self.complete()
        let student = try draft.student(today: Self.today)
        #expect(student.name.full == "Paloma Prueba Ejemplo")
        #expect(student.birthDate == .on("2011-03-09"))
        #expect(student.grade == .eighth)
        #expect(student.stateStudentID == "TX-0001")
        #expect(try draft.startDate() == .on("2026-08-24"))
    }

    @Test func `only name and birth date are needed of a student`() throws {
        let draft = Self.draft { draft in
            draft.grade = ""
            draft.stateStudentID = ""
            draft.startMonth = ""
            draft.startDay = ""
            draft.startYear = ""
        }
        let student = try draft.student(today: Self.today)
        #expect(student.grade == nil && student.stateStudentID == nil)
        #expect(try draft.startDate() == nil)
    }

    @Test func `a student number of blanks is none`() throws {
        let draft = Self.draft { $0.stateStudentID = "  " }
        #expect(try draft.student(today: Self.today).stateStudentID == nil)
        let padded = Self.draft { $0.stateStudentID = " TX-0001 " }
        #expect(try padded.student(today: Self.today).stateStudentID == "TX-0001")
    }

    @Test func `everything wrong with a student is said at once`() {
        let draft = Self.draft { draft in
            draft.given = " "
            draft.paternalSurname = "A\u{0}"
            draft.birthMonth = "2"
            draft.birthDay = "30"
            draft.grade = "99"
            draft.stateStudentID = String(repeating: "7", count: 41)
        }
        #expect(
            Self.problems(of: draft) == [
                .name(.givenMissing), .name(.hasControlCharacter(.paternalSurname)),
                .birthDateImpossible, .gradeUnknown, .studentNumberTooLong,
            ]
        )
    }

    @Test func `everything wrong with a purpose is said at once`() {
        let draft = Self.draft { draft in
            draft.uses = []
            draft.startMonth = "13"
            draft.message = String(repeating: "é", count: 1_001)
        }
        #expect(
            Self.purposeProblems(of: draft) == [
                .startDateImpossible, .usesMissing, .messageTooLong(limit: 2_000),
            ]
        )
        let fits = Self.draft { $0.message = String(repeating: "é", count: 1_000) }
        #expect(Self.purposeProblems(of: fits).isEmpty)
    }

    @Test func `every set of mistakes is reported, none alone and none twice`() {
        let mistakes: [(Problem, (inout RequestDraft) -> Void)] = [
            (.name(.givenMissing), { $0.given = "" }),
            (.name(.surnameMissing), { $0.paternalSurname = "\u{200B}" }),
            (.name(.tooLong(.middle)), { $0.middle = String(repeating: "a", count: 201) }),
            (.name(.hasControlCharacter(.maternalSurname)), { $0.maternalSurname = "a\r\nb" }),
            (.birthDateImpossible, { $0.birthDay = "32" }),
            (.gradeUnknown, { $0.grade = "first" }),
            (.studentNumberTooLong, { $0.stateStudentID = String(repeating: "é", count: 21) }),
        ]
        for bits in 0..<1 << mistakes.count {
            let chosen = mistakes.indices.filter { bits & 1 << $0 != 0 }.map { mistakes[$0] }
            let draft = Self.draft { draft in
                for (_, make) in chosen { make(&draft) }
            }
            let found = Self.problems(of: draft)
            #expect(Set(found) == Set(chosen.map(\.0)) && found.count == chosen.count)
        }
    }

    @Test(arguments: [
        ("2026-05-18", []), ("2026-05-19", [Problem.birthDateInFuture]),
        ("2096-05-19", [.birthDateInFuture]), ("2000-01-01", []), ("1997-01-01", []),
        ("1996-01-01", [.birthDateTooLongAgo]), ("1911-03-09", [.birthDateTooLongAgo]),
        ("0001-01-01", [.birthDateTooLongAgo]),
    ])
    func `a student was born, and not a generation ago`(birth: String, problems: [Problem]) {
        let fields = birth.split(separator: "-").map(String.init)
        let draft = Self.draft { draft in
            draft.birthYear = fields[0]
            draft.birthMonth = fields[1]
            draft.birthDay = fields[2]
        }
        #expect(Self.problems(of: draft) == problems)
    }

    @Test func `a date that was not begun is missing, one half written is impossible`() {
        #expect(RequestDraft.date(month: "", day: "", year: "") == .missing)
        #expect(RequestDraft.date(month: " ", day: "  ", year: "") == .missing)
        for boxes in [
            ("3", "", ""), ("", "9", ""), ("", "", "2011"), ("3", "9", ""), ("", "9", "2011"),
        ] {
            #expect(
                RequestDraft.date(month: boxes.0, day: boxes.1, year: boxes.2) == .impossible
            )
        }
        let draft = Self.draft { draft in
            draft.birthMonth = ""
            draft.birthDay = ""
            draft.birthYear = ""
        }
        #expect(Self.problems(of: draft) == [.birthDateMissing])
    }

    @Test(arguments: [
        ("3", "9", "2011"), ("03", "09", "2011"), (" 3", "9 ", " 2011 "), ("003", "0009", "2011"),
    ])
    func `a date is read as people type it`(month: String, day: String, year: String) {
        #expect(RequestDraft.date(month: month, day: day, year: year) == .day(.on("2011-03-09")))
    }

    @Test(arguments: [
        ("2", "29", "2011"), ("13", "9", "2011"), ("0", "9", "2011"), ("3", "0", "2011"),
        ("3", "9", "11"), ("3", "9", "02011"), ("3", "9", "0000"), ("-3", "9", "2011"),
        ("+3", "9", "2011"), ("３", "9", "2011"), ("3", "٩", "2011"), ("3.0", "9", "2011"),
        ("March", "9", "2011"), ("3", "9", "20 11x"), ("99999999999999999999", "9", "2011"),
        ("3\u{301}", "9", "2011"), ("3\n", "9", "2011"), ("0x3", "9", "2011"),
    ])
    func `other numbers are no date`(month: String, day: String, year: String) {
        #expect(RequestDraft.date(month: month, day: day, year: year) == .impossible)
    }

    @Test func `every day of a century is read from its three boxes`() {
        let first = CivilDate.on("1950-01-01")
        for offset in 0..<36_525 {
            let date = first.advanced(by: offset)
            let typed = RequestDraft.date(
                month: "\(date.month)",
                day: "\(date.day)",
                year: "\(date.year)"
            )
            guard typed == .day(date) else {
                Issue.record("\(date) is not read")
                return
            }
        }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `hostile text is taken whole or refused by name`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let draft = Self.draft { draft in
            let fields: [WritableKeyPath<RequestDraft, String>] = [
                \.given, \.middle, \.paternalSurname, \.maternalSurname, \.birthMonth, \.birthDay,
                \.birthYear, \.grade, \.stateStudentID, \.startMonth, \.startDay, \.startYear,
                \.message,
            ]
            for field in fields where generator.happens(40) {
                draft[keyPath: field] = generator.hostileText(upTo: 30)
            }
        }
        let before = draft

        do {
            let student = try draft.student(today: Self.today)
            #expect(student.birthDate <= Self.today)
            #expect((student.stateStudentID?.utf8.count ?? 1) <= 40)
            #expect(student.grade == nil || student.grade?.rawValue == draft.grade)
        } catch {
            #expect(!error.problems.isEmpty)
            #expect(Set(error.problems).count == error.problems.count)
        }
        let purpose = Self.purposeProblems(of: draft)
        #expect(Set(purpose).count == purpose.count)
        #expect(draft == before)
    }

    @Test func `what is wrong never quotes what was typed`() {
        let draft = Self.draft { draft in
            draft.given = "Quoted\u{0}"
            draft.birthYear = "Quoted"
            draft.grade = "Quoted"
        }
        let problems = Self.problems(of: draft)
        #expect(problems.count == 3)
        #expect(!"\(problems)".contains("Quoted"))
    }
}
