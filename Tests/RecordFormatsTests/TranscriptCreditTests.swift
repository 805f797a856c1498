import RecordFormats
import StudentRecords
import Testing
import Vocabulary

/// A course that is over is never listed among those to finish.
@Suite("Credits of PESC transcripts") struct TranscriptCreditTests {
    private static func reading(_ course: String) throws -> RecordReading {
        try FormatSamples.read(
            """
            <HighSchoolTranscript><Student>
            <Person><Name><LastName>Reyes</LastName></Name></Person>
            <AcademicRecord><Course><CourseTitle>Algebra I</CourseTitle>\(course)</Course>
            </AcademicRecord></Student></HighSchoolTranscript>
            """
        )
    }

    private static func status(_ word: String) -> String {
        "<CourseAcademicGradeStatusCode>\(word)</CourseAcademicGradeStatusCode>"
    }

    /// The course, and the file that is written of it.
    private static func course(_ course: String) throws -> (MergedEntry, String) {
        let record = try reading(course).record
        let merged = try #require(MergedRecord([record]).entries(of: .course).first)
        let place = SchoolPlace(school: SchoolID("484496008851"), name: "Weslaco East HS")
        let text = try PESCWriter.write(
            record,
            from: place,
            to: place,
            documentID: "1",
            on: CivilDate(dayNumber: 20_000)
        )
        return (merged, text)
    }

    private static let worth = "<CourseCreditValue>4</CourseCreditValue>"
    private static let clockHours =
        "<CourseCreditUnits>ClockHours</CourseCreditUnits>"
        + "<CourseCreditEarned>120</CourseCreditEarned>"

    @Test(arguments: [
        (worth + status("Completed"), "CourseCreditValue 4"),
        (worth + "<CourseAcademicGrade>A</CourseAcademicGrade>", "CourseCreditValue 4"),
        (worth + status("OtherFail"), "CourseCreditValue 4"),
        (clockHours + status("Completed"), "120 ClockHours"), (clockHours, "120 ClockHours"),
        (status("Completed"), "Completed"), (status("PassFailPass"), "PassFailPass"),
    ])
    func `a finished course whose credits are none of ours is not to be finished`(
        said: String,
        found: String
    ) throws {
        let (course, text) = try Self.course(said)

        #expect(CreditAccrual.isNotCounted(course))
        #expect(!CreditAccrual.isUnfinished(course))
        #expect(course.entries.first?.unreadable(.creditsGranted) == found)
        #expect(!text.contains("InProgress") && !text.contains("CourseCreditEarned"))
        let problems = try Self.reading(said).problems
        #expect(problems.map(\.element) == [.creditsGranted])
        #expect(problems.map(\.found) == [found])
    }

    @Test(arguments: [
        "", worth, worth + status("InProgress"), status("InProgress"), status("Withdrew"),
        status("Incomplete") + worth + "<CourseAcademicGrade>B</CourseAcademicGrade>",
        "<CourseCreditUnits>CarnegieUnits</CourseCreditUnits>"
            + "<CourseCreditEarned>0.00</CourseCreditEarned>" + status("InProgress"),
    ])
    func `one that was left, or goes on, is still to be finished`(said: String) throws {
        let (course, text) = try Self.course(said)

        #expect(CreditAccrual.isUnfinished(course))
        #expect(text.contains(Self.status("InProgress")))
    }

    @Test func `credits of nothing in a finished course are credits`() throws {
        let (course, text) = try Self.course(
            "<CourseCreditEarned>0.00</CourseCreditEarned>" + Self.status("OtherFail")
        )
        #expect(course.amount(.creditsGranted) == .zero)
        #expect(text.contains(Self.status("Completed")))
    }
}
