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

    /// Any bytes at all.
    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &self) }
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
