import PaperFormat
import Rendering
import StudentRecords
import Testing
import Vocabulary

@Suite("The courses of a record, as a transcript") struct SheetCoursesTests {
    private static let east = RecordSource(
        school: SchoolID("484496008851"),
        name: "Weslaco East HS",
        date: Samples.day("2025-05-29")
    )
    private static let west = RecordSource(
        school: SchoolID("531011001689"),
        name: "Davis HS",
        date: Samples.day("2026-05-29")
    )

    private static func course(
        _ title: String,
        _ source: RecordSource,
        at place: SchoolPlace? = nil,
        _ values: [Element: String] = [:]
    ) throws -> RecordEntry {
        var values = values
        values[.courseTitle] = title
        return RecordEntry(
            .course,
            from: source,
            place: place,
            standard: "02052",
            try values.reduce(into: [:]) { answers, pair in
                answers[pair.key] = .value(try ElementValue.read(pair.value, for: pair.key))
            }
        )
    }

    private static func courses(
        _ entries: [RecordEntry],
        for use: RecordUse = .graduation,
        in language: Language = .english
    ) throws -> SheetCourses? {
        try Samples.shared.get().sheet(
            of: MergedRecord([StudentRecord(entries)]),
            for: use,
            codes: .none,
            in: language
        ).courses
    }

    private static let algebra: [Element: String] = [
        .courseYear: "2024", .courseSection: "02", .termType: "02", .finalGrade: "B+",
        .creditsGranted: ".5", .courseType: "02",
    ]

    @Test func `a course stands with its school, term, grade, credit and who says so`() throws {
        let entries = [try Self.course("Algebra I", Self.east, Self.algebra)]
        let found = try #require(try Self.courses(entries))
        let school = try #require(found.schools.first)
        #expect(found.schools.count == 1 && !found.hasTwins && found.more == 0)
        #expect(school.name == "Weslaco East HS")
        #expect(school.sources == ["Weslaco East HS, May 29, 2025"])
        let course = try #require(school.courses.first)
        #expect(course.title == "Algebra I" && course.kind == "Honors")
        #expect(course.subject == "Mathematics")
        #expect(course.term == "2024 · Section A · Semester")
        #expect(course.grade == "B+" && course.credits == "0.50")
        #expect(course.disputed.isEmpty && !course.isTwin)
    }

    @Test func `the page of another language has the words of that language`() throws {
        let entries = [try Self.course("Algebra I", Self.east, Self.algebra)]
        let found = try Self.courses(entries, in: .spanish)
        let course = try #require(found?.schools.first?.courses.first)
        #expect(course.term == "2024 · Sección A · Semestre" && course.kind == "Honores")
        #expect(found?.schools.first?.sources == ["Weslaco East HS, 29 de mayo de 2025"])
    }

    @Test func `placement sees courses without what the report codes for graduation only`() throws {
        let entries = [try Self.course("Algebra I", Self.east, Self.algebra)]
        #expect(try Self.courses(entries, for: .enrollment) == nil)
        let course = try #require(
            try Self.courses(entries, for: .placement)?.schools.first?.courses.first
        )
        #expect(course.credits == "0.50" && course.grade == "B+")
        #expect(course.term == "Section A · Semester" && course.kind.isEmpty)
    }

    @Test func `a course without credit is to be finished, and stands there instead`() throws {
        let begun = try Self.course("Chemistry", Self.east, [.clockHours: "58"])
        #expect(try Self.courses([begun]) == nil)
        let failed = try Self.course("Biology", Self.east, [.creditsGranted: "0"])
        let found = try #require(try Self.courses([begun, failed]))
        #expect(found.schools.flatMap(\.courses).map(\.title) == ["Biology"])
        #expect(found.schools.flatMap(\.courses).map(\.credits) == ["0.00"])
    }

    @Test func `what two schools say of one course differently stands with both, newest first`()
        throws
    {
        let place = SchoolPlace(school: Self.east.school, name: "Weslaco East HS")
        let found = try #require(
            try Self.courses([
                Self.course("Algebra I", Self.east, [.creditsGranted: "1", .finalGrade: "A"]),
                Self.course(
                    "Algebra I",
                    Self.west,
                    at: place,
                    [.creditsGranted: ".5", .finalGrade: "A"]
                ),
            ])
        )
        let school = try #require(found.schools.first)
        #expect(found.schools.count == 1)
        #expect(school.name == "Weslaco East HS")
        #expect(school.sources == ["Davis HS, May 29, 2026", "Weslaco East HS, May 29, 2025"])
        let course = try #require(school.courses.first)
        #expect(course.credits == "0.50" && !course.isTwin)
        #expect(course.disputed.map(\.text) == ["0.50", "1.00"])
        #expect(course.disputed.map(\.sources) == school.sources.map { [$0] })
    }

    @Test func `a course of one name at two schools is marked, and counts at both`() throws {
        let entries = try [
            Self.course("Algebra I", Self.east, [.creditsGranted: "1", .courseYear: "2024"]),
            Self.course("ALGEBRA I", Self.west, [.creditsGranted: "1", .courseYear: "2024"]),
            Self.course("Algebra I", Self.west, [.creditsGranted: "1", .courseYear: "2025"]),
        ]
        let found = try #require(try Self.courses(entries))
        #expect(found.schools.map(\.name) == ["Davis HS", "Weslaco East HS"])
        #expect(found.hasTwins)
        #expect(found.schools.map { $0.courses.map(\.isTwin) } == [[true, false], [true]])
    }

    @Test(arguments: [(299, 0), (300, 0), (301, 1), (10_000, 9_700)])
    func `of more courses than a page is for, the count is said`(count: Int, more: Int) throws {
        let entries = try (1...count).map {
            try Self.course("Course \($0)", Self.east, [.creditsGranted: "1"])
        }
        let found = try #require(try Self.courses(entries))
        #expect(found.schools.flatMap(\.courses).count == min(count, SheetCourses.most))
        #expect(found.more == more)
    }

    @Test func `paper says each course with its school, on one line a school`() throws {
        let sheet = try Samples.shared.get().sheet(
            of: MergedRecord([
                StudentRecord([
                    Self.course("Algebra I", Self.east, Self.algebra),
                    Self.course("Art", Self.east, [.courseYear: "2025", .creditsGranted: "1"]),
                ])
            ]),
            for: .graduation,
            codes: .none,
            in: .english
        )
        let printed = try PrintedRecordTests.printed(sheet)
        let list = try #require(printed.lists.first { $0.title == "Courses with credit" })
        #expect(
            list.lines == [
                "Weslaco East HS, from Weslaco East HS, May 29, 2025: "
                    + "Algebra I (Honors) · 2024 · Section A · Semester · B+ · 0.50; "
                    + "Art · 2025 · 1.00"
            ]
        )
    }
}
