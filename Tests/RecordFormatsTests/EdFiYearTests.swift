import RecordFormats
import StudentRecords
import Testing
import Vocabulary

@Suite("Years of Ed-Fi courses") struct EdFiYearTests {
    private static func reading(_ year: String, term: String) throws -> RecordReading {
        try FormatSamples.read(
            """
            [{"studentUniqueId": "1", "studentAcademicRecords": [
              {"schoolYear": \(year), "term": "\(term)",
               "courseTranscript": [{"courseTitle": "Algebra I", "earnedCredits": 1}]}]}]
            """
        )
    }

    @Test(arguments: [
        ("2026", "Fall Semester", "2025"), ("2026", "Spring Semester", "2026"),
        ("\"2026\"", "Fall Semester", "2025"), ("2026", "Year Round", "2026"),
        ("\" 2026 \"", "Fall Semester", "2025"), ("\" 2026 \"", "Spring Semester", "2026"),
    ])
    func `a course of the fall was taken in the year before`(
        year: String,
        term: String,
        read: String
    ) throws {
        let reading = try Self.reading(year, term: term)
        // How long that term is, the element has no code for.
        #expect(reading.problems.map(\.found) == (term == "Year Round" ? [term] : []))
        #expect(reading.record.entries(of: .course).map { $0.text(.courseYear) } == [read])
    }

    /// The least whole number has none before it.
    @Test(arguments: [
        "\"-9223372036854775808\"", "-9223372036854775808", "9223372036854775808",
        "\"2025-2026\"", "\"last year\"", "0", "26", "\"+2026\"", "\"02026\"",
    ])
    func `what is no year is said, and no year is made of it`(year: String) throws {
        for term in ["Fall Semester", "Spring Semester"] {
            let reading = try Self.reading(year, term: term)
            let courses = reading.record.entries(of: .course)
            #expect(courses.map { $0.value(.courseYear) } == [nil])
            #expect(courses.map { $0.text(.courseTitle) } == ["Algebra I"])
            #expect(reading.problems.map(\.element) == [.courseYear])
        }
    }

    @Test(arguments: ["null", "\"\"", "\" \""])
    func `no year is nothing wrong`(year: String) throws {
        let reading = try Self.reading(year, term: "Fall Semester")
        #expect(reading.problems.isEmpty)
        #expect(reading.record.entries(of: .course).map { $0.value(.courseYear) } == [nil])
    }
}
