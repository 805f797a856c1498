import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    static let mailedTable = SealedTable<MailedFiles>(
        name: "mailed_files",
        save: """
            INSERT INTO mailed_files(id, inquiry, received_at, expires_at, body)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (id) DO UPDATE SET inquiry = excluded.inquiry,
                received_at = excluded.received_at, expires_at = excluded.expires_at,
                body = excluded.body
            """,
        select: "SELECT id, inquiry, received_at, expires_at, body FROM mailed_files",
        columns: { [$0.id, $0.inquiry, $0.receivedAt, $0.expiresAt] }
    )

    func mailedFiles(_ id: MailedFiles.ID) throws -> MailedFiles? {
        try rows(of: Self.mailedTable, "WHERE id = $1", [id]).first
    }

    func mailedFiles(of inquiry: Inquiry.ID) throws -> [MailedFiles] {
        try rows(of: Self.mailedTable, "WHERE inquiry = $1 ORDER BY received_at, id", [inquiry])
    }

    func mailedFiles(expiredBy instant: Instant, limit: Int) throws -> [MailedFiles] {
        try rows(
            of: Self.mailedTable,
            "WHERE expires_at <= $1 ORDER BY expires_at, id LIMIT $2",
            [instant, limit]
        )
    }

    func save(_ mailed: MailedFiles) throws {
        try insert(mailed, id: mailed.id, into: Self.mailedTable)
        try change("DELETE FROM waiting_files WHERE mailed = $1", [mailed.id])
        for file in Set(mailed.files.map(\.id)) {
            try change(
                "INSERT INTO waiting_files(mailed, file) VALUES ($1, $2)",
                [mailed.id, file]
            )
        }
    }

    func deleteMailedFiles(_ id: MailedFiles.ID) throws {
        try change("DELETE FROM waiting_files WHERE mailed = $1", [id])
        try change("DELETE FROM mailed_files WHERE id = $1", [id])
    }
}
