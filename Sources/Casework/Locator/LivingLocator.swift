package import RecordLocator
import Vocabulary

/// The student record locator's index in memory, kept equal to the rows of the store.
///
/// It follows the log of changes: before every answer and, where it is told to, in between. So
/// what any process committed is found at once, and nothing that was committed can be lost by a
/// crash before it reached the index.
package actor LivingLocator: RecordFinder {
    private let store: any CaseStore
    private var index = LivingIndex()
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
    package var count: Int { index.shown.count }

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
            // Never all entries beside the index: that would be its memory once more.
            var index = LivingIndex()
            try session.forEachLocatorEntry { entry in
                index.append(entry)
                read += 1
                if read.isMultiple(of: interval) { progress(read, all) }
            }
            index.freeze()
            return (index, try session.lastLocatorChange())
        }
        index = loaded
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
        var answer = index.shown.search(query)
        // Whom somebody held apart is one found person only where the entries of several are.
        if answer.people.contains(where: { $0.people.count > 1 }) {
            let apart = await heldApart(Set(answer.people.flatMap(\.people)))
            if !apart.isEmpty { answer = index.shown.search(query, apart: apart) }
        }
        return answer.gathered(index.entries(of:)).heedingStandings
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
        return queries.map { index.isGuarded($0) }
    }

    package func guards(of entries: [LocatorEntry]) async -> [[LocatorEntry]?] {
        await beCurrent()
        return entries.map { index.guards(of: $0) }
    }

    package func hanging(on query: LocatorQuery) async -> [LocatorEntry] {
        await beCurrent()
        return index.hanging(on: query)
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
            index.take(change.id, change.entry)
            position = change.sequence
        }
        return changes.count
    }
}
