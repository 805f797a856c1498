import Foundation
import RecordFormats
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("Ed-Fi transcripts written") struct EdFiWriterTests {
    private static func back(_ record: StudentRecord) throws -> RecordReading {
        let bytes = try EdFiWriter.write(record)
        #expect(RecordFile.format(of: bytes) == .edFi)
        return try #require(
            RecordFile.read(bytes, from: try FormatSamples.source(), codes: FormatSamples.codes)
        )
    }

    private static func facts(_ entry: RecordEntry) -> [String?] {
        [
            entry.text(.courseTitle), entry.text(.creditsGranted), entry.text(.finalGrade),
            entry.text(.courseYear), entry.text(.subjectArea), entry.standard,
        ]
    }

    @Test(arguments: 0..<40)
    func `courses come back with title, year, subject, grade and credits to the hundredth`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        let source = try FormatSamples.source()
        let courses = (0..<Int.random(in: 1...12, using: &generator)).map { number in
            var course = RecordEntry(.course, from: source, standard: "02052")
            course.answers[.courseTitle] = .value(.text("Ñandú \(number) \"<&#\\"))
            course.answers[.courseYear] = .value(
                .year(Int.random(in: 2020...2026, using: &generator))
            )
            course.answers[.subjectArea] = .value(.text("Mathematics"))
            if Bool.random(using: &generator) {
                let credits = Hundredths(Int.random(in: 0...10_000, using: &generator))
                course.answers[.creditsGranted] = .value(.amount(credits))
            }
            if Bool.random(using: &generator) {
                course.answers[.finalGrade] = .value(.text("B+"))
            }
            return course
        }
        let reading = try Self.back(StudentRecord(courses))
        #expect(reading.problems.isEmpty)
        #expect(
            Set(reading.record.entries(of: .course).map(Self.facts))
                == Set(courses.map(Self.facts))
        )
    }

    @Test func `who the student is comes back, and nothing is made up`() throws {
        let source = try FormatSamples.source()
        let record = StudentRecord([
            RecordEntry(
                .identity,
                from: source,
                [
                    .firstName: .value(.text("José")), .paternalSurname: .value(.text("Muñoz")),
                    .maternalSurname: .value(.text("Ortega")),
                    .birthDate: .value(try ElementValue.read("2010-03-27", for: .birthDate)),
                    .gender: .value(try ElementValue.read("Female", for: .gender)),
                ]
            ),
            RecordEntry(
                .stateIdentifier,
                from: source,
                [.stateStudentIdentificationNumber: .value(.text("4417720193"))]
            ),
            RecordEntry(
                .assessment,
                from: source,
                [
                    .assessmentName: .value(.text("STAAR")),
                    .assessmentDate: .value(try ElementValue.read("2026-04", for: .assessmentDate)),
                    .assessmentResult: .value(.text("Meets")),
                ]
            ),
        ])
        let reading = try Self.back(record)
        #expect(reading.problems.isEmpty)
        let identity = try #require(reading.record.entries(of: .identity).first)
        #expect(identity.text(.firstName) == "José")
        #expect(identity.text(.paternalSurname) == "Muñoz Ortega")
        #expect(identity.text(.birthDate) == "2010-03-27")
        #expect(identity.text(.gender) == "01")
        #expect(
            reading.record.entries(of: .stateIdentifier).first?
                .text(.stateStudentIdentificationNumber) == "4417720193"
        )
        let test = try #require(reading.record.entries(of: .assessment).first)
        #expect(test.text(.assessmentResult) == "Meets" && test.text(.assessmentDate) == "2026-04")
        #expect(reading.record.entries(of: .course).isEmpty)
    }

    /// What the list of Ed-Fi has no word for is left out, and nothing near it is written.
    @Test(arguments: [
        ("01", nil), ("02", "Semester"), ("03", "Trimester"), ("04", "Quarter"), ("05", nil),
    ])
    func `a term comes back as long as it was`(code: String, word: String?) throws {
        let course = RecordEntry(
            .course,
            from: try FormatSamples.source(),
            [
                .courseTitle: .value(.text("Art")),
                .termType: .value(try ElementValue.read(code, for: .termType)),
            ]
        )
        let record = StudentRecord([course])
        let text = String(decoding: try EdFiWriter.write(record), as: UTF8.self)
        #expect(text.contains("TermDescriptor") == (word != nil))
        if let word { #expect(text.contains("TermDescriptor#\(word)\"")) }
        let reading = try Self.back(record)
        #expect(reading.problems.isEmpty)
        let read = try #require(reading.record.entries(of: .course).first)
        #expect(read.text(.termType) == (word == nil ? nil : code))
    }

    @Test func `credits that cannot be read are no number in any form`() throws {
        var course = RecordEntry(
            .course,
            from: try FormatSamples.source(),
            [.courseTitle: .value(.text("Art"))]
        )
        course.answers[.creditsGranted] = .unreadable("one")
        let text = String(decoding: try EdFiWriter.write(StudentRecord([course])), as: UTF8.self)
        #expect(!text.contains("earnedCredits"))
        let identity = RecordEntry(
            .identity,
            from: try FormatSamples.source(),
            [.paternalSurname: .value(.text("Reyes"))]
        )
        let place = SchoolPlace(school: SchoolID("484496008851"), name: "Weslaco East HS")
        let pesc = try PESCWriter.write(
            StudentRecord([identity, course]),
            from: place,
            to: place,
            documentID: "1",
            on: CivilDate(dayNumber: 20_000)
        )
        #expect(!pesc.contains("InProgress") && !pesc.contains("CourseCreditEarned"))
    }
}
