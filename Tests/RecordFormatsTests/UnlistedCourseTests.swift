import RecordFormats
import StudentRecords
import Testing
import Vocabulary

@Suite("Course codes that are on no list") struct UnlistedCourseTests {
    private static let files = [
        "Course Title,Credits Granted,Standard Code\nAlgebra I,1,02999\n",
        """
        {"mochilaRecord": 1, "entries": [{"group": "course", "sced": "02999",
         "values": {"62": "Algebra I", "70": "1"}}]}
        """,
        """
        <HighSchoolTranscript><Student><AcademicRecord><Course>
        <CourseCreditEarned>1</CourseCreditEarned><CourseSCEDCode>02999</CourseSCEDCode>
        <CourseTitle>Algebra I</CourseTitle></Course></AcademicRecord></Student>
        </HighSchoolTranscript>
        """,
        """
        [{"studentUniqueId": "1", "studentAcademicRecords": [{"courseTranscript": [{
         "courseTitle": "Algebra I", "earnedCredits": 1, "alternativeCourseIdentificationCodes":
         [{"identificationCode": "02999",
           "courseIdentificationSystemDescriptor": "x#SCED course code"}]}]}]}]
        """,
    ]

    @Test(arguments: files)
    func `are kept as they were sent, count for their subject, and are listed`(
        file: String
    ) throws {
        let reading = try FormatSamples.read(file)

        let course = try #require(reading.record.entries(of: .course).first)
        #expect(course.standard == "02999" && course.subject == .mathematics)
        #expect(reading.problems.map(\.element) == [.subjectArea])
        #expect(reading.problems.map(\.found) == ["02999"])
        #expect(reading.problems.map(\.allowed) == [.form(.listedCourse)])
    }

    @Test(arguments: ["02052", "02052G1.0011", "02", "03101"])
    func `while a listed one, and a subject area, are nothing wrong`(code: String) throws {
        let reading = try FormatSamples.read(
            "Course Title,Credits Granted,Standard Code\nAlgebra I,1,\(code)\n"
        )
        #expect(reading.problems.isEmpty)
        #expect(reading.record.entries(of: .course).map(\.standard) == [code])
    }

    @Test func `are listed once, however often the record's own file is read`() throws {
        var reading = try FormatSamples.read(Self.files[0])
        for _ in 0..<3 {
            let text = String(decoding: try RecordJSON.write(reading), as: UTF8.self)
            reading = try FormatSamples.read(text)
        }
        #expect(reading.problems.map(\.place) == ["row 2"])
        #expect(reading.record.entries(of: .course).map(\.standard) == ["02999"])
    }

    @Test func `cannot be told where no list is at hand`() throws {
        let reading = try #require(
            RecordFile.read(
                Array(Self.files[0].utf8),
                from: FormatSamples.source(),
                codes: .none
            )
        )
        #expect(reading.problems.isEmpty)
    }
}
