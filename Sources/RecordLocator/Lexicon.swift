/// Every word that stands in an index, once, under a number.
///
/// A search compares numbers; the letters are looked at only where two words may be one mistyped.
struct Lexicon: Sendable {
    /// Which of a child's names a word is part of, for how rare it is there.
    enum Use: Int {
        case given, surname
    }

    private(set) var letters: [UInt8] = []
    private var starts: [UInt32] = [0]
    private(set) var traits: [Traits] = []
    private var forms: [Nicknames.Forms] = []
    private var uses: [SIMD2<UInt32>] = []
    private var usesOfSound: [UInt32: SIMD2<UInt32>] = [:]
    // Open addressing: a word's number plus one, or zero. The length is a power of two.
    private var table = [UInt32](repeating: 0, count: 1 << 10)
    private var hashes: [UInt32] = []
    private var scratch: [UInt8] = []

    /// What is asked of a word most often, side by side.
    struct Traits: Sendable {
        let sound: UInt32
        /// A bit for each letter.
        let letters: UInt32
    }

    /// The most words an index can number: the rest of a word's 32 bits say whose name it is.
    static let mostWords = 1 << 28

    var count: Int { traits.count }

    func range(_ word: UInt32) -> Range<Int> {
        Int(starts[Int(word)])..<Int(starts[Int(word) + 1])
    }

    /// The number of a word, given to it if it is new.
    mutating func intern(_ text: [UInt8], _ range: Range<Int>) -> UInt32 {
        let hash = Self.hash(text, range)
        var slot = Int(hash) & (table.count - 1)
        while table[slot] != 0 {
            let word = table[slot] - 1
            if hashes[Int(word)] == hash, isSame(word, text, range) { return word }
            slot = (slot + 1) & (table.count - 1)
        }
        let word = UInt32(traits.count)
        letters.append(contentsOf: text[range])
        starts.append(UInt32(letters.count))
        traits.append(
            Traits(
                sound: NameSounds.number(text, range, scratch: &scratch),
                letters: Resemblance.letters(text, range)
            )
        )
        forms.append(Nicknames.forms(text, range))
        uses.append(.zero)
        hashes.append(hash)
        table[slot] = word + 1
        if traits.count * 2 > table.count { grow() }
        return word
    }

    func find(_ text: [UInt8], _ range: Range<Int>) -> UInt32? {
        let hash = Self.hash(text, range)
        var slot = Int(hash) & (table.count - 1)
        while table[slot] != 0 {
            let word = table[slot] - 1
            if hashes[Int(word)] == hash, isSame(word, text, range) { return word }
            slot = (slot + 1) & (table.count - 1)
        }
        return nil
    }

    /// Counts a word in one more entry, or in one less.
    mutating func count(_ word: UInt32, as use: Use, by step: Int) {
        let change = UInt32(truncatingIfNeeded: step)
        uses[Int(word)][use.rawValue] &+= change
        usesOfSound[traits[Int(word)].sound, default: .zero][use.rawValue] &+= change
    }

    /// The names it is a form of, as `Nicknames` numbers them.
    func forms(of word: UInt32) -> Nicknames.Forms { forms[Int(word)] }

    func uses(of word: UInt32) -> SIMD2<UInt32> { uses[Int(word)] }

    func uses(ofSound sound: UInt32) -> SIMD2<UInt32> { usesOfSound[sound] ?? .zero }

    private func isSame(_ word: UInt32, _ text: [UInt8], _ range: Range<Int>) -> Bool {
        let own = self.range(word)
        guard own.count == range.count else { return false }
        for offset in 0..<own.count
        where letters[own.lowerBound + offset] != text[range.lowerBound + offset] {
            return false
        }
        return true
    }

    private mutating func grow() {
        table = [UInt32](repeating: 0, count: table.count * 2)
        for (word, hash) in hashes.enumerated() {
            var slot = Int(hash) & (table.count - 1)
            while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
            table[slot] = UInt32(word) + 1
        }
    }

    /// Under a key that every process draws anew: whoever knows how a feed's words are filed must
    /// not be able to file all of them in one place.
    private static func hash(_ text: [UInt8], _ range: Range<Int>) -> UInt32 {
        var hasher = Hasher()
        var packed: UInt64 = 0
        for (offset, byte) in text[range].enumerated() {
            if offset > 0, offset % 8 == 0 {
                hasher.combine(packed)
                packed = 0
            }
            packed = packed << 8 | UInt64(byte)
        }
        hasher.combine(packed)
        hasher.combine(range.count)
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }

    /// The most places that are looked at for a word that stands here: for those who measure.
    var longestWalk: Int {
        hashes.indices.map { word in
            var slot = Int(hashes[word]) & (table.count - 1)
            var walk = 1
            while table[slot] != UInt32(word) + 1 {
                slot = (slot + 1) & (table.count - 1)
                walk += 1
            }
            return walk
        }.max() ?? 0
    }
}
