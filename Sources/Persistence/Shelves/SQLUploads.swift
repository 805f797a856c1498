import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    static let partialUploadTable = SealedTable<PartialUpload>(
        name: "partial_uploads",
        save: """
            INSERT INTO partial_uploads(id, account, organization, created_at, expires_at, body)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (id) DO UPDATE SET account = excluded.account,
                organization = excluded.organization, created_at = excluded.created_at,
                expires_at = excluded.expires_at, body = excluded.body
            """,
        select: """
            SELECT id, account, organization, created_at, expires_at, body FROM partial_uploads
            """,
        columns: { [$0.id, $0.account, $0.organization, $0.createdAt, $0.expiresAt] }
    )

    func partialUpload(_ id: PartialUpload.ID) throws -> PartialUpload? {
        try rows(of: Self.partialUploadTable, "WHERE id = $1", [id]).first
    }

    func partialUploads(of organization: OrganizationID) throws -> [PartialUpload] {
        try rows(
            of: Self.partialUploadTable,
            "WHERE organization = $1 ORDER BY created_at, id",
            [organization]
        )
    }

    func partialUploads(expiredBy instant: Instant, limit: Int) throws -> [PartialUpload] {
        try rows(
            of: Self.partialUploadTable,
            "WHERE expires_at <= $1 ORDER BY expires_at, id LIMIT $2",
            [instant, limit]
        )
    }

    func save(_ upload: PartialUpload) throws {
        try insert(upload, id: upload.id, into: Self.partialUploadTable)
    }

    func deletePartialUpload(_ id: PartialUpload.ID) throws {
        try deletePieces(of: id)
        try change("DELETE FROM partial_uploads WHERE id = $1", [id])
    }

    func pieces(of upload: PartialUpload.ID) throws -> [PartialUpload.Piece] {
        try sql.query(
            "SELECT file, byte_count FROM upload_pieces WHERE upload = $1 ORDER BY number",
            [upload]
        ).map { row in
            PartialUpload.Piece(
                file: try row.parsed("file") { DroppedFile.ID($0) },
                byteCount: try row.integer("byte_count")
            )
        }
    }

    func append(
        _ piece: PartialUpload.Piece,
        numbered number: Int,
        to upload: PartialUpload.ID
    ) throws {
        try change(
            "INSERT INTO upload_pieces(upload, number, file, byte_count) VALUES ($1, $2, $3, $4)",
            [upload, number, piece.file, piece.byteCount],
            unique: ["upload_pieces.number": "upload piece"]
        )
    }

    func deletePieces(of upload: PartialUpload.ID) throws {
        try change("DELETE FROM upload_pieces WHERE upload = $1", [upload])
    }
}
