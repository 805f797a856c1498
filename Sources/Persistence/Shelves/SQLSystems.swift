import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    private static let accessKeyColumns = "SELECT id, body FROM access_keys"

    func accessKey(_ id: AccessKey.ID) throws -> AccessKey? {
        try sql.query("\(Self.accessKeyColumns) WHERE id = $1", [id]).first.map(accessKey(in:))
    }

    func accessKey(digest: String) throws -> AccessKey? {
        try sql.query("\(Self.accessKeyColumns) WHERE digest = $1", [digest]).first
            .map(accessKey(in:))
    }

    func accessKeys(of account: StaffID) throws -> [AccessKey] {
        try sql.query(
            "\(Self.accessKeyColumns) WHERE account = $1 ORDER BY created_at, id",
            [account]
        ).map(accessKey(in:))
    }

    func save(_ key: AccessKey) throws {
        try change(
            """
            INSERT INTO access_keys(id, account, digest, created_at, ends_at, body)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (id) DO UPDATE SET account = excluded.account,
                digest = excluded.digest, created_at = excluded.created_at,
                ends_at = excluded.ends_at, body = excluded.body
            """,
            [
                key.id, key.account, key.digest, key.createdAt, key.endsAt,
                try codec.plain(key),
            ],
            unique: ["access_keys.digest": "access key"]
        )
    }

    func filedOnce(digest: String) throws -> FiledOnce? {
        try sql.query(
            "SELECT digest, content, request, filed_at FROM filed_once WHERE digest = $1",
            [digest]
        ).first.map { row in
            FiledOnce(
                digest: try row.text("digest"),
                content: try row.text("content"),
                request: try row.parsed("request") { RecordRequest.ID($0) },
                at: try row.instant("filed_at")
            )
        }
    }

    func save(_ filing: FiledOnce) throws {
        try change(
            "INSERT INTO filed_once(digest, content, request, filed_at) VALUES ($1, $2, $3, $4)",
            [filing.digest, filing.content, filing.request, filing.at],
            unique: ["filed_once.digest": "idempotency key"]
        )
    }

    func forgetFilings(before instant: Instant) throws -> Int {
        let old = try sql.query("SELECT digest FROM filed_once WHERE filed_at < $1", [instant])
        try change("DELETE FROM filed_once WHERE filed_at < $1", [instant])
        return old.count
    }

    func forgetAccessKeys(endedBefore instant: Instant) throws -> Int {
        let old = try sql.query("SELECT id FROM access_keys WHERE ends_at < $1", [instant])
        try change("DELETE FROM access_keys WHERE ends_at < $1", [instant])
        return old.count
    }

    private func accessKey(in row: SQLRow) throws -> AccessKey {
        try codec.plainValue(row, table: "access_keys")
    }
}
