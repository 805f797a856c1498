extension LocatorAnswer {
    /// The answer with nobody certain on hearsay, or on an entry its own school denied.
    package var heedingStandings: Self {
        Self(people: people.map(\.heedingStandings))
    }
}

extension LocatorAnswer {
    /// The answer as whoever asks may have it: without what its own school denied.
    ///
    /// "Never enrolled" is also what a school says that conceals a child: neither is shown, so that
    /// nothing tells the two apart.
    package var withoutDenied: Self {
        Self(people: people.compactMap(\.withoutDenied))
    }
}

extension LocatedPerson {
    fileprivate var withoutDenied: Self? {
        guard matches.contains(where: { $0.entry.standing == .denied }) else { return self }
        let left = matches.filter { $0.entry.standing != .denied }
        guard let latest = left.first, let grade = left.map(\.grade).max(),
            let best = left.first(where: { $0.grade == grade })
        else { return nil }
        return Self(
            name: latest.entry.name,
            birthDate: left.lazy.compactMap(\.entry.birthDate).first,
            grade: grade,
            reasons: best.reasons,
            matches: left,
            likelihood: likelihood
        )
    }

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
