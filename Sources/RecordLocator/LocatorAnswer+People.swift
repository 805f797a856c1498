extension LocatorAnswer {
    /// The answer with every entry of the people it found, one person each.
    ///
    /// `entries`: those of a person that may be seen. A person is as sure as the best of their
    /// entries; those that the search itself did not find are named because they are theirs.
    package func gathered(_ entries: (PersonID) -> [LocatorEntry]) -> Self {
        var gathered: [LocatedPerson] = []
        for person in people {
            let known = Set(person.matches.compactMap(\.entry.person))
            // Where the search put entries of several people together, nothing is added.
            guard known.count == 1, let id = known.first else {
                gathered.append(person)
                continue
            }
            let earlier = gathered.firstIndex { other in
                other.matches.contains { $0.entry.person == id }
            }
            if let earlier {
                gathered[earlier] = gathered[earlier].adding(person.matches)
            } else {
                let found = Set(person.matches.map(\.entry.id))
                let more = entries(id).filter { !found.contains($0.id) }
                gathered.append(
                    person.adding(
                        more.map { entry in
                            LocatorMatch(
                                entry: entry,
                                // A birth date that nobody knows was never compared.
                                grade: entry.birthDate == nil
                                    ? min(person.grade, .probable) : person.grade,
                                reasons: person.reasons
                            )
                        }
                    )
                )
            }
        }
        return Self(people: gathered)
    }
}

extension LocatedPerson {
    fileprivate func adding(_ more: [LocatorMatch]) -> Self {
        let found = Set(matches.map(\.entry.id))
        let new = more.filter { !found.contains($0.entry.id) }
        guard !new.isEmpty else { return self }
        let all = (matches + new).sorted { $0.entry.recency > $1.entry.recency }
        return Self(
            name: all[0].entry.name,
            birthDate: all.lazy.compactMap(\.entry.birthDate).first,
            grade: max(grade, all.map(\.grade).max() ?? grade),
            reasons: reasons,
            matches: all,
            likelihood: likelihood
        )
    }
}
