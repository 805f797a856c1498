import Foundation
import RecordFormats
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("Transcripts held against a schema") struct TranscriptSchemaTests {
    /// What we promise of our transcripts.
    static let promised = TranscriptSchema(
        path: tree.appendingPathComponent("docs/schemas/pesc-transcript-1.xsd").path
    )
    /// The standard's own, where whoever runs the tests has it.
    static let standard = ProcessInfo.processInfo.environment["MOCHILA_PESC_SCHEMA"]

    private static let tree = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func write(_ record: StudentRecord) throws -> String {
        try PESCWriter.write(
            record,
            from: SchoolPlace(school: SchoolID("484496008851"), name: "Weslaco East HS"),
            to: SchoolPlace(school: SchoolID("531011001689"), name: "Davis HS"),
            documentID: "RQ-7Q4K9-2PMXC",
            on: try #require(CivilDate(iso8601: "2026-05-29"))
        )
    }

    private static func sample() throws -> String {
        let courses = try FormatSamples.read(
            """
            Course Title,Credits Granted,Final Grade,Course Type,Standard Code
            Algebra I,.50,A,02,02052
            Chemistry,,,,03101
            """
        ).record
        let identity = try FormatSamples.read(
            "First Name,Last Name1,Birth Date,Gender\nMaría,Reyes,3/27/2010,1\n"
        ).record
        return try write(StudentRecord(identity.entries + courses.entries))
    }

    /// A hostile record with all that a transcript demands.
    private static func record(_ generator: inout SeededGenerator) throws -> StudentRecord {
        let hostile = try FormatSamples.hostileRecord(&generator)
        return StudentRecord(
            hostile.entries.map { entry in
                var entry = entry
                if entry.group == .identity {
                    entry.answers[.paternalSurname] = .value(.text("O'Brien & sons"))
                }
                return entry
            }
        )
    }

    @Test(arguments: 0..<60)
    func `whatever a record holds, its transcript is what we promise`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let text = try Self.write(Self.record(&generator))
        #expect(try Self.promised.differences(in: text) == [])
    }

    @Test(.enabled(if: standard != nil), arguments: 0..<60)
    func `and it fits the standard's own schema`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let text = try Self.write(Self.record(&generator))
        let schema = TranscriptSchema(path: try #require(Self.standard))
        #expect(try schema.differences(in: text) == [])
    }

    @Test(
        arguments: [
            ("<CourseTitle>Chemistry<", "<CourseTitle><", "CourseTitle"),
            ("<CourseTitle>Chemistry", "<Stray/><CourseTitle>Chemistry", "Stray"),
            (
                "<CourseCreditEarned>0.50<", "<CourseCreditEarned>0.505<", "CourseCreditEarned"
            ),
            ("<CourseCreditEarned>0.50<", "<CourseCreditEarned>-0.50<", "CourseCreditEarned"),
            (
                "<CourseCreditUnits>CarnegieUnits</CourseCreditUnits>\n", "", "CourseCreditEarned"
            ),
            ("<BirthDate>2010-03-27<", "<BirthDate>2010-02-30<", "BirthDate"),
            ("<GenderCode>Female<", "<GenderCode>F<", "GenderCode"),
            ("<CCD>484496008851<", "<CCD>48449600885<", "CCD"),
            ("<LastName>Reyes<", "<LastName><", "LastName"),
            ("<TransmissionType>Original<", "<TransmissionType>Copy<", "TransmissionType"),
            (
                "<DocumentTypeCode>RequestedRecord</DocumentTypeCode>\n", "", "TransmissionType"
            ),
            (
                "<FirstName>María</FirstName>\n<LastName>Reyes</LastName>",
                "<LastName>Reyes</LastName>\n<FirstName>María</FirstName>", "FirstName"
            ),
        ]
    )
    func `one thing that is not as promised is named with its line and element`(
        found: String,
        instead: String,
        element: String
    ) throws {
        let text = try Self.sample()
        let changed = text.replacing(found, with: instead, maxReplacements: 1)
        #expect(changed != text)
        let differences = try Self.promised.differences(in: changed)
        let first = try #require(differences.first)
        #expect(differences.contains { $0.element == element }, "\(differences)")
        #expect(first.line > 1 && !first.words.isEmpty)
        // It stands in the line it is said to stand in.
        let lines = changed.split(separator: "\n", omittingEmptySubsequences: false)
        let named = try #require(differences.first { $0.element == element })
        #expect(lines[named.line - 1].contains("<\(element)"))
        #expect(named.description.hasPrefix("line \(named.line): \(element): "))
    }

    @Test func `a transcript that differs everywhere is said to at most a hundred times`() throws {
        let one = "<Course>\n<Stray/>\n</Course>\n"
        let text = try Self.sample().replacing(
            "<Course>",
            with: String(repeating: one, count: 250) + "<Course>",
            maxReplacements: 1
        )
        let differences = try Self.promised.differences(in: text)
        #expect(differences.count == 101)
        #expect(differences.last?.words == "and 150 more")
    }

    @Test func `a schema that is not there, or is none, lets nothing pass`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("mochila-schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = try Self.sample()
        let namespace = "xmlns:xs=\"http://www.w3.org/2001/XMLSchema\""
        let contents: [String?] = [
            nil, "", "<a", "<schema/>",
            "<xs:schema \(namespace)><xs:element name=\"a\" type=\"b\"/></xs:schema>",
        ]
        for (number, content) in contents.enumerated() {
            let file = folder.appendingPathComponent("\(number).xsd")
            try content?.write(to: file, atomically: true, encoding: .utf8)
            let error = #expect(throws: TranscriptSchema.Trouble.self) {
                try TranscriptSchema(path: file.path).differences(in: text)
            }
            guard case .unreadable(let words) = error else {
                Issue.record("\(number): \(String(describing: error))")
                continue
            }
            // Whoever mends it is told of the schema, and nothing of the student.
            #expect(!words.isEmpty && !words.joined().contains("Reyes"))
        }
    }

    @Test(
        arguments: [
            "", "no XML", "<HighSchoolTranscript>", "<a></b>", "<a>&undeclared;</a>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
            "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
        ]
    )
    func `what is no XML, or has a document type, is not called fitting`(text: String) {
        #expect(throws: TranscriptSchema.Trouble.notXML) {
            try Self.promised.differences(in: text)
        }
    }

    @Test func `a transcript cannot bring a schema of its own`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("mochila-own-schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("own.xsd")
        try """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:own">
        <xs:element name="anything"/></xs:schema>
        """.write(to: file, atomically: true, encoding: .utf8)
        let text = """
            <o:anything xmlns:o="urn:own" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xsi:schemaLocation="urn:own \(file.path)"/>
            """
        #expect(try !Self.promised.differences(in: text).isEmpty)
    }

    @Test func `many are checked at once, each by itself`() async throws {
        let good = try Self.sample()
        let bad = good.replacing("<CCD>484496008851<", with: "<CCD>x<")
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<32 {
                let isGood = number.isMultiple(of: 2)
                group.addTask {
                    try Self.promised.differences(in: isGood ? good : bad).isEmpty == isGood
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
