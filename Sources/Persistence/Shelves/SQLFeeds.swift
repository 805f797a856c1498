import Casework
import Vocabulary

extension SQLCaseSession {
    static let sourceSystemTable = SealedTable<SourceSystem>(
        name: "source_systems",
        save: """
            INSERT INTO source_systems(id, name, body) VALUES ($1, $2, $3)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body
            """,
        select: "SELECT id, name, body FROM source_systems",
        columns: { system in [system.id, system.name] }
    )

    static let uploadTable = SealedTable<FeedUpload>(
        name: "feed_uploads",
        save: """
            INSERT INTO feed_uploads(id, source, status, started_at, body)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (id) DO UPDATE SET status = excluded.status, body = excluded.body
            """,
        select: "SELECT id, source, status, started_at, body FROM feed_uploads",
        columns: { upload in
            [upload.id, upload.source, upload.status.rawValue, upload.startedAt]
        }
    )

    func sourceSystem(_ id: SourceSystem.ID) throws -> SourceSystem? {
        try rows(of: Self.sourceSystemTable, "WHERE id = $1", [id]).first
    }

    func sourceSystem(named name: String) throws -> SourceSystem? {
        try rows(of: Self.sourceSystemTable, "WHERE name = $1", [name]).first
    }

    func allSourceSystems() throws -> [SourceSystem] {
        try rows(of: Self.sourceSystemTable, "ORDER BY name", [])
    }

    func save(_ system: SourceSystem) throws {
        try insert(
            system,
            id: system.id,
            into: Self.sourceSystemTable,
            unique: ["source_systems.name": "source system name"]
        )
    }

    func upload(_ id: FeedUpload.ID) throws -> FeedUpload? {
        try rows(of: Self.uploadTable, "WHERE id = $1", [id]).first
    }

    func uploads(of source: SourceSystem.ID, limit: Int) throws -> [FeedUpload] {
        try rows(
            of: Self.uploadTable,
            "WHERE source = $1 ORDER BY started_at DESC, id DESC LIMIT $2",
            [source, limit]
        )
    }

    func save(_ upload: FeedUpload) throws {
        try insert(upload, id: upload.id, into: Self.uploadTable)
    }

    static let feedDropTable = SealedTable<FeedDrop>(
        name: "feed_drops",
        save: """
            INSERT INTO feed_drops(id, source, mark, status, is_due, received_at, file, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (id) DO UPDATE SET status = excluded.status, is_due = excluded.is_due,
                file = excluded.file, body = excluded.body
            """,
        select: """
            SELECT id, source, mark, status, is_due, received_at, file, body FROM feed_drops
            """,
        columns: { drop in
            [
                drop.id, drop.source, drop.mark, drop.status.rawValue, drop.isDue,
                drop.receivedAt, drop.status.isFinal ? nil : drop.file.id.description,
            ]
        }
    )

    func feedDrop(_ id: FeedDrop.ID) throws -> FeedDrop? {
        try rows(of: Self.feedDropTable, "WHERE id = $1", [id]).first
    }

    func feedDrop(marked mark: String) throws -> FeedDrop? {
        try rows(of: Self.feedDropTable, "WHERE mark = $1", [mark]).first
    }

    func dueFeedDrops(limit: Int) throws -> [FeedDrop] {
        try rows(
            of: Self.feedDropTable,
            "WHERE is_due = TRUE ORDER BY received_at, id LIMIT $1",
            [limit]
        )
    }

    func openFeedDrops(of source: SourceSystem.ID) throws -> [FeedDrop] {
        try rows(
            of: Self.feedDropTable,
            """
            WHERE source = $1 AND status IN ('waiting', 'held', 'agreed')
            """,
            [source]
        ).sorted { ($0.receivedAt, $0.id) < ($1.receivedAt, $1.id) }
    }

    func feedDrops(of source: SourceSystem.ID, limit: Int) throws -> [FeedDrop] {
        try rows(
            of: Self.feedDropTable,
            "WHERE source = $1 ORDER BY received_at DESC, id DESC LIMIT $2",
            [source, limit]
        )
    }

    func save(_ drop: FeedDrop) throws {
        try insert(
            drop,
            id: drop.id,
            into: Self.feedDropTable,
            unique: ["feed_drops.mark": "feed drop mark"]
        )
    }
}
