/// Identities in memory, found by what they have in common with the one asked for.
///
/// Rows that were there when it was frozen stand in the order of their birth dates with their
/// keys in flat arrays; what was added since stands behind them under dictionaries. A value:
/// whoever shares one between tasks guards it.
package struct IdentityIndex: Sendable {
    private(set) var columns = IdentityColumns()
    private(set) var lexicon = Lexicon()
    private(set) var shapes = NumberShapes()
    /// How many rows are frozen.
    private(set) var frozen = 0
    private(set) var postings = Postings()
    private var laterKeys: [UInt64: [UInt32]] = [:]
    private var laterDays: [UInt32: [UInt32]] = [:]
    /// How many rows have each birth date.
    private var days: [UInt32: Int] = [:]
    private var rowOfNumber: [UInt32] = []
    private var parser = IdentityParser()
    /// Rows that a search can find.
    package private(set) var count = 0

    package init() {}

    /// Makes room for this many rows.
    package mutating func reserve(rows: Int) {
        columns.reserve(rows: rows)
        rowOfNumber.reserveCapacity(rows)
    }

    /// Adds an identity that can be found after the next `freeze`.
    ///
    /// `number` is the caller's, must not be in use, and is best small: there is an array of them.
    package mutating func append(_ text: IdentityText, number: UInt32) {
        let row = parser.read(text)
        var signature: UInt64 = 0
        for (range, role) in parser.telling {
            let word = lexicon.intern(parser.words.bytes, range)
            columns.append(IdentityRow.Word(word, role))
            signature |= Self.bit(lexicon.traits[Int(word)].sound)
            guard role.rawValue < 2 else { continue }
            lexicon.count(word, as: role == .given ? .given : .surname, by: 1)
        }
        columns.append(row, signature: signature, number: number)
        shapes.count(row, by: 1)
        days[row.birthDay.packed, default: 0] += 1
        while rowOfNumber.count <= Int(number) { rowOfNumber.append(IdentityColumns.none) }
        rowOfNumber[Int(number)] = UInt32(columns.count - 1)
        count += 1
    }

    /// Adds an identity that can be found at once.
    package mutating func insert(_ text: IdentityText, number: UInt32) {
        append(text, number: number)
        let row = columns.count - 1
        laterDays[columns.born[row], default: []].append(UInt32(row))
        var keys: [UInt64] = []
        Self.forEachKey(row, columns, lexicon) { keys.append($0) }
        for key in keys { laterKeys[key, default: []].append(UInt32(row)) }
        // As many again as are frozen: then freezing costs less than was spent adding them.
        if columns.count - frozen > max(65_536, frozen) { freeze() }
    }

    /// Takes out the identity of a number; `false` where there is none.
    @discardableResult
    package mutating func withdraw(_ number: UInt32) -> Bool {
        guard Int(number) < rowOfNumber.count, rowOfNumber[Int(number)] != IdentityColumns.none
        else { return false }
        let row = Int(rowOfNumber[Int(number)])
        rowOfNumber[Int(number)] = IdentityColumns.none
        for packed in columns.words[columns.wordRange(row)] {
            let word = IdentityRow.Word(packed: packed)
            guard word.role < 2 else { break }
            lexicon.count(word.id, as: word.role == 0 ? .given : .surname, by: -1)
        }
        shapes.count(columns.row(row), by: -1)
        days[columns.born[row], default: 0] -= 1
        columns.withdraw(row)
        count -= 1
        return true
    }

    /// Sorts all rows and files them in flat arrays: takes seconds for a million.
    package mutating func freeze() {
        laterKeys = [:]
        laterDays = [:]
        columns.sort()
        frozen = columns.count
        for row in 0..<frozen { rowOfNumber[Int(columns.numbers[row])] = UInt32(row) }
        postings = Postings()
        // Not through self: a copy of it for each row would count references by the million.
        let (columns, lexicon) = (columns, lexicon)
        postings = Postings(rows: frozen) { row, file in
            Self.forEachKey(row, columns, lexicon, file)
        }
    }

    // MARK: - What a search reads

    static func bit(_ sound: UInt32) -> UInt64 { 1 << UInt64((sound &* 0x9E37_79B1) >> 26) }

    /// The logarithm of the share of rows that have a birth date.
    func dayRarity(_ day: BirthDay) -> Float {
        Logarithm.natural(Float(max(1, days[day.packed] ?? 0)) / Float(max(count, 200)))
    }

    /// Frozen rows that stand under a key, in ascending order, and some of other keys.
    func frozenRows(under key: UInt64) -> ArraySlice<UInt32> { postings.rows(key) }

    /// The same of those that were added since.
    func laterRows(under key: UInt64) -> [UInt32] { laterKeys[key] ?? [] }

    func frozenRows(bornOn day: BirthDay) -> Range<Int> {
        columns.rows(bornOn: day)
    }

    func laterRows(bornOn day: BirthDay) -> [UInt32] { laterDays[day.packed] ?? [] }

    /// The keys of a row: each two sounds of which one at least is of the child's names, and the
    /// state's number.
    private static func forEachKey(
        _ row: Int,
        _ columns: IdentityColumns,
        _ lexicon: Lexicon,
        _ file: (UInt64) -> Void
    ) {
        var sounds = SIMD16<UInt32>(repeating: 0)
        var count = 0
        var ownCount = 0
        for position in columns.wordRange(row) {
            let word = IdentityRow.Word(packed: columns.words[position])
            let isOwn = word.role < 2
            let sound = lexicon.traits[Int(word.id)].sound
            var isNew = count < (isOwn ? SoundPairs.mostOwn : SoundPairs.most)
            for index in 0..<count where sounds[index] == sound { isNew = false }
            guard isNew else { continue }
            for index in 0..<(isOwn ? count : ownCount) {
                file(Postings.key(sounds[index], sound))
            }
            sounds[count] = sound
            count += 1
            if isOwn { ownCount = count }
        }
        let number = columns.stateNumbers[row]
        if number != 0 { file(Postings.key(number: number)) }
    }
}

/// How many sounds of one identity are paired.
enum SoundPairs {
    /// Of the child's names.
    static let mostOwn = 8
    /// With those of the parents'.
    static let most = 14
}

/// What the numbers of each state look like, learned from the index: so that it can be seen that
/// two numbers are of one state, and their bearers two students.
struct NumberShapes: Sendable {
    private var all: [UInt32: Int] = [:]
    private var ofState: [UInt64: Int] = [:]

    mutating func count(_ row: IdentityRow, by step: Int) {
        guard row.number != 0, row.marks.state != 0 else { return }
        let shape = StateNumber.shape(row.number)
        all[shape, default: 0] += step
        ofState[UInt64(shape) << 16 | UInt64(row.marks.state), default: 0] += step
    }

    /// Whether nearly all numbers of this shape are of that state.
    func isOf(_ state: UInt16, shape: UInt32) -> Bool {
        let known = all[shape] ?? 0
        guard known >= 20 else { return false }
        return (ofState[UInt64(shape) << 16 | UInt64(state)] ?? 0) * 10 >= known * 9
    }
}
