import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    static let quarantineTable = SealedTable<QuarantinedFile>(
        name: "quarantined_files",
        save: """
            INSERT INTO quarantined_files(id, inquiry, found_at, expires_at, body)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (id) DO UPDATE SET inquiry = excluded.inquiry,
                found_at = excluded.found_at, expires_at = excluded.expires_at,
                body = excluded.body
            """,
        select: "SELECT id, inquiry, found_at, expires_at, body FROM quarantined_files",
        columns: { [$0.id, $0.inquiry, $0.foundAt, $0.expiresAt] }
    )

    func quarantinedFile(_ id: DroppedFile.ID) throws -> QuarantinedFile? {
        try rows(of: Self.quarantineTable, "WHERE id = $1", [id]).first
    }

    func quarantinedFiles(of inquiry: Inquiry.ID) throws -> [QuarantinedFile] {
        try rows(of: Self.quarantineTable, "WHERE inquiry = $1 ORDER BY found_at, id", [inquiry])
    }

    func quarantinedFiles(expiredBy instant: Instant, limit: Int) throws -> [QuarantinedFile] {
        try rows(
            of: Self.quarantineTable,
            "WHERE expires_at <= $1 ORDER BY expires_at, id LIMIT $2",
            [instant, limit]
        )
    }

    func save(_ locked: QuarantinedFile) throws {
        try insert(locked, id: locked.id, into: Self.quarantineTable)
    }

    func deleteQuarantinedFile(_ id: DroppedFile.ID) throws {
        try change("DELETE FROM quarantined_files WHERE id = $1", [id])
    }
}
