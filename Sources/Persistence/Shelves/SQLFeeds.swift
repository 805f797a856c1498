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
}
