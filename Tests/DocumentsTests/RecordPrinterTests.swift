import Glibc
import HostileInput
import PaperFormat
import SeededNumbers
import Testing
import Vocabulary

@Suite("The record on paper", .disabled(if: isUnderSanitizer))
struct RecordPrinterTests {
    @Test func `a typical secondary student has one page of US Letter`() throws {
        let paper = try Papers.print(Papers.record())
        #expect(try paper.pages == 1)
        #expect(try paper.tool("pdfinfo").contains("612 x 792 pts (letter)"))
    }

    @Test func `so has one in the last year, with forty courses and six to finish`() throws {
        let paper = try Papers.print(Papers.lastYear)
        #expect(try paper.pages == 1)
        let text = try paper.text
        for title in Papers.unfinished { #expect(text.contains("· \(title) · 58.00 h")) }
        // The transcript runs on, so that four years of it have room.
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.components(of: "integradas 17 · 2025 · B+ · 0.50") == 2)
        #expect(text.contains("34 CFR 99.33"))
    }

    private static func lines(_ count: Int) -> PrintedRecord {
        let lines = (1...count).map { "Álgebra \($0) · 58.00 h · Weslaco East HS" }
        return Papers.record(
            facts: [],
            sections: [],
            table: nil,
            lists: [.init(title: "Termine estos primero", lines: lines)]
        )
    }

