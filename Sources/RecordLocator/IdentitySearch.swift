extension IdentityIndex {
    /// The rows worth comparing with an identity: those that share its birth date, also with day
    /// and month exchanged, and a word; two words, one of them of the child's names, and a birth
    /// date that may be the same one mistyped, or more words instead; or the state's number.
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
        for second in probe.sounds.indices {
            for first in 0..<min(second, probe.ownSounds) {
                take(probe.sounds[first], probe.sounds[second], probe, &found)
            }
        }
        for name in probe.otherNames {
            for place in probe.sounds.indices where place != name.of {
                take(name.sound, probe.sounds[place], probe, &found)
            }
        }
        if probe.row.number != 0 {
            forEachRow(under: Postings.key(number: probe.row.number)) { row in
                guard columns.stateNumbers[row] == probe.row.number else { return }
                found.append(row)
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
        for row in frozenRows(bornOn: day)
        where columns.signatures[row] & probe.signature != 0 {
            found.append(row)
        }
        for row in laterRows(bornOn: day)
        where columns.signatures[Int(row)] & probe.signature != 0 {
            found.append(Int(row))
        }
    }

    private func take(_ first: UInt32, _ second: UInt32, _ probe: Probe, _ found: inout [Int]) {
        let day = probe.row.birthDay
        // Of the other names only the one that the row is looked for under: there are many.
        let signature = probe.ownSignature | Self.bit(first) | Self.bit(second)
        forEachRow(under: Postings.key(first, second)) { row in
            let needed: Int
            switch day.relation(to: BirthDay(packed: columns.born[row])) {
            // Found already by its birth date.
            case .same, .exchanged: return
            case .missing: needed = min(3, probe.sounds.count)
            case .different: needed = 4
            default: needed = 0
            }
            guard (columns.signatures[row] & signature).nonzeroBitCount >= needed,
                has(first, second, row)
            else { return }
            found.append(row)
        }
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
