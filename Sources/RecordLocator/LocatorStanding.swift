extension LocatorAnswer {
    /// The answer with nobody certain on hearsay, or on an entry its own school denied.
    package var heedingStandings: Self {
        Self(people: people.map(\.heedingStandings))
    }
}

extension LocatedPerson {
    fileprivate var heedingStandings: Self {
        guard matches.contains(where: { $0.entry.standing != .onFile }) else { return self }
        let heeded = matches.map { match in
            LocatorMatch(
                entry: match.entry,
                grade: match.entry.standing == .onFile ? match.grade : min(match.grade, .probable),
                reasons: match.reasons
            )
        }
        return Self(
            name: name,
            birthDate: birthDate,
            grade: heeded.map(\.grade).max() ?? grade,
            reasons: reasons,
            matches: heeded,
            likelihood: likelihood
        )
    }
}
