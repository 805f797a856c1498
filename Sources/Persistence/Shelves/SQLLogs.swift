import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    static let timelineTable = SealedTable<TimelineEvent>(
        name: "timeline",
        save: "INSERT INTO timeline(id, request, at, body) VALUES ($1, $2, $3, $4)",
        select: "SELECT id, request, at, body FROM timeline",
        columns: { event in [event.id, event.request, event.at] }
    )

    static let disclosureTable = SealedTable<DisclosureRecord>(
        name: "disclosures",
        save: """
            INSERT INTO disclosures(id, request, bundle, holder, at, body)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
        select: "SELECT id, request, bundle, holder, at, body FROM disclosures",
        columns: { disclosure in
            [
                disclosure.id, disclosure.request, disclosure.bundle, disclosure.holder,
                disclosure.at,
            ]
        }
    )

    func append(_ event: TimelineEvent) throws {
        try insert(
            event,
            id: event.id,
            into: Self.timelineTable,
            unique: ["timeline.id": "timeline event"]
        )
    }

    func events(of request: RecordRequest.ID) throws -> [TimelineEvent] {
        try rows(of: Self.timelineTable, "WHERE request = $1 ORDER BY at, position", [request])
    }

    func append(_ disclosure: DisclosureRecord) throws {
        try insert(
            disclosure,
            id: disclosure.id,
            into: Self.disclosureTable,
            unique: ["disclosures.id": "disclosure"]
        )
    }

    func disclosures(of request: RecordRequest.ID) throws -> [DisclosureRecord] {
        try rows(of: Self.disclosureTable, "WHERE request = $1 ORDER BY at, position", [request])
    }

    func disclosures(by holder: OrganizationID, limit: Int) throws -> [DisclosureRecord] {
        try rows(
            of: Self.disclosureTable,
            "WHERE holder = $1 ORDER BY at, position LIMIT $2",
            [holder, limit]
        )
    }
}

/// The audit log.
extension SQLCaseSession {
    private static let auditColumns =
        "SELECT sequence, at, actor, action, subject, detail, hash FROM audit"

    func lastAuditEntry() throws -> AuditEntry? {
        try sql.query("\(Self.auditColumns) ORDER BY sequence DESC LIMIT 1").first
            .map(auditEntry(in:))
    }

    func append(_ entry: AuditEntry) throws {
        // Without gaps: the row goes in only behind the one before it.
        let added = try change(
            """
            INSERT INTO audit(sequence, at, actor, action, subject, detail, hash)
            SELECT $1, $2, $3, $4, $5, $6, $7
            WHERE $1 = 1 + COALESCE((SELECT MAX(sequence) FROM audit), 0)
            """,
            [
                entry.sequence, entry.at, entry.actor, entry.action, entry.subject, entry.detail,
                entry.hash,
            ]
        )
        guard added == 1 else { throw StoreConflict("audit sequence") }
    }

    func auditEntries(after sequence: Int64, limit: Int) throws -> [AuditEntry] {
        try sql.query(
            "\(Self.auditColumns) WHERE sequence > $1 ORDER BY sequence LIMIT $2",
            [sequence, limit]
        ).map(auditEntry(in:))
    }

    private func auditEntry(in row: SQLRow) throws -> AuditEntry {
        AuditEntry(
            sequence: try row.integer("sequence"),
            at: try row.instant("at"),
            actor: try row.text("actor"),
            action: try row.text("action"),
            subject: try row.text("subject"),
            detail: try row.text("detail"),
            hash: try row.parsed("hash") { SHA256Digest(hexadecimal: $0) }
        )
    }
}
