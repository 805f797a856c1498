import Vocabulary

/// A row that may be the one asked for.
struct FoundRow: Sendable {
    let row: Int
    let number: UInt32
    let evidence: Evidence
    /// The logarithm of the odds, by the weights for single rows.
    let odds: Float
}

/// A person whose rows may be the one asked for.
package struct FoundPerson: Sendable {
    /// Likeliest first.
    let rows: [FoundRow]
    /// What speaks for and against, of all the rows together.
    let evidence: Evidence
    /// How likely this is the person asked for, from 0 to 1; those of all people together with
    /// that of nobody make one.
    package internal(set) var likelihood: Double
    let odds: Float
    /// Another one found would be the same person, had nobody said that they are two.
    var isParted = false

    /// The callers' numbers of the person's rows, the likeliest first.
    package var numbers: [UInt32] { rows.map(\.number) }

    /// How likely this would be the one asked for if there were nobody else.
    var likelihoodAlone: Double {
        let power = Logarithm.power(Double(min(odds, 60)))
        return power / (1 + power)
    }
}

extension IdentityIndex {
    /// How a search is carried out; fitted, so that tests and fits can put in others.
    package struct Scoring: Sendable {
        /// Of single rows: which are looked at, and which are one person's.
        package let rows: EvidenceWeights
        /// Of people, over all their rows together.
        package let people: EvidenceWeights

        package init(rows: EvidenceWeights, people: EvidenceWeights) {
            self.rows = rows
            self.people = people
        }
    }

    private enum Limit {
        /// Rows less likely than this are not looked at again.
        static let odds: Float = -8
        /// The most rows that are put together to people: a query that vague needs more words.
        static let rows = 40
        /// From these odds on two rows are one person's.
        static let link: Float = 1.5
        /// The most rows of a person that another is compared with.
        static let compared = 4
    }

    /// The people who may be the one asked for, the likeliest first.
    ///
    /// `known`: what is known of whose rows are whose; `precedes` decides between rows that fit
    /// equally well.
    package func search(
        _ text: IdentityText,
        scoring: Scoring,
        known: KnownPeople? = nil,
        precedes: (UInt32, UInt32) -> Bool = { $0 < $1 }
    ) -> [FoundPerson] {
        let probe = Probe(text, in: self)
        return people(found(probe, scoring, precedes), scoring, known)
    }

    func found(
        _ probe: Probe,
        _ scoring: Scoring,
        _ precedes: (UInt32, UInt32) -> Bool
    ) -> [FoundRow] {
        var rows: [FoundRow] = []
        let candidates = candidates(probe)
        var alignment = Alignment(probe, self, rows: candidates.count)
        for row in candidates {
            guard let evidence = compareIfNear(probe, row, &alignment) else { continue }
            let odds = scoring.rows.logOdds(evidence, among: count)
            guard odds >= Limit.odds else { continue }
            rows.append(
                FoundRow(row: row, number: columns.numbers[row], evidence: evidence, odds: odds)
            )
        }
        rows.sort { left, right in
            left.odds != right.odds
                ? left.odds > right.odds : precedes(left.number, right.number)
        }
        if rows.count > Limit.rows { rows.removeLast(rows.count - Limit.rows) }
        return rows
    }

    /// Puts rows that are one person's together, and says how likely each person is.
    func people(
        _ rows: [FoundRow],
        _ scoring: Scoring,
        _ known: KnownPeople? = nil
    ) -> [FoundPerson] {
        var people = groups(rows, scoring, known).map { part in
            let group = part.rows
            var evidence = group.dropFirst().reduce(group[0].evidence) { $0.united($1.evidence) }
            evidence.conclude(witnesses: differentRows(group))
            return FoundPerson(
                rows: group,
                evidence: evidence,
                likelihood: 0,
                odds: scoring.people.logOdds(evidence, among: count),
                isParted: part.isParted
            )
        }
        // Stable, so that equals stay in the order of their rows.
        people = people.enumerated()
            .sorted { ($1.element.odds, $0.offset) < ($0.element.odds, $1.offset) }
            .map(\.element)
        let powers = people.map { Logarithm.power(Double(min($0.odds, 60))) }
        let all = powers.reduce(1, +)
        for index in people.indices { people[index].likelihood = powers[index] / all }
        return people
    }

    /// Rows that are one person's.
    private struct Group {
        var rows: [FoundRow]
        var probes: [Probe]
        /// Whose the rows are, as far as that is known.
        var people: Set<PersonID> = []
        var isParted = false
    }

