import RecordFormats
import StudentRecords
import Testing

@Suite("What a file's form should have been") struct FileFormTests {
    static let all: [FileForm] =
        FileForm.Rule.allCases.map(FileForm.rule)
        + [
            .cells(0), .cells(2_000), .wellFormed(line: 1), .wellFormed(line: 98_765),
            .words("something of another program"), .words(""), .words("4 cells"),
        ]

    @Test(arguments: all)
    func `travels in the record's own file as what it is`(form: FileForm) throws {
        var reading = RecordReading()
        reading.problems = [
            RecordProblem(nil, at: "row 2", found: "=1+1", allowed: .structure(form))
        ]
        let bytes = try RecordJSON.write(reading)
        let again = try #require(
            RecordFile.read(bytes, from: try FormatSamples.source(), codes: FormatSamples.codes)
        )
        #expect(again.problems == reading.problems)
    }

    @Test func `no two are said alike`() {
        let words = FileForm.Rule.allCases.map(\.rawValue)
        #expect(Set(words).count == words.count)
    }
}
