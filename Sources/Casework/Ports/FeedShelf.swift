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
}