    /// Sixty lines fill a page at full size.
    @Test(arguments: [(40, 1), (58, 1), (62, 1), (70, 1), (110, 2), (180, 3)])
    func `a record a little too long for one page is set smaller, and no other`(
        count: Int,
        pages: Int
    ) throws {
        let paper = try Papers.print(Self.lines(count))
        #expect(try paper.pages == pages)
        let text = try paper.text
        for number in [1, count / 2, count] { #expect(text.contains("Álgebra \(number) ·")) }
    }

    @Test func `a sum never stands alone on the next page`() throws {
        for count in 45...65 {
            let rows = (1...count).map { ["Materia \($0)", "1.00"] } + [["Total", "60.00"]]
            let paper = try Papers.print(
                Papers.record(
                    facts: [],
                    sections: [],
                    table: .init(title: "Créditos", head: ["Materia", "Otorgados"], rows: rows),
                    lists: [.init(lines: (1...40).map { "Nota \($0)" })]
                )
            )
            let pages = try paper.text.split(separator: "\u{0C}")
            let page = try #require(pages.first { $0.contains("Total") })
            #expect(page.contains("Materia \(count) "), "\(count)")
        }
    }

    @Test(arguments: [
        "Xóchitl Ñúñez", "José Ángel Güemes Ávila", "Łódź Żółć", "Nguyễn Thị Hồng",
        "O’Connor-Nuñez",
        "Éléonore Brûlé", "Þórður Straße", "Ťažký Řepa", "Иван Петрович", "Αθηνά",
    ])
    func `every letter of a name can be read and searched, and its font is inside`(
        name: String
    ) throws {
        let paper = try Papers.print(Papers.record(heading: name, lists: [.init(lines: [name])]))
        #expect(try paper.text.components(of: name) == 2)
        let fonts = try paper.fonts
        #expect(!fonts.isEmpty)
        // Columns "emb sub uni": embedded, the letters in use only, and readable as text.
        #expect(fonts.allSatisfy { $0.contains(" yes yes yes ") }, "\(fonts)")
    }

    @Test func `everything that is said stands on it, in its order`() throws {
        let text = try Papers.print(Papers.record()).text
        let marks = [
            "Xóchitl Guadalupe", "27 de marzo de 2010", "Para inscribir", "Para ubicar",
            "Créditos por materia", "Necesarios", "Total", "Termine estos primero", "Fuentes:",
        ]
        let places = try marks.map { mark in
            try #require(text.firstRange(of: mark)?.lowerBound, "\(mark)")
        }
        #expect(places == places.sorted())
        for fact in Papers.facts.flatMap(\.values) {
            for word in fact.split(separator: " ") { #expect(text.contains(word), "\(word)") }
        }
    }

    @Test func `the title that other programs list names no student`() throws {
        let facts = try Papers.print(Papers.record()).tool("pdfinfo")
        #expect(facts.contains("RQ-7Q4K9-2PMXC"))
        #expect(!facts.contains("chitl"))
        #expect(facts.contains(" Mochila\n"))
    }

    @Test func `ten thousand lines go over as many pages as they need, and none is lost`() throws {
        let lines = (1...3_000).map { "Curso número \($0)." }
        let facts = (1...400).map { PrintedRecord.Fact("Hecho \($0)", ["valor \($0)."]) }
        let rows = (1...200).map { ["Fila \($0).", "1.00", "1.00"] }
        let paper = try Papers.print(
            Papers.record(
                sections: [.init(title: "Hechos", facts: facts)],
                table: .init(title: "Filas", head: ["Materia", "A", "B"], rows: rows),
                lists: [.init(title: "Cursos", lines: lines)]
            )
        )
        let text = try paper.text
        #expect(try (paper.pages ?? 0) > 40)
        let values = (1...400).map { "valor \($0)." }
        #expect((lines + values + rows.map { $0[0] }).filter { !text.holds($0) }.isEmpty)
        // The head of the table stands again on each of its pages.
        #expect(text.components(of: "Materia") > 2)
    }

    @Test func `a value longer than a page is printed whole`() throws {
        let words = (1...6_000).map { "palabra\($0)." }
        let paper = try Papers.print(
            Papers.record(facts: [.init("Largo", [words.joined(separator: " ")])])
        )
        let text = try paper.text
        #expect(words.filter { !text.holds($0) }.isEmpty)
        #expect(try (paper.pages ?? 0) > 5)
    }

    @Test(arguments: [
        "", " ", "\u{0}", "\u{202E}gnp.exe", "<b>&amp;</b>", "%PDF-1.7 endobj", "a\nb\rc\u{2028}d",
        "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "ق\u{0651}\u{064E}", "\u{FFFD}\u{FEFF}",
        String(repeating: "\u{0301}", count: 500), String(repeating: "M", count: 5_000),
    ])
    func `whatever a school wrote, a page comes of it`(hostile: String) throws {
        let paper = try Papers.print(
            Papers.record(
                heading: hostile,
                facts: [.init(hostile, [hostile, hostile])],
                sections: [.init(title: hostile, facts: [.init(hostile, [])])],
                table: .init(
                    title: hostile,
                    head: [hostile, hostile],
                    rows: [[hostile, hostile]]
                ),
                lists: [.init(title: hostile, lines: [hostile]), .init(lines: [hostile])]
            )
        )
        #expect(try (paper.pages ?? 0) >= 1)
        #expect(try paper.text.contains("RQ-7Q4K9-2PMXC"))
        // No mark that turns or hides text is in the page's own text.
        #expect(try !paper.text.unicodeScalars.contains("\u{202E}"))
    }

    @Test(arguments: 0..<12)
    func `random texts in every place are printed`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func text() -> String {
            if generator.happens(30) { return generator.hostileText(upTo: 40) }
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...60, using: &generator) {
                let range: ClosedRange<UInt32> =
                    Bool.random(using: &generator) ? 0...0x2FF : 0...0xFFFF
                if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
                    scalars.append(scalar)
                }
            }
            return String(scalars)
        }
        let record = Papers.record(
            heading: text(),
            facts: (0..<9).map { _ in .init(text(), [text(), text()]) },
            sections: [.init(title: text(), facts: (0..<9).map { _ in .init(text(), [text()]) })],
            table: .init(title: text(), head: [text(), text()], rows: [[text(), text()]]),
            lists: [.init(title: text(), lines: (0..<9).map { _ in text() })]
        )
        let paper = try Papers.print(record)
        #expect(try (paper.pages ?? 0) >= 1)
        #expect(try paper.text.contains("RQ-7Q4K9-2PMXC"))
    }

    @Test func `what cannot be printed is seen to have been there`() throws {
        // No character: the library refuses a whole document for one of these.
        let none = try #require(Unicode.Scalar(0xFFFE as UInt32))
        let paper = try Papers.print(
            Papers.record(facts: [.init("Nota", ["antes\(none)después", "uno\u{202E}dos"])])
        )
        let text = try paper.text
        #expect(text.contains("antes\u{FFFD}después"))
        #expect(text.contains("uno\u{FFFD}dos"))
    }
}

extension String {
    /// How often `part` stands in it.
    func components(of part: String) -> Int { ranges(of: part).count }
}

extension String {
    /// Plain search of bytes, for thousands of lines in a text of a hundred pages.
    fileprivate func holds(_ part: String) -> Bool {
        withCString { text in part.withCString { strstr(text, $0) != nil } }
    }
}
