/// What comparing a question's words with those of rows came to, as far as there is room.
package struct LooseMemory: Sendable {
    // Each its two words and the outcome plus one; zero is empty. The length is a power of two,
    // and what comes later takes the place of what stood there.
    private var slots: [UInt64]

    /// None for a few rows, which do not make up for its cost.
    package init(rows: Int) {
        slots = rows < Self.fewest ? [] : [UInt64](repeating: 0, count: Self.places)
    }

    private static let fewest = 200
    private static let places = 2_048

    /// The outcome for a word of the question and one of the index; `nil` where it is not known.
    package subscript(_ word: Int, _ other: UInt32) -> UInt8? {
        guard !slots.isEmpty else { return nil }
        let key = Self.key(word, other)
        let slot = slots[Self.place(key)]
        return slot >> 4 == key && slot & 15 != 0 ? UInt8(slot & 15) - 1 : nil
    }

    /// Keeps an outcome below 15; `word` is below 256.
    package mutating func keep(_ outcome: UInt8, _ word: Int, _ other: UInt32) {
        guard !slots.isEmpty, outcome < 15 else { return }
        let key = Self.key(word, other)
        slots[Self.place(key)] = key << 4 | UInt64(outcome + 1)
    }

    private static func key(_ word: Int, _ other: UInt32) -> UInt64 {
        UInt64(other) << 8 | UInt64(word)
    }

    private static func place(_ key: UInt64) -> Int {
        Int((key &* 0x9E37_79B9_7F4A_7C15) >> 53)
    }
}
