import HostileInput
import PaperFormat
import SeededNumbers
import Testing

@Suite("Texts for paper") struct PrintableTextTests {
    @Test(arguments: [
        "", " ", "Xóchitl Guadalupe Ñúñez de la Peña", "e\u{301}", "Nguyễn Thị Hồng", "O’Connor",
        "Þórður Straße", "Иван", "山田太郎", "محمّد", "שָׁלוֹם", "नमस्ते", "می\u{200C}خواهم",
        "👩\u{200D}👧", "❤\u{FE0F}", "½ · 3 × 4 % <b>&amp;</b>", "\u{FFFD}",
    ])
    func `what people write stands as they wrote it`(text: String) {
        #expect(PrintableText(text).string.unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(PrintableText(exactly: text) != nil)
    }

    @Test(arguments: [
        ("a\u{0}b", "a\u{FFFD}b"), ("\u{7F}", "\u{FFFD}"), ("\u{9B}31m", "\u{FFFD}31m"),
        ("\u{202E}gnp.exe", "\u{FFFD}gnp.exe"), ("\u{2066}a\u{2069}", "\u{FFFD}a\u{FFFD}"),
        ("\u{FEFF}a", "\u{FFFD}a"), ("a\u{200B}b", "a\u{FFFD}b"), ("\u{E0041}", "\u{FFFD}"),
        ("\u{3164}", "\u{FFFD}"), ("\u{34F}", "\u{FFFD}"), ("\u{E000}", "\u{FFFD}"),
        ("a\nb\r\nc\td", "a b  c d"), ("a\u{2028}b\u{2029}c\u{85}d", "a b c d"),
        ("co\u{AD}op", "co-op"), ("a\u{200D}\u{200D}b", "a\u{200D}\u{FFFD}b"),
    ])
    func `what hides or turns text is replaced where it is seen`(text: String, printed: String) {
        #expect(PrintableText(text).string.unicodeScalars.elementsEqual(printed.unicodeScalars))
        #expect(PrintableText(exactly: text) == nil)
    }

    @Test func `all sixty-six code points that are no characters are replaced`() {
        let last = (0...16).flatMap { [$0 << 16 | 0xFFFE, $0 << 16 | 0xFFFF] }
        let all = (Array(0xFDD0...0xFDEF) + last).compactMap(Unicode.Scalar.init)
        #expect(all.count == 66)
        for scalar in all { #expect(PrintableText(String(scalar)).string == "\u{FFFD}") }
    }

    @Test func `marks cannot be piled up until they cover other lines`() {
        for joined in ["\u{301}", "\u{301}\u{200D}"] {
            let pile = "a" + String(repeating: joined, count: 500)
            var run = 0
            var longest = 0
            for scalar in PrintableText(pile).string.unicodeScalars where scalar != "\u{200D}" {
                run = scalar == "\u{301}" ? run + 1 : 0
                longest = max(longest, run)
            }
            #expect(longest == PrintableText.mostMarks)
        }
    }

    @Test(arguments: 0..<40)
    func `nothing is left out, and what is printed once is printed the same again`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            var text = generator.hostileText(upTo: 20)
            for _ in 0..<20 {
                let value = UInt32.random(
                    in: 0...(generator.happens(70) ? 0xFFFF : 0x10FFFF),
                    using: &generator
                )
                if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
            }
            let printed = PrintableText(text).string
            #expect(printed.unicodeScalars.count == text.unicodeScalars.count)
            #expect(PrintableText(exactly: printed) != nil)
            for (before, after) in zip(text.unicodeScalars, printed.unicodeScalars) {
                #expect(!after.properties.isNoncharacterCodePoint)
                #expect(after.properties.generalCategory != .control)
                // Letters and digits stay; so does everything that was not replaced.
                let known = before.properties
                let isWritten = known.isAlphabetic || known.numericType != nil
                if isWritten, !known.isDefaultIgnorableCodePoint,
                    known.generalCategory != .nonspacingMark
                {
                    #expect(after == before)
                }
                #expect(after == before || [" ", "-", "\u{FFFD}"].contains(after))
            }
        }
    }
}
