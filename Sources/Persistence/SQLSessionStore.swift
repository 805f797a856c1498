package import Casework
package import RecordExchange
package import Vocabulary

/// Web sessions in the same database, so that a restart signs nobody out.
package struct SQLSessionStore: SessionStore {
    private let database: any SQLDatabase

    /// Takes a database whose schema is current; see `Migrator`.
    package init(_ database: any SQLDatabase) {
        self.database = database
    }

    package func insert(_ session: StoredSession) async throws {
        let row = HolderColumns(session.holder)
        try await database.write { sql in
            do {
                try sql.execute(
                    """
                    INSERT INTO sessions(digest, account, second_factor_passed, inquiry, link,
                        started_at, last_used_at)
                    VALUES ($1, $2, $3, $4, $5, $6, $7)
                    """,
                    [
                        session.digest, row.account, row.secondFactorPassed, row.inquiry,
                        row.link, session.startedAt, session.lastUsedAt,
                    ]
                )
            } catch is UniquenessViolation {
                throw StoreConflict("session digest")
            }
        }
    }

    package func session(_ digest: SHA256Digest) async throws -> StoredSession? {
        try await database.read { sql in
            try sql.query(
                """
                SELECT account, second_factor_passed, inquiry, link, started_at, last_used_at
                FROM sessions WHERE digest = $1
                """,
                [digest]
            ).first.map { row in
                StoredSession(
                    digest: digest,
                    holder: try HolderColumns.holder(in: row),
                    startedAt: try row.instant("started_at"),
                    lastUsedAt: try row.instant("last_used_at")
                )
            }
        }
    }

    package func touch(_ digest: SHA256Digest, at instant: Instant) async throws {
        try await execute(
            "UPDATE sessions SET last_used_at = $2 WHERE digest = $1",
            [digest.sqlValue, instant.sqlValue]
        )
    }

    package func remove(_ digest: SHA256Digest) async throws {
        try await execute("DELETE FROM sessions WHERE digest = $1", [digest.sqlValue])
    }

    package func removeAll(ofAccount account: StaffID) async throws {
        try await execute("DELETE FROM sessions WHERE account = $1", [account.sqlValue])
    }

    package func removeAll(ofInquiry inquiry: Inquiry.ID) async throws {
        try await execute("DELETE FROM sessions WHERE inquiry = $1", [inquiry.sqlValue])
    }

    package func removeUnused(since instant: Instant) async throws -> Int {
        try await execute("DELETE FROM sessions WHERE last_used_at < $1", [instant.sqlValue])
    }

    @discardableResult
    private func execute(_ statement: String, _ parameters: [SQLValue]) async throws -> Int {
        try await database.write { sql in try sql.execute(statement, parameters) }
    }
}

/// A session's holder as columns.
private struct HolderColumns {
    var account: StaffID?
    var secondFactorPassed = false
    var inquiry: Inquiry.ID?
    var link: AnswerLink.ID?

    init(_ holder: SessionHolder) {
        switch holder {
        case .staff(let account, let secondFactorPassed):
            self.account = account
            self.secondFactorPassed = secondFactorPassed
        case .answerLink(let link, let inquiry):
            self.inquiry = inquiry
            self.link = link
        }
    }

    static func holder(in row: SQLRow) throws -> SessionHolder {
        if try row.optionalText("account") != nil {
            return .staff(
                account: try row.parsed("account") { StaffID($0) },
                secondFactorPassed: try row.boolean("second_factor_passed")
            )
        }
        return .answerLink(
            try row.parsed("link") { AnswerLink.ID($0) },
            inquiry: try row.parsed("inquiry") { Inquiry.ID($0) }
        )
    }
}
