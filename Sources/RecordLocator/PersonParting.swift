/// Two entries that are taken for one person's and do not fit each other.
package struct EntryConflict: Hashable, Sendable, Codable {
    /// The one with the lower identifier.
    package let first: LocatorEntry.ID
    package let second: LocatorEntry.ID
    /// Never empty.
    package let reasons: [MatchReason]

    package init(_ one: LocatorEntry.ID, _ other: LocatorEntry.ID, reasons: [MatchReason]) {
        first = min(one, other)
        second = max(one, other)
        self.reasons = reasons
    }
}

/// How the entries of one person may be two people's.
package struct PersonParting: Hashable, Sendable {
    /// Never empty.
    package let conflicts: [EntryConflict]
    /// Entries that fit the others least and would become a person of their own: some, never all.
    package let moved: [LocatorEntry.ID]

    /// What speaks against one person, each reason once.
    package var reasons: [MatchReason] {
        MatchReason.allCases.filter { reason in conflicts.contains { $0.reasons.contains(reason) } }
    }

    /// Compares entries two by two; `nil` where all fit.
    ///
    /// Two numbers of one state, birth dates that no slip of the pen explains, and given names
    /// that are different names do not fit. Where the state gave both one number, it takes a birth
    /// date and a given name: one of them alone is an office's mistake.
    package init?(of entries: [LocatorEntry]) {
        // No child has been to more schools; the comparisons grow with the square.
        let entries = Array(entries.sorted { $0.id < $1.id }.prefix(Self.mostCompared))
        guard entries.count > 1 else { return nil }
        var index = IdentityIndex()
        for (row, entry) in entries.enumerated() {
            index.append(IdentityText(entry), number: UInt32(row))
        }
        let pairs = Pairs(index, count: entries.count)
        conflicts = pairs.reasons.sorted { $0.key < $1.key }.map { pair, reasons in
            EntryConflict(entries[pair.one].id, entries[pair.other].id, reasons: reasons)
        }
        guard !conflicts.isEmpty else { return nil }
        moved = pairs.parted(entries).map { entries[$0].id }
    }

    private static let mostCompared = 60
}

/// Rows of an index, two by two.
private struct Pairs {
    struct Pair: Hashable, Comparable {
        let one: Int
        let other: Int

        init(_ left: Int, _ right: Int) {
            one = min(left, right)
            other = max(left, right)
        }

        static func < (lhs: Self, rhs: Self) -> Bool {
            (lhs.one, lhs.other) < (rhs.one, rhs.other)
        }
    }

    let count: Int
    private(set) var reasons: [Pair: [MatchReason]] = [:]
    private var odds: [Pair: Float] = [:]

    init(_ index: IdentityIndex, count: Int) {
        self.count = count
        for one in 0..<count {
            let probe = Probe(row: one, of: index)
            var alignment = Alignment(probe, index)
            for other in (one + 1)..<count {
                let evidence = index.compare(probe, other, &alignment)
                let pair = Pair(one, other)
                odds[pair] = IdentityIndex.Scoring.fitted.rows.logOdds(evidence, among: count)
                let found = MatchReason.conflicts(in: evidence)
                if !found.isEmpty { reasons[pair] = found }
            }
        }
    }

    /// The rows of the smaller of the two parts that conflict least within themselves.
    ///
    /// Of two equal ones that which came in later.
    func parted(_ entries: [LocatorEntry]) -> [Int] {
        let worst = reasons.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
        guard let seeds = worst?.key else { return [] }
        var parts = [[seeds.one], [seeds.other]]
        for row in 0..<count where row != seeds.one && row != seeds.other {
            let clashes = parts.map { part in part.count { reasons[Pair($0, row)] != nil } }
            let fits = parts.map { part in odds[Pair(part[0], row)] ?? 0 }
            let isSecond =
                clashes[0] == clashes[1] ? fits[1] > fits[0] : clashes[1] < clashes[0]
            parts[isSecond ? 1 : 0].append(row)
        }
        guard parts[0].count == parts[1].count else {
            return (parts[0].count < parts[1].count ? parts[0] : parts[1]).sorted()
        }
        let latest = parts.map { $0.map { entries[$0].provenance.receivedOn }.max() }
        let isFirstLater =
            if let first = latest[0], let second = latest[1] { first > second } else { false }
        return (isFirstLater ? parts[0] : parts[1]).sorted()
    }
}

extension MatchReason {
    /// What two entries of one person cannot both say.
    fileprivate static func conflicts(in evidence: Evidence) -> [Self] {
        var reasons: [Self] = []
        if evidence.number == .otherInState { reasons.append(.otherStateStudentID) }
        switch evidence.birthDay {
        case .otherYear, .sameYearAndPart, .sameYear, .near, .different:
            reasons.append(.birthDateDiffers)
        case .missing, .same, .exchanged, .slip, .yearSlip, .firstOfYear: break
        }
        if evidence.given == .conflict {
            reasons.append(.givenNameDiffers)
        } else if evidence.middle == .conflict {
            reasons.append(.secondGivenNameDiffers)
        }
        let isVouched = evidence.number == .same
        return isVouched && reasons.count < 2 ? [] : reasons
    }
}
