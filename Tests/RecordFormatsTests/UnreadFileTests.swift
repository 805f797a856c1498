import RecordFormats
import StudentRecords
import Testing

/// Data of which nothing is read: silence would look like a record that came.
@Suite("Files that are no record") struct UnreadFileTests {
    private static let unread: [(text: String, rule: FileForm.Rule, place: String)] = [
        ("Alumno,Materia\nAna,Arte\n", .elementColumns, "row 1"),
        ("Course Title;Teacher\nArt;Ruiz\n", .elementColumns, "row 1"),
        ("{\"student\": {\"name\": \"Ana\"}}", .readJSON, "file"),
        ("[1, 2, 3]", .readJSON, "file"),
        ("{\"mochilaRecord\": \"1\"", .wholeJSON, "file"),
        (String(repeating: "[", count: 70) + String(repeating: "]", count: 70), .wholeJSON, "file"),
        ("<Grades><Student/></Grades>", .transcript, "file"),
        ("<Grades>", .transcript, "file"),
    ]

    @Test(arguments: unread.indices)
    func `each says why nothing was read of it`(index: Int) throws {
        let (text, rule, place) = Self.unread[index]
        for mark in ["", "\u{FEFF}"] {
            let bytes = Array((mark + text).utf8)
            #expect(try Self.read(bytes) == nil)
            let problem = try #require(RecordFile.refusal(of: bytes))
            #expect(problem.allowed == .form(rule))
            #expect(problem.place == place)
            #expect(problem.element == nil)
        }
    }

    @Test func `a table says which columns it has`() throws {
        let bytes = Array("Alumno,Materia\nAna,Arte\n".utf8)
        #expect(RecordFile.refusal(of: bytes)?.found == "Alumno, Materia")
    }

    @Test func `what is too large says so and is not looked into`() throws {
        var bytes = Array("Course Title,Course Year\n".utf8)
        bytes += [UInt8](repeating: UInt8(ascii: "\n"), count: RecordFile.largest - bytes.count)
        #expect(RecordFile.refusal(of: bytes) == nil)
        bytes.append(UInt8(ascii: "\n"))
        #expect(try Self.read(bytes) == nil)
        #expect(RecordFile.refusal(of: bytes)?.allowed == .form(.ordinaryFile))
    }

    @Test(arguments: [
        "Course Title,Course Year\nArt,2025\n", "{\"mochilaRecord\": \"1\"}",
        "<HighSchoolTranscript>", "[{\"studentUniqueId\": \"7\"}]",
    ])
    func `a record is none of them, whatever is wrong in it`(text: String) throws {
        let bytes = Array(text.utf8)
        #expect(try Self.read(bytes) != nil)
        #expect(RecordFile.refusal(of: bytes) == nil)
    }

    @Test func `bytes that are no text say nothing`() {
        #expect(RecordFile.refusal(of: [0, 1, 2, 0]) == nil)
        #expect(RecordFile.refusal(of: [0xFF, 0xFE, 0x41]) == nil)
    }

    private static func read(_ bytes: [UInt8]) throws -> RecordReading? {
        RecordFile.read(bytes, from: try FormatSamples.source(), codes: FormatSamples.codes)
    }
}
