import RecordFormats
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("A legend in a record's files") struct LegendFormatTests {
    private static func reading(_ legend: String?) throws -> RecordReading {
        var reading = try FormatSamples.read("Last Name1,First Name\nReyes,Ana\n")
        reading.legend = legend
        return reading
    }

    private static func transcript(_ legend: String) throws -> String {
        try PESCWriter.write(
            reading(nil).record,
            from: SchoolPlace(school: SchoolID("484496008851"), name: "Weslaco East HS"),
            to: SchoolPlace(school: SchoolID("531011001689"), name: "Davis HS"),
            documentID: "1",
            on: try #require(CivilDate(iso8601: "2026-05-29")),
            legend: legend
        )
    }

    @Test(arguments: [nil, "A 90-100 · official with the \"seal\" <b> & Ñ"])
    func `comes back from our own file, and is not there where there is none`(
        legend: String?
    ) throws {
        let text = String(decoding: try RecordJSON.write(Self.reading(legend)), as: UTF8.self)
        #expect(try FormatSamples.read(text).legend == legend)
        #expect(text.contains("legend") == (legend != nil))
    }

    @Test(arguments: 0..<60)
    func `comes back from a transcript, in notes as short as the format asks`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let words = ["A", "90-100", "·", "official", "Ñ\u{301}", "<b>", "&", "]]>", "créditos"]
        let legend = (0..<Int.random(in: 0...120, using: &generator))
            .map { _ in words.randomElement(using: &generator) ?? "" }
            .joined(separator: " ")
        let text = try Self.transcript(legend)
        #expect(try FormatSamples.read(text).legend == (legend.isEmpty ? nil : legend))
        #expect(try TranscriptSchemaTests.promised.differences(in: text) == [])
        if let standard = TranscriptSchemaTests.standard {
            #expect(try TranscriptSchema(path: standard).differences(in: text) == [])
        }
    }

    @Test func `a word longer than a note is broken and not lost`() throws {
        let word = String(repeating: "ñ", count: 200)
        let found = try FormatSamples.read(Self.transcript(word)).legend
        #expect(found?.replacing(" ", with: "") == word)
    }

    @Test func `of several files each one's is kept, and the same one once`() throws {
        var whole = RecordReading()
        for legend in ["A 90-100", nil, "B 80-89", "A 90-100"] {
            whole.add(try Self.reading(legend), of: "a.csv")
        }
        #expect(whole.legend == "A 90-100 · B 80-89")
    }

    @Test(arguments: ["a\u{202E}b", "a\u{0}b", String(repeating: "x", count: 5_000)])
    func `a hostile one is kept short and harmless`(legend: String) throws {
        let text = String(decoding: try RecordJSON.write(Self.reading(legend)), as: UTF8.self)
        let found = try #require(try FormatSamples.read(text).legend)
        #expect(!found.hasControl && found.utf8.count <= RecordReading.longestLegend + 3)
    }
}
