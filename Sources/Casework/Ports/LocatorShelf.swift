package import RecordLocator
import Vocabulary

/// Locator entries as rows, with a log of their changes; the index over them lives in memory.
///
/// Every change writes its line of the log in the same transaction, so that whoever follows the
/// log, in this process or another, sees what was committed and nothing else.
package protocol LocatorShelf {
    /// Inserts or replaces; what feed an entry came from stays as it was.
    func save(_ entries: [LocatorEntry]) throws
    /// Inserts or replaces entries of a feed.
    func save(_ rows: [FeedEntry]) throws
    /// Changes nothing where there is no such entry.
    func withdrawEntry(_ id: LocatorEntry.ID) throws
    func locatorEntry(_ id: LocatorEntry.ID) throws -> LocatorEntry?
    func locatorEntryCount() throws -> Int
    /// Calls `body` with each entry, in batches, for loading the index.
    func forEachLocatorEntry(_ body: (LocatorEntry) throws -> Void) throws
    /// The number of the last change; 0 where there was none.
    func lastLocatorChange() throws -> Int64
    /// Changes after `sequence` in their order, each with the entry as it is now.
    func locatorChanges(after sequence: Int64, limit: Int) throws -> [LocatorChange]
    /// Calls `body` with number and digest of each entry that a source system reported.
    func forEachEntry(
        of source: SourceSystem.ID,
        _ body: (LocatorEntry.ID, Int64) throws -> Void
    ) throws
}

/// One line of the log of changes.
package struct LocatorChange: Hashable, Sendable {
    /// Counts upward in the order of commits.
    package let sequence: Int64
    package let id: LocatorEntry.ID
    /// As it is now, which may be after later changes; `nil` where it was withdrawn.
    package let entry: LocatorEntry?

    package init(sequence: Int64, id: LocatorEntry.ID, entry: LocatorEntry?) {
        self.sequence = sequence
        self.id = id
        self.entry = entry
    }
}

/// An entry as a source system reported it.
package struct FeedEntry: Hashable, Sendable {
    package let entry: LocatorEntry
    package let source: SourceSystem.ID
    /// Of the row's content as read: an equal one means that nothing changed.
    package let digest: Int64
    /// The upload that brought it.
    package let upload: FeedUpload.ID

    package init(
        entry: LocatorEntry,
        source: SourceSystem.ID,
        digest: Int64,
        upload: FeedUpload.ID
    ) {
        self.entry = entry
        self.source = source
        self.digest = digest
        self.upload = upload
    }
}
