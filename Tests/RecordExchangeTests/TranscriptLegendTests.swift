import RecordExchange
import SeededNumbers
import StudentRecords
import Testing

@Suite("A transcript's legend") struct TranscriptLegendTests {
    @Test(
        arguments: [
            ("A 90-100", "A 90-100"),
            ("  A 90-100\r\n\r\n  B 80-89 \n", "A 90-100 · B 80-89"),
            ("Ñandú: \"oficial\" <b>", "Ñandú: \"oficial\" <b>"),
            ("one\rtwo\nthree", "one · two · three"),
        ]
    )
    func `lines become one, word for word`(typed: String, text: String) throws {
        #expect(try TranscriptLegend(typed).text == text)
    }

    @Test(
        arguments: [
            ("", .empty), (" \r\n \n", .empty), ("a\u{0}b", .unprintable),
            ("a\u{202E}b", .unprintable), ("a\tb", .unprintable), ("a\u{2028}b", .unprintable),
            (String(repeating: "x", count: 2_001), .tooLong),
            (String(repeating: "é", count: 1_001), .tooLong),
        ] as [(String, TranscriptLegend.Refusal)]
    )
    func `what cannot stand on paper is none`(
        typed: String,
        refusal: TranscriptLegend.Refusal
    ) {
        #expect(throws: refusal) { try TranscriptLegend(typed) }
    }

    @Test func `the longest text is taken`() throws {
        let text = String(repeating: "x", count: TranscriptLegend.longestText)
        #expect(try TranscriptLegend(text).text == text)
    }

    @Test(arguments: 0..<60)
    func `what was taken once is taken again as it is`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = ["A", " ", "\n", "\r", "·", "90-100", "é", "\u{301}", "\u{200B}", "\""]
        let typed = (0..<20).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
        guard let legend = try? TranscriptLegend(typed) else { return }
        #expect(try TranscriptLegend(legend.text) == legend)
        #expect(!legend.text.hasControl)
        #expect(legend.text.trimmed == legend.text)
    }
}