    /// A row joins a person where it agrees with one of the rows and conflicts with none.
    ///
    /// A bare "José" must not bind José Luis and José Antonio together, and whom people hold apart
    /// nothing binds, however alike they are written. Rows of one known person are together: the
    /// evidence is that of all the variants.
    private func groups(
        _ rows: [FoundRow],
        _ scoring: Scoring,
        _ known: KnownPeople?
    ) -> [Group] {
        var groups: [Group] = []
        for row in rows {
            let person = known?.person(row.number)
            let apart: Set<PersonID> = person.flatMap { known?.apart[$0] } ?? []
            var isParted = false
            if !apart.isEmpty {
                for index in groups.indices
                where !apart.isDisjoint(with: groups[index].people)
                    && isOne(row, groups[index].rows, groups[index].probes, scoring)
                {
                    groups[index].isParted = true
                    isParted = true
                }
            }
            // Whose a row is was decided before: by the locator where it was certain, or by people.
            let own = person.flatMap { person in
                groups.firstIndex { $0.people.contains(person) }
            }
            let home =
                own
                ?? groups.firstIndex { group in
                    apart.isDisjoint(with: group.people)
                        && isOne(row, group.rows, group.probes, scoring)
                }
            if let home {
                groups[home].rows.append(row)
                let isNew = !groups[home].rows.dropLast().contains {
                    isWrittenAlike($0.row, row.row)
                }
                if isNew, groups[home].probes.count < Limit.compared {
                    groups[home].probes.append(Probe(row: row.row, of: self))
                }
            } else {
                groups.append(Group(rows: [row], probes: [Probe(row: row.row, of: self)]))
            }
            let place = home ?? groups.count - 1
            if let person { groups[place].people.insert(person) }
            if isParted { groups[place].isParted = true }
        }
        return groups
    }

    private func isOne(
        _ row: FoundRow,
        _ group: [FoundRow],
        _ probes: [Probe],
        _ scoring: Scoring
    ) -> Bool {
        if group.contains(where: { isWrittenAlike($0.row, row.row) }) { return true }
        var agrees = false
        for probe in probes {
            var alignment = Alignment(probe, self)
            let evidence = compare(probe, row.row, &alignment)
            if evidence.number == .same {
                agrees = true
                continue
            }
            guard evidence.given != .conflict, evidence.middle != .conflict,
                // However rare the name, the other would be named to whoever asks for the one.
                !MatchPolicy.isOfOtherFamily(evidence)
            else { return false }
            if scoring.rows.logOdds(evidence, among: count) >= Limit.link { agrees = true }
        }
        return agrees
    }

    private func differentRows(_ group: [FoundRow]) -> Int {
        var different = 0
        for (place, row) in group.enumerated() where different < Evidence.Aspect.mostWitnesses {
            if !group[..<place].contains(where: { isWrittenAlike($0.row, row.row) }) {
                different += 1
            }
        }
        return different
    }

    private func isWrittenAlike(_ left: Int, _ right: Int) -> Bool {
        columns.born[left] == columns.born[right]
            && columns.stateNumbers[left] == columns.stateNumbers[right]
            && columns.words[columns.wordRange(left)]
                .elementsEqual(columns.words[columns.wordRange(right)])
    }
}

extension Evidence {
    /// The evidence of two rows of one person: of each aspect the better.
    func united(_ other: Self) -> Self {
        var result = self
        for aspect in Aspect.allCases {
            let order = Self.orders[aspect.rawValue]
            if order[Int(other[aspect])] < order[Int(self[aspect])] {
                result[aspect] = other[aspect]
            }
        }
        result.rarity = min(rarity, other.rarity)
        return result
    }

    // The place of each level from best to worst; knowing nothing comes last.
    private static let orders: [[UInt8]] = Aspect.allCases.map { aspect in
        let best: [UInt8] =
            switch aspect {
            case .birthDay: [1, 2, 3, 4, 5, 6, 7, 9, 8, 10]
            case .given: [1, 2, 3, 4, 6, 5, 9, 7, 11, 8, 10]
            case .middle: [1, 2, 3, 4, 5]
            case .surnames: [1, 3, 2, 12, 9, 8, 6, 4, 5, 7, 10, 11]
            case .kin: [1, 2]
            case .parents: [2, 1, 3, 4, 5]
            case .parentSurnames: [1, 2, 3]
            case .number: [1, 2, 3, 4]
            case .gender: [1, 2]
            case .generation: [1, 2, 3]
            case .place: [1, 2, 4, 3, 5, 6]
            // Judged again when all is united.
            case .household, .witnesses: []
            }
        var order = [UInt8](repeating: UInt8.max, count: aspect.levels)
        for (place, level) in best.enumerated() { order[Int(level)] = UInt8(place) }
        return order
    }
}
