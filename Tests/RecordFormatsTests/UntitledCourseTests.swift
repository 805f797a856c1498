import RecordFormats
import StudentRecords
import Testing
import Vocabulary

/// One course without a title keeps nobody's transcript back.
@Suite("Courses without a title in a transcript") struct UntitledCourseTests {
    private static let note = "<NoteMessage>No title was sent for this course.</NoteMessage>"

    private static func write(_ courses: [[Element: ElementAnswer]]) throws -> String {
        let source = RecordSource(name: "Weslaco East HS", date: CivilDate(dayNumber: 20_600))
        let identity = RecordEntry(
            .identity,
            from: source,
            [.paternalSurname: .value(.text("Reyes"))]
        )
        return try PESCWriter.write(
            StudentRecord([identity] + courses.map { RecordEntry(.course, from: source, $0) }),
            from: SchoolPlace(school: SchoolID("484496008851"), name: "Weslaco East HS"),
            to: SchoolPlace(school: SchoolID("531011001689"), name: "Davis HS"),
            documentID: "1",
            on: source.date
        )
    }

    private static func promises(_ text: String) throws -> Bool {
        try TranscriptSchemaTests.promised.differences(in: text).isEmpty
    }

    @Test func `it stands there untitled with a note, beside the others, and comes back untitled`()
        throws
    {
        let text = try Self.write([
            [.courseTitle: .value(.text("Algebra I")), .finalGrade: .value(.text("A"))],
            [.creditsGranted: .value(.amount(Hundredths(50))), .finalGrade: .value(.text("B"))],
        ])

        #expect(try Self.promises(text))
        #expect(text.ranges(of: Self.note).count == 1)
        let courses = try FormatSamples.read(text).record.entries(of: .course)
        let titles = Dictionary(
            uniqueKeysWithValues: courses.map { ($0.text(.finalGrade) ?? "", $0) }
        )
        #expect(courses.count == 2)
        #expect(titles["A"]?.text(.courseTitle) == "Algebra I")
        #expect(titles["B"]?.answers[.courseTitle] == nil)
        #expect(titles["B"]?.amount(.creditsGranted) == Hundredths(50))
    }

    @Test(arguments: [ElementAnswer.noneOnFile, .withheld, .unreadable("<b>")])
    func `a title that is not a title is none either`(title: ElementAnswer) throws {
        let text = try Self.write([
            [.courseTitle: title, .finalGrade: .value(.text("B"))]
        ])
        #expect(try Self.promises(text))
        #expect(text.contains(Self.note) && !text.contains("<CourseTitle>"))
    }

    @Test(arguments: [ElementAnswer.noneOnFile, .withheld, .unreadable("one")])
    func `that there are no courses on file, or none is given out, is no course in progress`(
        answer: ElementAnswer
    ) throws {
        let text = try Self.write([[.courseTitle: answer, .creditsGranted: answer]])
        #expect(try Self.promises(text))
        #expect(!text.contains("<Course>"))
    }

    @Test func `a title of which nothing can be written in XML is none`() throws {
        let text = try Self.write([
            [.courseTitle: .value(.text("\u{FFFE}")), .finalGrade: .value(.text("B"))]
        ])
        #expect(try Self.promises(text))
        #expect(text.contains(Self.note))
    }
}
