/// The locator in memory: entries come and go, a query finds people.
///
/// A value: whoever shares one between tasks guards it.
package struct LocatorIndex: Sendable {
    private var identities = IdentityIndex()
    private var entries = PackedEntries()
    private var slotOfID: [LocatorEntry.ID: UInt32] = [:]
    /// Kept apart, so that nothing a search does can depend on them.
    private var protected: [LocatorEntry.ID: LocatorEntry] = [:]
    /// How many of the entries that a search can find have a person.
    private var withPerson = 0

    package init() {}

    /// Builds an index of many entries at once; of entries with one number the last counts.
    package init(_ entries: some Sequence<LocatorEntry>) {
        for entry in entries { append(entry) }
        freeze()
    }

    /// Adds one of many entries; it can be found after the next `freeze`.
    package mutating func append(_ entry: LocatorEntry) {
        take(entry) { $0.append($1, number: $2) }
    }

    /// Makes what was appended searchable: takes seconds for a million.
    package mutating func freeze() { identities.freeze() }

    /// Entries that a search can find.
    package var count: Int { slotOfID.count }

    /// An entry by its number, protected ones included: for those who maintain it.
    package func entry(_ id: LocatorEntry.ID) -> LocatorEntry? {
        protected[id] ?? slotOfID[id].flatMap { entries.entry($0) }
    }

    /// Adds an entry, or replaces the one with the same number; searchable at once.
    package mutating func insert(_ entry: LocatorEntry) {
        take(entry) { $0.insert($1, number: $2) }
    }

    private mutating func take(
        _ entry: LocatorEntry,
        _ add: (inout IdentityIndex, IdentityText, UInt32) -> Void
    ) {
        withdraw(entry.id)
        guard !entry.isProtected else {
            protected[entry.id] = entry
            return
        }
        if entry.person != nil { withPerson += 1 }
        let slot = entries.insert(entry)
        slotOfID[entry.id] = slot
        add(&identities, IdentityText(entry), slot)
    }

    /// Removes an entry; `false` where there was none.
    @discardableResult
    package mutating func withdraw(_ id: LocatorEntry.ID) -> Bool {
        if protected.removeValue(forKey: id) != nil { return true }
        guard let slot = slotOfID.removeValue(forKey: id) else { return false }
        identities.withdraw(slot)
        if entries.person(slot) != nil { withPerson -= 1 }
        entries.remove(slot)
        return true
    }

    /// The people who may be the one asked for, most likely first; at most `limit`.
    ///
    /// `apart`: people whom somebody held apart. They are never one, and where their entries alone
    /// would make them one, none is more than probable.
    package func search(
        _ query: LocatorQuery,
        limit: Int = 10,
        apart: Set<PersonPair> = []
    ) -> LocatorAnswer {
        let found = found(query, apart)
        let people = found.compactMap { located($0, MatchPolicy.grade(of: $0, among: found)) }
        return LocatorAnswer(people: Array(people.prefix(limit)))
    }

    /// The people who may be the one asked for, each judged as if there were nobody else.
    ///
    /// For those who maintain the entries, never for what is shown: who is beside somebody makes
    /// nobody less protected.
    package func fitting(_ query: LocatorQuery) -> [LocatedPerson] {
        found(query, []).compactMap { located($0, MatchPolicy.gradeAlone(of: $0)) }
    }

    private func found(_ query: LocatorQuery, _ apart: Set<PersonPair>) -> [FoundPerson] {
        let known = known(apart)
        return identities.search(
            IdentityText(query),
            scoring: .fitted,
            known: known
        ) { left, right in
            guard let left = entries.entry(left), let right = entries.entry(right) else {
                return left < right
            }
            return left.id < right.id
        }
    }

    /// The slots of the entries that a question is compared with: for those who measure.
    package func compared(_ query: LocatorQuery) -> [UInt32] {
        LocatorProbe.rows(IdentityText(query), in: identities).flatMap(\.numbers)
    }

    /// `nil` where nobody is known.
    private func known(_ apart: Set<PersonPair>) -> KnownPeople? {
        guard withPerson > 0 else { return nil }
        var others: [PersonID: Set<PersonID>] = [:]
        for pair in apart {
            others[pair.first, default: []].insert(pair.second)
            others[pair.second, default: []].insert(pair.first)
        }
        return KnownPeople(person: { [entries] in entries.person($0) }, apart: others)
    }

    private func located(_ found: FoundPerson, _ grade: MatchGrade?) -> LocatedPerson? {
        guard let grade else { return nil }
        let person = found.rows.first.flatMap { entries.person($0.number) }
        let matches = found.rows.compactMap { row -> LocatorMatch? in
            guard let entry = entries.entry(row.number) else { return nil }
            // A variant is named because it is theirs, as one would be that was not found; a birth
            // date that nobody knows was never compared.
            let isTheirs = person != nil && entry.person == person && entry.birthDate != nil
            let ceiling = MatchPolicy.ceiling(of: isTheirs ? found.evidence : row.evidence)
            return LocatorMatch(
                entry: entry,
                grade: min(grade, ceiling),
                reasons: MatchReason.reasons(of: row.evidence)
            )
        }
        let recent = matches.sorted { $0.entry.recency > $1.entry.recency }
        guard let best = matches.first, let latest = recent.first else { return nil }
        return LocatedPerson(
            name: latest.entry.name,
            birthDate: latest.entry.birthDate ?? recent.lazy.compactMap(\.entry.birthDate).first,
            grade: grade,
            reasons: best.reasons,
            matches: recent,
            likelihood: found.likelihood
        )
    }
}
