import Casework
import RecordLocator
import Vocabulary

extension MemoryCaseSession {
    func save(_ entries: [LocatorEntry]) throws {
        try change { state in
            for entry in entries {
                try requirePerson(of: entry, in: state)
                state.locatorEntries[entry.id] = entry
                state.locatorChanges.append(entry.id)
            }
        }
    }

    func save(_ rows: [FeedEntry]) throws {
        try change { state in
            for row in rows {
                try require(state.sourceSystems[row.source] != nil, "an entry needs its system")
                try requirePerson(of: row.entry, in: state)
                state.locatorEntries[row.entry.id] = row.entry
                state.feedRows[row.entry.id] = row
                state.locatorChanges.append(row.entry.id)
            }
        }
    }

    private func requirePerson(of entry: LocatorEntry, in state: MemoryState) throws {
        guard let person = entry.person else { return }
        try require(state.people[person] != nil, "an entry's person is there")
    }

    func withdrawEntry(_ id: LocatorEntry.ID) throws {
        try change { state in
            guard state.locatorEntries.removeValue(forKey: id) != nil else { return }
            state.feedRows[id] = nil
            state.locatorChanges.append(id)
        }
    }

    func locatorEntry(_ id: LocatorEntry.ID) throws -> LocatorEntry? { state.locatorEntries[id] }
    func locatorEntryCount() throws -> Int { state.locatorEntries.count }

    func forEachLocatorEntry(_ body: (LocatorEntry) throws -> Void) throws {
        for entry in state.locatorEntries.values { try body(entry) }
    }

    func lastLocatorChange() throws -> Int64 { Int64(state.locatorChanges.count) }

    func locatorChanges(after sequence: Int64, limit: Int) throws -> [LocatorChange] {
        state.locatorChanges.enumerated().dropFirst(Int(sequence)).prefix(limit).map { index, id in
            LocatorChange(sequence: Int64(index + 1), id: id, entry: state.locatorEntries[id])
        }
    }

    func forEachEntry(
        of source: SourceSystem.ID,
        _ body: (LocatorEntry.ID, Int64) throws -> Void
    ) throws {
        for row in state.feedRows.values where row.source == source {
            try body(row.entry.id, row.digest)
        }
    }

    func sourceSystem(_ id: SourceSystem.ID) throws -> SourceSystem? { state.sourceSystems[id] }

    func sourceSystem(named name: String) throws -> SourceSystem? {
        state.sourceSystems.values.first { $0.name == name }
    }

    func allSourceSystems() throws -> [SourceSystem] {
        state.sourceSystems.values.sorted { $0.name < $1.name }
    }

    func save(_ system: SourceSystem) throws {
        try change { state in
            let isTaken = state.sourceSystems.values.contains { other in
                other.id != system.id && other.name == system.name
            }
            try refuse(isTaken, "source system name")
            state.sourceSystems[system.id] = system
        }
    }

    func upload(_ id: FeedUpload.ID) throws -> FeedUpload? { state.feedUploads[id] }

    func uploads(of source: SourceSystem.ID, limit: Int) throws -> [FeedUpload] {
        let found = state.feedUploads.values.filter { $0.source == source }
        return Array(
            found.sorted { ($0.startedAt, $0.id) > ($1.startedAt, $1.id) }.prefix(limit)
        )
    }

    func save(_ upload: FeedUpload) throws {
        try change { state in
            try require(state.sourceSystems[upload.source] != nil, "an upload needs its system")
            state.feedUploads[upload.id] = upload
        }
    }

    func feedDrop(_ id: FeedDrop.ID) throws -> FeedDrop? { state.feedDrops[id] }

    func feedDrop(marked mark: String) throws -> FeedDrop? {
        state.feedDrops.values.first { $0.mark == mark }
    }

    func dueFeedDrops(limit: Int) throws -> [FeedDrop] {
        let due = state.feedDrops.values.filter(\.isDue)
        return Array(
            due.sorted { ($0.receivedAt, $0.id) < ($1.receivedAt, $1.id) }.prefix(limit)
        )
    }

    func openFeedDrops(of source: SourceSystem.ID) throws -> [FeedDrop] {
        state.feedDrops.values.filter { $0.source == source && !$0.status.isFinal }
            .sorted { ($0.receivedAt, $0.id) < ($1.receivedAt, $1.id) }
    }

    func feedDrops(of source: SourceSystem.ID, limit: Int) throws -> [FeedDrop] {
        let found = state.feedDrops.values.filter { $0.source == source }
        return Array(
            found.sorted { ($0.receivedAt, $0.id) > ($1.receivedAt, $1.id) }.prefix(limit)
        )
    }

    func save(_ drop: FeedDrop) throws {
        try change { state in
            try require(state.sourceSystems[drop.source] != nil, "a feed drop needs its system")
            let isTaken = state.feedDrops.values.contains { other in
                other.id != drop.id && other.mark == drop.mark
            }
            try refuse(isTaken, "feed drop mark")
            state.feedDrops[drop.id] = drop
        }
    }
}
