package import Vocabulary

extension LocatorAnswer {
    /// The answer once the family's card named a person; `nil` where card and student do not
    /// belong together.
    ///
    /// A number alone proves nothing: a card can be lost, or a brother's. It decides for the person
    /// whom the name leads to as well, where nobody is nearer; where the name leads to nobody, the
    /// birth date must be theirs, and they are possible at most: no school is named for a card that
    /// was found and a date that was guessed.
    ///
    /// `entries`: those of the card's person that may be seen.
    package func heeding(
        cardOf person: PersonID,
        _ entries: [LocatorEntry],
        born birthDate: CivilDate?
    ) -> Self? {
        let isTheirs = { (found: LocatedPerson) in
            found.matches.contains { $0.entry.person == person }
        }
        let others = people.filter { !isTheirs($0) }
        if let found = people.first(where: isTheirs) {
            guard others.allSatisfy({ $0.grade <= found.grade }) else { return nil }
            return Self(people: [found.named(as: .certain)] + others).heedingStandings
        }
        let latest = entries.sorted { $0.recency > $1.recency }
        guard let first = latest.first, let birthDate,
            latest.contains(where: { $0.birthDate == birthDate }),
            others.allSatisfy({ $0.grade < .certain })
        else { return nil }
        let matches = latest.map {
            LocatorMatch(entry: $0, grade: .possible, reasons: [.sameBirthDate])
        }
        let found = LocatedPerson(
            name: first.name,
            birthDate: birthDate,
            grade: .possible,
            reasons: [.sameBirthDate],
            matches: matches,
            likelihood: 0.5
        )
        let nearer = others.filter { $0.grade > .possible }
        let rest = others.filter { $0.grade <= .possible }
        return Self(people: nearer + [found.named(as: .possible)] + rest).heedingStandings
    }
}

extension LocatedPerson {
    fileprivate func named(as grade: MatchGrade) -> Self {
        Self(
            name: name,
            birthDate: birthDate,
            grade: grade,
            reasons: [.sameRecordNumber] + reasons,
            matches: matches.map {
                LocatorMatch(entry: $0.entry, grade: grade, reasons: $0.reasons)
            },
            likelihood: likelihood
        )
    }
}
