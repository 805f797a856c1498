import Casework
import RecordLocator
import Vocabulary

extension SQLCaseSession {
    func save(_ entries: [LocatorEntry]) throws {
        for entry in entries {
            try touchPeople(of: entry.id, now: entry.person)
            try change(
                """
                INSERT INTO locator_entries(id, body, person) VALUES ($1, $2, $3)
                ON CONFLICT (id) DO UPDATE SET body = excluded.body, person = excluded.person
                """,
                [entry.id, try sealed(entry), entry.person]
            )
            try noteChange(of: entry.id)
        }
    }

    func save(_ rows: [FeedEntry]) throws {
        for row in rows {
            try touchPeople(of: row.entry.id, now: row.entry.person)
            try change(
                """
                INSERT INTO locator_entries(id, body, person, source, upload, digest)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (id) DO UPDATE SET body = excluded.body, person = excluded.person,
                    source = excluded.source, upload = excluded.upload, digest = excluded.digest
                """,
                [
                    row.entry.id, try sealed(row.entry), row.entry.person, row.source, row.upload,
                    row.digest,
                ]
            )
            try noteChange(of: row.entry.id)
        }
    }

    func withdrawEntry(_ id: LocatorEntry.ID) throws {
        try touchPeople(of: id, now: nil)
        let removed = try change("DELETE FROM locator_entries WHERE id = $1", [id])
        if removed > 0 { try noteChange(of: id) }
    }

    func locatorEntry(_ id: LocatorEntry.ID) throws -> LocatorEntry? {
        try sql.query("SELECT id, body, person FROM locator_entries WHERE id = $1", [id]).first
            .map(locatorEntry(in:))
    }

    func locatorEntryCount() throws -> Int {
        Int(
            try sql.query("SELECT COUNT(*) AS number FROM locator_entries").first?
                .integer("number") ?? 0
        )
    }

    func forEachLocatorEntry(_ body: (LocatorEntry) throws -> Void) throws {
        try sql.forEachRow("SELECT id, body, person FROM locator_entries", []) { row in
            try body(try locatorEntry(in: row))
        }
    }

    func lastLocatorChange() throws -> Int64 {
        try sql.query("SELECT MAX(sequence) AS last FROM locator_changes").first?
            .optionalInteger("last") ?? 0
    }

    func locatorChanges(after sequence: Int64, limit: Int) throws -> [LocatorChange] {
        try sql.query(
            """
            SELECT c.sequence, c.entry, e.id, e.body, e.person FROM locator_changes AS c
            LEFT JOIN locator_entries AS e ON e.id = c.entry
            WHERE c.sequence > $1 ORDER BY c.sequence LIMIT $2
            """,
            [sequence, limit]
        ).map { row in
            LocatorChange(
                sequence: try row.integer("sequence"),
                id: try row.parsed("entry") { LocatorEntry.ID($0) },
                entry: try row.optionalText("id") == nil ? nil : try locatorEntry(in: row)
            )
        }
    }

    func forEachEntry(
        of source: SourceSystem.ID,
        _ body: (LocatorEntry.ID, Int64) throws -> Void
    ) throws {
        try sql.forEachRow(
            "SELECT id, digest FROM locator_entries WHERE source = $1",
            [source]
        ) { row in
            try body(try row.parsed("id") { LocatorEntry.ID($0) }, try row.integer("digest"))
        }
    }

    func locatorEntry(in row: SQLRow) throws -> LocatorEntry {
        let text = try row.text("id")
        let bytes = try row.blob("body")
        guard let id = LocatorEntry.ID(text),
            let plain = try? codec.fields.reveal(bytes, context: "locator_entries/body/\(text)"),
            var entry = LocatorEntryBytes.read(plain, id: id)
        else { throw StorageFailure.unreadable(table: "locator_entries", id: text) }
        // In a column of its own, so that a person's entries can be found.
        entry.person = try row.optionalText("person").flatMap { PersonID($0) }
        return entry
    }

    private func sealed(_ entry: LocatorEntry) throws -> [UInt8] {
        try codec.fields.protect(
            LocatorEntryBytes.write(entry),
            context: "locator_entries/body/\(entry.id)"
        )
    }

    private func noteChange(of id: LocatorEntry.ID) throws {
        try change("INSERT INTO locator_changes(entry) VALUES ($1)", [id])
    }
}
