import Vocabulary

/// Source systems and the files they sent; encrypted by whoever implements this.
package protocol FeedShelf {
    func sourceSystem(_ id: SourceSystem.ID) throws -> SourceSystem?
    func sourceSystem(named name: String) throws -> SourceSystem?
    /// By name.
    func allSourceSystems() throws -> [SourceSystem]
    /// Throws `StoreConflict` where another one has the name.
    func save(_ system: SourceSystem) throws
    func upload(_ id: FeedUpload.ID) throws -> FeedUpload?
    /// Newest first.
    func uploads(of source: SourceSystem.ID, limit: Int) throws -> [FeedUpload]
    func save(_ upload: FeedUpload) throws
    func feedDrop(_ id: FeedDrop.ID) throws -> FeedDrop?
    func feedDrop(marked mark: String) throws -> FeedDrop?
    /// Those about which something is to be done, oldest first.
    func dueFeedDrops(limit: Int) throws -> [FeedDrop]
    /// Those of a system that wait, for their turn or for a person; oldest first.
    func openFeedDrops(of source: SourceSystem.ID) throws -> [FeedDrop]
    /// Newest first.
    func feedDrops(of source: SourceSystem.ID, limit: Int) throws -> [FeedDrop]
    /// Throws `StoreConflict` where another one has the mark.
    func save(_ drop: FeedDrop) throws
}
