/// An entry that fits, on its way to being grouped with others of the same person.
struct MatchCandidate: Sendable {
    let match: LocatorMatch
    let identity: Identity
    let likelihood: Double
    let bits: Double

    /// More entries than these are not grouped: a query that vague needs more words.
    private static let mostGrouped = 60

    /// Groups entries into people, decides who is certain, and puts the likeliest first.
    static func people(
        from candidates: [Self],
        limit: Int,
        compare: (Identity, Identity) -> (IdentityComparison, likelihood: Double)
    ) -> LocatorAnswer {
        let best = candidates.sorted(by: comesBefore).prefix(mostGrouped)
        var groups: [[Self]] = []
        for candidate in best {
            let home = groups.firstIndex { group in
                isOnePerson(candidate, group, compare: compare)
            }
            if let home { groups[home].append(candidate) } else { groups.append([candidate]) }
        }
        let likelihoods = groups.map { $0.map(\.likelihood).max() ?? 0 }
        let people = groups.enumerated().prefix(limit).map { index, group in
            // Of two people this near to each other a person must choose.
            let hasRival = likelihoods.enumerated().contains { other, likelihood in
                other != index && likelihood >= MatchPolicy.rival
            }
            return person(group, mayBeCertain: !hasRival)
        }
        return LocatorAnswer(people: Array(people))
    }

    /// An entry joins a person where it agrees with one of the entries and conflicts with none:
    /// a bare "José" must not bind José Luis and José Antonio together.
    private static func isOnePerson(
        _ candidate: Self,
        _ group: [Self],
        compare: (Identity, Identity) -> (IdentityComparison, likelihood: Double)
    ) -> Bool {
        var agrees = false
        for member in group {
            let (comparison, likelihood) = compare(candidate.identity, member.identity)
            if !comparison.idIsSame {
                guard comparison.given != .differ, !comparison.secondGivenNameDiffers else {
                    return false
                }
            }
            if likelihood >= MatchPolicy.probable { agrees = true }
        }
        return agrees
    }

    private static func person(_ group: [Self], mayBeCertain: Bool) -> LocatedPerson {
        let matches = group.map { candidate in
            LocatorMatch(
                entry: candidate.match.entry,
                grade: mayBeCertain
                    ? candidate.match.grade : min(candidate.match.grade, .probable),
                reasons: candidate.match.reasons
            )
        }
        .sorted { $0.entry.recency > $1.entry.recency }
        // `group` is sorted, and never empty: its first is the best.
        let best = group[0]
        let latest = matches[0].entry
        return LocatedPerson(
            name: latest.name,
            birthDate: latest.birthDate,
            grade: matches.map(\.grade).max() ?? .possible,
            reasons: best.match.reasons,
            matches: matches,
            likelihood: best.likelihood
        )
    }

    private static func comesBefore(_ left: Self, _ right: Self) -> Bool {
        // The number decides between equals, so that the same question has the same answer.
        (left.bits, right.match.entry.id) > (right.bits, left.match.entry.id)
    }
}
