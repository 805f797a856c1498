/// Identities side by side in flat arrays, one for each thing that a search looks at.
struct IdentityColumns: Sendable {
    /// Birth dates, packed.
    private(set) var born: [UInt32] = []
    /// A bit for each sound of the child's names: identities without a common bit share no word.
    private(set) var signatures: [UInt64] = []
    private(set) var marks: [UInt32] = []
    private(set) var places: [UInt64] = []
    private(set) var stateNumbers: [UInt64] = []
    /// The caller's number of each row; `none` once it is withdrawn.
    private(set) var numbers: [UInt32] = []
    private(set) var words: [UInt32] = []
    private var starts: [UInt32] = [0]
    /// Where the rows of each birth date stand, of those that were there when they were sorted.
    private(set) var days = DaySpans()

    static let none = UInt32.max

    var count: Int { born.count }

    func wordRange(_ row: Int) -> Range<Int> { Int(starts[row])..<Int(starts[row + 1]) }

    func row(_ row: Int) -> IdentityRow {
        IdentityRow(
            birthDay: BirthDay(packed: born[row]),
            marks: IdentityRow.Marks(packed: marks[row]),
            place: IdentityRow.Place(packed: places[row]),
            number: stateNumbers[row]
        )
    }

    mutating func reserve(rows: Int) {
        born.reserveCapacity(rows)
        signatures.reserveCapacity(rows)
        marks.reserveCapacity(rows)
        places.reserveCapacity(rows)
        stateNumbers.reserveCapacity(rows)
        numbers.reserveCapacity(rows)
        starts.reserveCapacity(rows + 1)
        words.reserveCapacity(rows * 9)
    }

    mutating func append(_ row: IdentityRow, signature: UInt64, number: UInt32) {
        born.append(row.birthDay.packed)
        signatures.append(signature)
        marks.append(row.marks.packed)
        places.append(row.place.packed)
        stateNumbers.append(row.number)
        numbers.append(number)
        starts.append(UInt32(words.count))
    }

    /// Adds a word to the row that the next `append` ends.
    mutating func append(_ word: IdentityRow.Word) { words.append(word.packed) }

    mutating func withdraw(_ row: Int) { numbers[row] = Self.none }

    /// Puts the rows that are left into the order of their birth dates.
    mutating func sort() {
        var order: [UInt64] = []
        order.reserveCapacity(count)
        for row in 0..<count where numbers[row] != Self.none {
            order.append(UInt64(born[row]) << 32 | UInt64(row))
        }
        order.sort()
        // Room for what comes next, so that adding one row does not copy a million.
        func roomy(_ count: Int) -> Int { count + count / 32 + 1_024 }
        // One column after the other, so that no more than one is there twice.
        func arrange<Value>(_ column: inout [Value]) {
            var arranged: [Value] = []
            arranged.reserveCapacity(roomy(order.count))
            for key in order { arranged.append(column[Int(UInt32(truncatingIfNeeded: key))]) }
            column = arranged
        }
        arrange(&born)
        days = DaySpans(of: born)
        arrange(&signatures)
        arrange(&marks)
        arrange(&places)
        arrange(&stateNumbers)
        arrange(&numbers)
        var arrangedWords: [UInt32] = []
        arrangedWords.reserveCapacity(roomy(words.count))
        var arrangedStarts: [UInt32] = [0]
        arrangedStarts.reserveCapacity(roomy(order.count))
        for key in order {
            let row = Int(UInt32(truncatingIfNeeded: key))
            arrangedWords.append(contentsOf: words[wordRange(row)])
            arrangedStarts.append(UInt32(arrangedWords.count))
        }
        words = arrangedWords
        starts = arrangedStarts
    }

    /// The rows born on a day, among those that are in order.
    func rows(bornOn day: BirthDay) -> Range<Int> { days.rows(in: day.packed...day.packed) }
}
