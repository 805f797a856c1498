/// The locator in memory: entries come and go, a query finds people.
///
/// A value: whoever shares one between tasks guards it.
package struct LocatorIndex: Sendable {
    private struct Slot: Sendable {
        let entry: LocatorEntry
        let identity: Identity
    }

    private var slots: [Slot?] = []
    private var freeSlots: [Int32] = []
    private var slotOfID: [LocatorEntry.ID: Int32] = [:]
    private var slotsOfKey: [UInt64: [Int32]] = [:]
    private var frequencies = WordFrequencies()
    /// Kept apart, so that nothing a search does can depend on them.
    private var protected: [LocatorEntry.ID: LocatorEntry] = [:]

    package init() {}

    package init(_ entries: some Sequence<LocatorEntry>) {
        for entry in entries { insert(entry) }
    }

    /// Entries that a search can find.
    package var count: Int { slotOfID.count }

    /// An entry by its number, protected ones included: for those who maintain it.
    package func entry(_ id: LocatorEntry.ID) -> LocatorEntry? {
        protected[id] ?? slotOfID[id].flatMap { slots[Int($0)]?.entry }
    }

    /// Adds an entry, or replaces the one with the same number; searchable at once.
    package mutating func insert(_ entry: LocatorEntry) {
        withdraw(entry.id)
        guard !entry.isProtected else {
            protected[entry.id] = entry
            return
        }
        let identity = Identity(
            name: entry.name,
            birthDate: entry.birthDate,
            stateStudentID: entry.stateStudentID
        )
        let slot: Int32
        if let free = freeSlots.popLast() {
            slot = free
            slots[Int(free)] = Slot(entry: entry, identity: identity)
        } else {
            slot = Int32(slots.count)
            slots.append(Slot(entry: entry, identity: identity))
        }
        slotOfID[entry.id] = slot
        for key in BlockingKeys.filed(identity) { slotsOfKey[key, default: []].append(slot) }
        frequencies.add(identity)
    }

    /// Removes an entry; `false` where there was none.
    @discardableResult
    package mutating func withdraw(_ id: LocatorEntry.ID) -> Bool {
        if protected.removeValue(forKey: id) != nil { return true }
        guard let number = slotOfID.removeValue(forKey: id), let slot = slots[Int(number)] else {
            return false
        }
        for key in BlockingKeys.filed(slot.identity) {
            slotsOfKey[key]?.removeAll { $0 == number }
            if slotsOfKey[key]?.isEmpty == true { slotsOfKey[key] = nil }
        }
        frequencies.remove(slot.identity)
        slots[Int(number)] = nil
        freeSlots.append(number)
        return true
    }

    /// The people who may be the one asked for, most likely first; at most `limit`.
    package func search(_ query: LocatorQuery, limit: Int = 10) -> LocatorAnswer {
        let asked = Identity(
            name: query.name,
            birthDate: query.birthDate,
            stateStudentID: query.stateStudentID
        )
        var seen: Set<Int32> = []
        var candidates: [MatchCandidate] = []
        for key in BlockingKeys.asked(asked) {
            for number in slotsOfKey[key] ?? [] where seen.insert(number).inserted {
                guard let slot = slots[Int(number)] else { continue }
                let comparison = IdentityComparison(
                    asked,
                    slot.identity,
                    frequencies: frequencies
                )
                let likelihood = MatchPolicy.likelihood(of: comparison, among: count)
                guard let grade = MatchPolicy.grade(of: comparison, likelihood: likelihood) else {
                    continue
                }
                candidates.append(
                    MatchCandidate(
                        match: LocatorMatch(
                            entry: slot.entry,
                            grade: grade,
                            reasons: comparison.reasons
                        ),
                        identity: slot.identity,
                        likelihood: likelihood,
                        bits: comparison.bits
                    )
                )
            }
        }
        return MatchCandidate.people(from: candidates, limit: limit) { first, second in
            let comparison = IdentityComparison(first, second, frequencies: frequencies)
            return (comparison, MatchPolicy.likelihood(of: comparison, among: count))
        }
    }
}
