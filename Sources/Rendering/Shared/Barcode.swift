/// A text in bars, after Code 39 (ISO/IEC 16388): every office scanner reads it, and it needs no
/// check of its own where the text has one, as a request number does.
package struct Barcode: Hashable, Sendable {
    /// A black bar.
    package struct Bar: Hashable, Sendable {
        /// From the left, in narrow bars.
        package let x: Int
        package let width: Int
    }

    package let bars: [Bar]
    /// In narrow bars, with the quiet zone on both sides.
    package let width: Int

    private static let quietZone = 10
    private static let wide = 3

    /// `nil` where the text holds a character that Code 39 has not: capitals, digits and hyphens
    /// are all that is needed here.
    package init?(_ text: String) {
        guard text.unicodeScalars.allSatisfy(Self.alphabet.contains) else { return nil }
        var bars: [Bar] = []
        var x = Self.quietZone
        for character in "*\(text)*".unicodeScalars {
            guard let pattern = Self.pattern(of: character) else { return nil }
            // Five bars and the four gaps between them, then a narrow gap.
            for (position, isWide) in pattern.enumerated() {
                let width = isWide ? Self.wide : 1
                if position.isMultiple(of: 2) { bars.append(Bar(x: x, width: width)) }
                x += width
            }
            x += 1
        }
        self.bars = bars
        width = x - 1 + Self.quietZone
    }

    /// Nine elements, bar and gap in turn; `true` is wide, and three of them are.
    private static func pattern(of character: Unicode.Scalar) -> [Bool]? {
        if character == "*" { return elements(bars: 0b00110, wideGap: 0) }
        guard let index = alphabet.firstIndex(of: character) else { return nil }
        // Ten characters share the place of the wide gap and differ in their bars.
        let (group, place) = index.quotientAndRemainder(dividingBy: 10)
        return elements(bars: barPatterns[place], wideGap: gapOfGroup[group])
    }

    private static func elements(bars: Int, wideGap: Int) -> [Bool] {
        (0..<9).map { element in
            element.isMultiple(of: 2)
                ? bars & (0b10000 >> (element / 2)) != 0 : element / 2 == wideGap
        }
    }

    private static let alphabet = Array("1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-. ".unicodeScalars)
    private static let gapOfGroup = [1, 2, 3, 0]
    private static let barPatterns = [
        0b10001, 0b01001, 0b11000, 0b00101, 0b10100, 0b01100, 0b00011, 0b10010, 0b01010, 0b00110,
    ]
}
