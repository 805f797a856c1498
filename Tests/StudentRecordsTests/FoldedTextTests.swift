import SeededNumbers
import StudentRecords
import Testing

/// Texts made comparable, and texts made showable.
@Suite("Texts for comparing and for showing") struct FoldedTextTests {
    private static let pieces = [
        "A", "b", " ", "  ", "-", "É", "é", "e\u{301}", "ñ", "1", "½", "٣", ".", ",", "’", "李", "ß",
        "İ", "\u{A0}", "\t", "\n", "\u{0}", "\u{202E}", "\u{2028}", "😀", "\u{200B}", "&", "<",
    ]

    private static func text(_ generator: inout SeededGenerator, upTo count: Int = 14) -> String {
        (0..<Int.random(in: 0...count, using: &generator))
            .compactMap { _ in pieces.randomElement(using: &generator) }.joined()
    }

    @Test(arguments: 0..<60)
    func `what was folded is folded, and capitals and spaces make no difference`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let text = Self.text(&generator)
            let folded = text.folded
            #expect(folded.folded == folded, "\(Array(text.unicodeScalars))")
            #expect((" " + text + "  ").folded == folded)
            #expect(text.lowercased().folded == folded)
            #expect(!folded.hasPrefix(" ") && !folded.hasSuffix(" "))
            #expect(!folded.contains("  "))
            #expect(!folded.hasControl)
        }
    }

    @Test(arguments: 0..<60)
    func `trimming takes white space from the ends and nothing else`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let text = Self.text(&generator)
            let trimmed = text.trimmed
            #expect(trimmed.trimmed == trimmed)
            #expect(
                Array(trimmed.unicodeScalars)
                    == Array(
                        text.unicodeScalars.drop { $0.properties.isWhitespace }.reversed()
                            .drop { $0.properties.isWhitespace }.reversed()
                    )
            )
        }
    }

    @Test(arguments: 0..<60)
    func `what is shown keeps within its limit, has no control, and keeps what fits`(
        seed: UInt64
    ) {
        var generator = SeededGenerator(seed: seed)
        for limit in [0, 1, 2, 3, 10, 80] {
            let text = Self.text(&generator, upTo: 60)
            let shown = text.shown(atMost: limit)
            #expect(!shown.hasControl)
            if text.utf8.count <= limit {
                #expect(shown.unicodeScalars.count == text.unicodeScalars.count)
                #expect(text.hasControl || shown == text)
            } else {
                #expect(shown.unicodeScalars.last == "…")
                #expect(shown.unicodeScalars.count <= limit + 1)
            }
        }
    }

    @Test(arguments: [
        ("Algebra I", "ALGEBRA  I.", true), ("Algebra I", "Algebra II", false),
        ("History", "Historia", false), ("Educación física", "EDUCACIÓN FÍSICA", true),
        ("Educación", "Educacion", false), ("Art & Design", "Art, Design", true),
        ("P.E.", "PE", false), ("P.E.", "p e", true), ("", "...", true), ("1A", "1 A", false),
        ("Educación física", "Educacio\u{301}n fi\u{301}sica", true),
    ])
    func `names of things are the same by their words alone`(
        one: String,
        other: String,
        isSame: Bool
    ) {
        #expect((one.folded == other.folded) == isSame)
    }
}
