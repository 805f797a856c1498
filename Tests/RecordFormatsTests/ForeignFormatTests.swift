import RecordFormats
import StudentRecords
import Testing
import Vocabulary

@Suite("Formats of other systems") struct ForeignFormatTests {
    @Test func `the Ed-Fi sample is read whole`() throws {
        let bytes = try FormatSamples.fixture("ed-fi-transcript-composite.json")
        #expect(RecordFile.format(of: bytes) == .edFi)
        let reading = try #require(
            RecordFile.read(bytes, from: FormatSamples.source(), codes: .none)
        )
        let identity = try #require(reading.record.entries(of: .identity).first)
        #expect(identity.text(.firstName) == "Glenn")
        #expect(identity.text(.birthDate) == "2001-12-19")
        #expect(identity.text(.gender) == "02")
        let parents = try #require(reading.record.entries(of: .parents).first)
        #expect(parents.text(.parent2FirstName) == "Carissa")
        let courses = reading.record.entries(of: .course)
        #expect(courses.count == 14)
        #expect(courses.compactMap { $0.amount(.creditsGranted) }.sum.description == "13.00")
        #expect(courses.first?.subject == .arts)
        #expect(reading.record.entries(of: .assessment).first?.text(.assessmentDate) == "2010-04")
        // A social security number is none of the elements, so it is not read.
        #expect(
            !reading.record.entries.contains {
                $0.answers.values.contains { $0.value?.token == "1382712733" }
            }
        )
        #expect(reading.problems.isEmpty)
    }

    @Test func `the PESC sample is read, and credits that were not said to be earned are listed`()
        throws
    {
        let bytes = try FormatSamples.fixture("pesc-hs-transcript-1.5-bc-batch.xml")
        #expect(RecordFile.format(of: bytes) == .pesc)
        let reading = try #require(
            RecordFile.read(bytes, from: FormatSamples.source(), codes: .none)
        )
        let courses = reading.record.entries(of: .course)
        #expect(courses.count == 24)
        #expect(
            courses.allSatisfy { $0.text(.courseTitle) != nil && $0.amount(.creditsGranted) == nil }
        )
        #expect(courses.first?.text(.courseYear) == "2019")
        #expect(courses.first?.place?.name == "WALNUT GROVE SECONDARY")
        #expect(reading.record.entries(of: .enrollment).first?.text(.gradeLevel) == "012")
        // All of them are finished, and nobody says how much credit was granted for them.
        #expect(reading.problems.count { $0.element == .creditsGranted } == 24)
        let credits = CreditAccrual(MergedRecord([reading.record]), plan: nil)
        #expect(credits.unfinished.isEmpty && credits.notCounted.count == 24)
        // British Columbia is no state of the list.
        #expect(reading.problems.contains { $0.element == .state && $0.found == "BC" })
    }

    @Test func `what is written as PESC is read back`() throws {
        let record = try FormatSamples.read(
            """
            Course Title,Credits Granted,Final Grade,Course Type,Standard Code
            Algebra I & more,.50,A,02,02052
            Chemistry,,,,03101
            """
        ).record
        let identity = try FormatSamples.read(
            "First Name,Last Name1,Last Name2,Birth Date,Gender\nMaría <x>,Reyes,Ortega,3/27/2010,1\n"
        ).record
        let sender = SchoolPlace(school: SchoolID("484496008851"), name: "Weslaco East HS")
        let text = try PESCWriter.write(
            StudentRecord(record.entries + identity.entries),
            from: sender,
            to: SchoolPlace(school: SchoolID("531011001689"), name: "Davis HS"),
            documentID: "RQ-7Q4K9-2PMXC",
            on: try #require(CivilDate(iso8601: "2026-05-29"))
        )
        let reading = try FormatSamples.read(text)
        #expect(reading.problems.isEmpty)
        #expect(reading.record.entries(of: .identity).first?.text(.firstName) == "María <x>")
        #expect(
            reading.record.entries(of: .identity).first?.text(.paternalSurname) == "Reyes Ortega"
        )
        let courses = reading.record.entries(of: .course)
        #expect(courses.map { $0.text(.courseTitle) } == ["Algebra I & more", "Chemistry"])
        #expect(courses.map { $0.amount(.creditsGranted)?.description } == ["0.50", nil])
        #expect(courses.map(\.standard) == ["02052", "03101"])
        #expect(courses.first?.text(.courseType) == "02")
    }

    @Test func `a transcript that the format could not hold is refused with everything it lacks`()
        throws
    {
        let record = try FormatSamples.read("Course Title,Credits Granted\n,1\n").record
        #expect(throws: PESCWriter.Lacking.self) {
            try PESCWriter.write(
                record,
                from: SchoolPlace(name: "Weslaco East HS"),
                to: SchoolPlace(name: "Davis HS"),
                documentID: "1",
                on: CivilDate(dayNumber: 0)
            )
        }
        do {
            _ = try PESCWriter.write(
                record,
                from: SchoolPlace(name: "Weslaco East HS"),
                to: SchoolPlace(name: "Davis HS"),
                documentID: "1",
                on: CivilDate(dayNumber: 0)
            )
        } catch {
            #expect(
                error.problems.map(\.element) == [.schoolCode, .schoolCode, .paternalSurname]
            )
        }
    }

    @Test(
        arguments: [
            """
            <?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>
            <HighSchoolTranscript><Student>&b;</Student></HighSchoolTranscript>
            """,
            """
            <!doctype x SYSTEM "file:///etc/passwd"><HighSchoolTranscript/>
            """,
            "<HighSchoolTranscript>" + String(repeating: "<a>", count: 5_000),
            "<HighSchoolTranscript><Student></HighSchoolTranscript>",
            "<HighSchoolTranscript>&undeclared;</HighSchoolTranscript>",
            "<HighSchoolTranscript/>",
        ]
    )
    func `XML with a document type, without bottom or without an end yields nothing but a problem`(
        text: String
    ) throws {
        let reading = try FormatSamples.read(text)
        #expect(reading.record.entries.isEmpty)
        #expect(reading.problems.count == 1)
    }

    @Test func `a second student in a file is not mixed with the first`() throws {
        let student = "{\"studentUniqueId\": \"1\", \"firstName\": \"Ana\"}"
        let other = "{\"studentUniqueId\": \"2\", \"firstName\": \"Berta\"}"
        let reading = try FormatSamples.read("[\(student), \(other)]")
        #expect(reading.record.entries.compactMap { $0.text(.firstName) } == ["Ana"])
        #expect(reading.problems.count == 1)
    }
}
