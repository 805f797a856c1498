/// An identity made ready to be compared with many rows.
struct Probe {
    struct Word {
        /// Its number in the index; `IdentityColumns.none` where it does not stand there.
        let id: UInt32
        let sound: UInt32
        let letters: UInt32
        let forms: Nicknames.Forms
        let range: Range<Int>
        let role: UInt8
        /// Logarithms of the shares of rows that have it in this use, its sound in this use, and
        /// it anywhere.
        let exact: Float
        let alike: Float
        let anywhere: Float

        var isInitial: Bool { range.count == 1 }
    }

    private(set) var letters: [UInt8] = []
    private(set) var words: [Word] = []
    /// How many of `words` are the child's given names, and given names and surnames.
    private(set) var givenCount = 0
    private(set) var nameCount = 0
    let row: IdentityRow
    let numberShape: UInt32
    /// The logarithm of the share of rows with the same birth date.
    let dayRarity: Float
    /// Different sounds, those of the child's names first.
    private(set) var sounds: [UInt32] = []
    private(set) var ownSounds = 0
    /// Sounds of other names for a given name, with the place in `sounds` of the one that was
    /// asked.
    private(set) var otherNames: [(sound: UInt32, of: Int)] = []
    /// Of the words themselves, and with the other names.
    private(set) var ownSignature: UInt64 = 0
    private(set) var signature: UInt64 = 0

    /// A query.
    init(_ text: IdentityText, in index: IdentityIndex) {
        var parser = IdentityParser()
        row = parser.read(text)
        numberShape = StateNumber.shape(row.number)
        dayRarity = index.dayRarity(row.birthDay)
        letters = parser.words.bytes
        var scratch: [UInt8] = []
        for (range, role) in parser.telling {
            let id = index.lexicon.find(letters, range)
            let sound =
                id.map { index.lexicon.traits[Int($0)].sound }
                ?? NameSounds.number(letters, range, scratch: &scratch)
            append(range, role: role.rawValue, id: id, sound: sound, index)
        }
        ownSignature = signature
        for word in words.prefix(givenCount) where word.forms != .zero {
            guard let place = sounds.firstIndex(of: word.sound) else { continue }
            for sound in Nicknames.sounds(of: word.forms)
            where !sounds.contains(sound) && !otherNames.contains(where: { $0.sound == sound }) {
                otherNames.append((sound, place))
                signature |= IdentityIndex.bit(sound)
            }
        }
    }

    /// A row of the index, to be compared with others of its rows.
    init(row number: Int, of index: IdentityIndex) {
        row = index.columns.row(number)
        numberShape = StateNumber.shape(row.number)
        dayRarity = index.dayRarity(row.birthDay)
        for packed in index.columns.words[index.columns.wordRange(number)] {
            let word = IdentityRow.Word(packed: packed)
            let start = letters.count
            letters.append(contentsOf: index.lexicon.letters[index.lexicon.range(word.id)])
            append(
                start..<letters.count,
                role: word.role,
                id: word.id,
                sound: index.lexicon.traits[Int(word.id)].sound,
                index
            )
        }
    }

    private mutating func append(
        _ range: Range<Int>,
        role: UInt8,
        id: UInt32?,
        sound: UInt32,
        _ index: IdentityIndex
    ) {
        let use = role == 1 || role == 3 || role == 5 ? 1 : 0
        let exact = id.map { index.lexicon.uses(of: $0) } ?? .zero
        let alike = index.lexicon.uses(ofSound: sound)
        let all = Float(max(index.count, Self.fewest))
        func share(_ count: UInt32) -> Float { Logarithm.natural(Float(max(count, 1)) / all) }
        words.append(
            Word(
                id: id ?? IdentityColumns.none,
                sound: sound,
                letters: Resemblance.letters(letters, range),
                forms: id.map { index.lexicon.forms(of: $0) } ?? Nicknames.forms(letters, range),
                range: range,
                role: role,
                exact: share(exact[use]),
                alike: share(alike[use]),
                anywhere: share(exact[0] &+ exact[1])
            )
        )
        signature |= IdentityIndex.bit(sound)
        let isNew = !sounds.contains(sound)
        guard role < 2 else {
            if isNew, sounds.count < SoundPairs.most { sounds.append(sound) }
            return
        }
        nameCount += 1
        if role == 0 { givenCount += 1 }
        guard isNew, sounds.count < SoundPairs.mostOwn else { return }
        sounds.append(sound)
        ownSounds += 1
    }

    /// A smaller index says too little about how rare a name is.
    private static let fewest = 200
}

/// The standard library has no logarithm, and pure modules import no other.
enum Logarithm {
    /// The natural logarithm of a positive, finite number.
    static func natural(_ value: Float) -> Float {
        // A significand in [1, 2): the series of the inverse hyperbolic tangent converges fast.
        let ratio = (value.significand - 1) / (value.significand + 1)
        let square = ratio * ratio
        let series =
            ratio * (1 + square * (1 / 3 + square * (1 / 5 + square * (1 / 7 + square / 9))))
        return Float(value.exponent) * 0.693_147_2 + 2 * series
    }

    /// e to the power of a number.
    static func power(_ value: Double) -> Double {
        if value < -700 { return 0 }
        if value > 700 { return .greatestFiniteMagnitude }
        let bits = value * 1.442_695_040_888_963_4
        let whole = bits.rounded(.down)
        let rest = (bits - whole) * 0.693_147_180_559_945_3
        var term = 1.0
        var sum = 1.0
        for step in 1...14 {
            term *= rest / Double(step)
            sum += term
        }
        return Double(sign: .plus, exponent: Int(whole), significand: sum)
    }
}
