import Casework
import RecordLocator

/// The student record locator's index, in memory, over the rows of the store.
actor LocatorRoom: RecordFinder {
    private var index = LocatorIndex()

    /// Reads every entry on file into the index.
    func load(from store: any CaseStore) async throws {
        let entries = try await store.read { session in
            var entries: [LocatorEntry] = []
            entries.reserveCapacity(try session.locatorEntryCount())
            try session.forEachLocatorEntry { entries.append($0) }
            return entries
        }
        index = LocatorIndex(entries)
    }

    func find(_ query: LocatorQuery) -> LocatorAnswer { index.search(query) }

    func add(_ entries: [LocatorEntry]) {
        for entry in entries { index.insert(entry) }
    }
}
