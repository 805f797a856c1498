package import RecordLocator
import Vocabulary

/// The student record locator's index in memory, kept equal to the rows of the store.
///
/// It follows the log of changes: before every answer and, where it is told to, in between. So
/// what any process committed is found at once, and nothing that was committed can be lost by a
/// crash before it reached the index.
package actor LivingLocator: RecordFinder {
    private let store: any CaseStore
    private var index = LocatorIndex()
    /// Protected entries, searchable by those who put entries on file and nobody else.
    private var guarded = LocatorIndex()
    /// The searchable entries of each person.
    private var entriesOf: [PersonID: Set<LocatorEntry.ID>] = [:]
    /// The last change that is in the index.
    private var position: Int64 = 0

    /// Changes read in one step.
    private static let step = 5_000
    /// More changes than these are not awaited by a question: a feed is coming in, and `follow`
    /// takes it up beside the questions.
    private static let mostAwaited: Int64 = 5_000

    package init(over store: any CaseStore) {
        self.store = store
    }

    /// Entries that a search can find.
    package var count: Int { index.count }

    /// Reads every entry on file into the index.
    ///
    /// `progress` is told the entries read and those in all, every `interval` entries.
    package func load(
        every interval: Int = 100_000,
        progress: @escaping @Sendable (_ read: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws {
        let (loaded, position) = try await store.read { session in
            let all = try session.locatorEntryCount()
            var read = 0
            var entriesOf: [PersonID: Set<LocatorEntry.ID>] = [:]
            var hidden: [LocatorEntry] = []
            // Never all of them beside the index: that would be its memory once more.
            let index = try LocatorIndex(reading: { take in
                try session.forEachLocatorEntry { entry in
                    take(entry)
                    if entry.isProtected {
                        hidden.append(entry)
                    } else if let person = entry.person {
                        entriesOf[person, default: []].insert(entry.id)
                    }
                    read += 1
                    if read.isMultiple(of: interval) { progress(read, all) }
                }
            })
            return (
                (index: index, hidden: hidden, entriesOf: entriesOf),
                try session.lastLocatorChange()
            )
        }
        index = loaded.index
        guarded = LocatorIndex()
        for entry in loaded.hidden { protect(entry) }
        entriesOf = loaded.entriesOf
        self.position = position
    }

    /// Takes up what was committed since; one step at a time, so that questions go in between.
    ///
    /// - Returns: the number of changes taken up.
    @discardableResult
    package func follow() async throws -> Int {
        var count = 0
        while true {
            let taken = try await takeStep()
            count += taken
            if taken < Self.step { return count }
        }
    }

    package func takeUp() async throws -> Int64 {
        try await follow()
        return position
    }

    package func find(_ query: LocatorQuery) async -> LocatorAnswer {
        await beCurrent()
        var answer = index.search(query)
        // Whom somebody held apart is one found person only where the entries of several are.
        if answer.people.contains(where: { $0.people.count > 1 }) {
            let apart = await heldApart(Set(answer.people.flatMap(\.people)))
            if !apart.isEmpty { answer = index.search(query, apart: apart) }
        }
        return answer.gathered(entries(of:)).heedingStandings
    }

    /// Who of these people was held apart from whom; everybody, where the store cannot say it.
    private func heldApart(_ people: Set<PersonID>) async -> Set<PersonPair> {
        do {
            return try await store.read { try $0.heldApart(people) }
        } catch {
            let all = people.sorted()
            return Set(
                all.indices.flatMap { place in
                    all[..<place].map { PersonPair($0, all[place]) }
                }
            )
        }
    }

    package func areGuarded(_ queries: [LocatorQuery]) async -> [Bool] {
        await beCurrent()
        guard guarded.count > 0 else { return queries.map { _ in false } }
        return queries.map { query in
            guarded.search(query, limit: 1).people.contains { person in
                // Without a birth date nothing tells a namesake apart: better hidden than found.
                person.grade >= .probable || query.birthDate == nil
            }
        }
    }

    package func guards(of entries: [LocatorEntry]) async -> [[LocatorEntry]?] {
        await beCurrent()
        return entries.map { entry in
            guard let known = index.entry(entry.id), known.isProtected else { return nil }
            // Its own row fits it best, and nobody near would be seen beside it.
            guarded.withdraw(entry.id)
            defer { protect(known) }
            let people = guarded.search(LocatorQuery(entry)).people.filter { person in
                person.grade >= .probable || entry.birthDate == nil
            }
            return people.flatMap(\.matches).compactMap { index.entry($0.entry.id) }
        }
    }

    package func hidden(_ query: LocatorQuery) async -> [LocatorMatch] {
        await beCurrent()
        return guarded.search(query).people.flatMap(\.matches)
    }

    /// An entry by its number, protected ones included: for those who maintain it.
    package func entry(_ id: LocatorEntry.ID) -> LocatorEntry? { index.entry(id) }

    private func beCurrent() async {
        do {
            let last = try await store.read { try $0.lastLocatorChange() }
            guard last > position, last - position <= Self.mostAwaited else { return }
            try await follow()
        } catch {
            // A store that cannot be read now fails where the question is put on file; the index
            // as it is answers no worse than a second ago.
        }
    }

    private func takeStep() async throws -> Int {
        let after = position
        let changes = try await store.read { session in
            try session.locatorChanges(after: after, limit: Self.step)
        }
        // While this waited another call may have taken up the same changes and later ones; what
        // was read earlier must not go over them.
        for change in changes where change.sequence > position {
            take(change)
            position = change.sequence
        }
        return changes.count
    }

    private func take(_ change: LocatorChange) {
        guarded.withdraw(change.id)
        if let old = index.entry(change.id), let person = old.person {
            entriesOf[person]?.remove(old.id)
            if entriesOf[person]?.isEmpty == true { entriesOf[person] = nil }
        }
        guard let entry = change.entry else {
            index.withdraw(change.id)
            return
        }
        index.insert(entry)
        attribute(entry)
        if entry.isProtected { protect(entry) }
    }

    private func attribute(_ entry: LocatorEntry) {
        guard let person = entry.person, !entry.isProtected else { return }
        entriesOf[person, default: []].insert(entry.id)
    }

    private func entries(of person: PersonID) -> [LocatorEntry] {
        // In an order of their own: an answer must not tell how the index came to be.
        (entriesOf[person] ?? []).sorted().compactMap { index.entry($0) }
            .filter { !$0.isProtected }
    }

    private func protect(_ entry: LocatorEntry) {
        var open = entry
        open.isProtected = false
        guarded.insert(open)
    }
}
