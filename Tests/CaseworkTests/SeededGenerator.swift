/// SplitMix64: the same numbers for the same seed, so that a failure can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// One of a collection that is known to hold something.
    mutating func choice<Choices: RandomAccessCollection>(
        of choices: Choices
    ) -> Choices.Element where Choices.Index == Int {
        choices[Int.random(in: choices.startIndex..<choices.endIndex, using: &self)]
    }

    /// True in `percent` of a hundred cases.
    mutating func happens(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &self) < percent
    }

    /// Text of characters people never type and attackers do.
    mutating func hostileText(upTo length: Int) -> String {
        let pieces = [
            "a", "Z", "0", "9", "-", " ", "\t", "\r\n", "\u{0}", "\u{7F}", "@", ".", "<",
            "\u{202E}",
            "é", "e\u{301}", "ﬂ", "\u{212A}", "０", "👩‍👩‍👧", "\u{FEFF}", "\u{200B}", "'", "\"", "\\",
            ":",
        ]
        let count = Int.random(in: 0...length, using: &self)
        return (0..<count).map { _ in pieces[Int.random(in: pieces.indices, using: &self)] }
            .joined()
    }
}
