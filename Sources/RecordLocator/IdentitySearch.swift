extension IdentityIndex {
    /// The rows worth comparing with an identity: those that share its birth date, also with day
    /// and month exchanged, and a word or the birth place; two words, one of them of the child's
    /// names, and a birth date that may be the same one mistyped, or more words instead; or the
    /// state's number.
    ///
    /// Exactly those, however the index came about: a key's bucket may hold others.
    func candidates(_ probe: Probe) -> [Int] {
        var found: [Int] = []
        let day = probe.row.birthDay
        if !day.isUnknown {
            take(bornOn: day, probe, &found)
            let exchanged = day.exchanged
            if !exchanged.isUnknown { take(bornOn: exchanged, probe, &found) }
        }
        takePairs(probe, &found)
        if probe.row.number != 0 {
            let key = Postings.key(number: probe.row.number)
            for rows in [frozenRows(under: key), laterRows(under: key)[...]] {
                for row in rows where columns.stateNumbers[Int(row)] == probe.row.number {
                    found.append(Int(row))
                }
            }
        }
        found.sort()
        var last = -1
        found.removeAll { row in
            defer { last = row }
            return row == last || columns.numbers[row] == IdentityColumns.none
        }
        return found
    }

    private func take(bornOn day: BirthDay, _ probe: Probe, _ found: inout [Int]) {
        for row in frozenRows(bornOn: day) where sharesWordOrCity(row, probe) { found.append(row) }
        for row in laterRows(bornOn: day) where sharesWordOrCity(Int(row), probe) {
            found.append(Int(row))
        }
    }

    /// Of a birth date and a birth place both names may be mistyped, so that no sound is left.
    private func sharesWordOrCity(_ row: Int, _ probe: Probe) -> Bool {
        if columns.signatures[row] & probe.signature != 0 { return true }
        let city = probe.row.place.city
        return city != 0 && IdentityRow.Place(packed: columns.places[row]).city == city
    }

    // MARK: - Two words

    /// How many words a row shares whose birth date says nothing for it: the others need a reason.
    private enum Needed {
        static let undated = 3
        static let sameYear = 3
        static let far = 4
    }

    /// How many rows have two sounds by chance: with more the two are common.
    private enum Common {
        /// Two common ones and a year are no reason to look at a row.
        static let inYear: Float = 2_000
        /// Under rarer ones all rows are looked at, for there are few.
        static let undated: Float = 2_000
        static let far: Float = 200
    }

    private func takePairs(_ probe: Probe, _ found: inout [Int]) {
        let day = probe.row.birthDay
        var rows = probe.sounds.map(rows)
        // A rare name may be looked for under a common one.
        for name in probe.otherNames {
            rows[name.of] = max(rows[name.of], self.rows(of: name.sound))
        }
        // Where nothing but words speaks, only under pairs that no row with enough of them misses.
        let fewest = day.isUnknown ? min(Needed.undated, probe.sounds.count) : Needed.far
        let few = day.isUnknown ? Common.undated : Common.far
        let groups = SoundGroups(rows: rows, own: probe.ownSounds, groups: fewest - 1)
        let spans = day.isUnknown ? [] : columns.days.near(day)
        func take(_ first: UInt32, asked: Int, _ place: Int) {
            let chance = self.rows(of: first) * rows[place] / Float(max(count, 1))
            let pair = SoundPair(
                first: first,
                second: probe.sounds[place],
                isCommon: chance > Common.inYear,
                isWhole: chance <= few || groups.isTogether(asked, place)
            )
            self.take(pair, probe, spans, &found)
        }
        for second in probe.sounds.indices {
            for first in 0..<min(second, probe.ownSounds) {
                take(probe.sounds[first], asked: first, second)
            }
        }
        for name in probe.otherNames {
            for place in probe.sounds.indices where place != name.of {
                take(name.sound, asked: name.of, place)
            }
        }
    }

    /// Rows that have a sound among the child's names.
    private func rows(of sound: UInt32) -> Float {
        let uses = lexicon.uses(ofSound: sound)
        return Float(uses[0]) + Float(uses[1])
    }

    /// Two sounds that rows are looked for under.
    private struct SoundPair {
        let first: UInt32
        let second: UInt32
        /// So many rows have both that these and the year are no reason to look at one.
        let isCommon: Bool
        /// All rows, not only those whose birth date has to do with the one asked for.
        let isWhole: Bool

        var key: UInt64 { Postings.key(first, second) }
        var signature: UInt64 { IdentityIndex.bit(first) | IdentityIndex.bit(second) }
    }

    private func take(
        _ pair: SoundPair,
        _ probe: Probe,
        _ spans: [Range<Int>],
        _ found: inout [Int]
    ) {
        // Of the other names only the one that the row is looked for under: there are many.
        let signature = probe.ownSignature | pair.signature
        let frozen = frozenRows(under: pair.key)
        if probe.row.birthDay.isUnknown {
            guard pair.isWhole else { return }
            let fewest = min(Needed.undated, probe.sounds.count)
            for row in frozen { take(row, pair, signature, fewest, &found) }
            for row in laterRows(under: pair.key) { take(row, pair, signature, fewest, &found) }
            return
        }
        // Both are in ascending order, so a row's birth date need not be read to see it is far.
        var place = frozen.startIndex
        for span in spans {
            let begin = Self.place(of: span.lowerBound, in: frozen, from: place)
            if pair.isWhole {
                for far in place..<begin { take(frozen[far], pair, signature, Needed.far, &found) }
            }
            place = begin
            while place < frozen.endIndex, frozen[place] < span.upperBound {
                takeNear(frozen[place], pair, signature, probe, &found)
                place += 1
            }
        }
        if pair.isWhole {
            for far in place..<frozen.endIndex {
                take(frozen[far], pair, signature, Needed.far, &found)
            }
        }
        for row in laterRows(under: pair.key) {
            takeNear(row, pair, signature, probe, &found)
        }
    }

    private func takeNear(
        _ row: UInt32,
        _ pair: SoundPair,
        _ signature: UInt64,
        _ probe: Probe,
        _ found: inout [Int]
    ) {
        let fewest: Int
        switch probe.row.birthDay.relation(to: BirthDay(packed: columns.born[Int(row)])) {
        // Found already by its birth date.
        case .same, .exchanged: return
        case .missing: fewest = min(Needed.undated, probe.sounds.count)
        case .sameYear, .near:
            fewest = pair.isCommon ? min(Needed.sameYear, probe.sounds.count) : 0
        case .different:
            guard pair.isWhole else { return }
            fewest = Needed.far
        case .slip, .yearSlip, .otherYear, .firstOfYear, .sameYearAndPart: fewest = 0
        }
        take(row, pair, signature, fewest, &found)
    }

    /// Takes a row that shares so many words, two of them the pair.
    private func take(
        _ row: UInt32,
        _ pair: SoundPair,
        _ signature: UInt64,
        _ fewest: Int,
        _ found: inout [Int]
    ) {
        let row = Int(row)
        guard (columns.signatures[row] & signature).nonzeroBitCount >= fewest,
            has(pair.first, pair.second, row)
        else { return }
        found.append(row)
    }

    /// The place of the first row that is not before another, at `start` or after it.
    private static func place(
        of row: Int,
        in rows: ArraySlice<UInt32>,
        from start: Int
    ) -> Int {
        // In ever longer steps: it is mostly near.
        var low = start
        var step = 1
        while low + step < rows.endIndex, rows[low + step] < row {
            low += step
            step *= 2
        }
        var high = min(low + step, rows.endIndex)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether two sounds are of a row's words, and one at least of the child's names.
    private func has(_ first: UInt32, _ second: UInt32, _ row: Int) -> Bool {
        var isFirst = false
        var isSecond = false
        var isOwn = false
        for position in columns.wordRange(row) {
            let word = IdentityRow.Word(packed: columns.words[position])
            let sound = lexicon.traits[Int(word.id)].sound
            guard sound == first || sound == second else { continue }
            if sound == first { isFirst = true }
            if sound == second { isSecond = true }
            if word.role < 2 { isOwn = true }
        }
        return isFirst && isSecond && isOwn
    }
}
