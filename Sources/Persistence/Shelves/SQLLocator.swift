import Casework
import RecordLocator
import Vocabulary

extension SQLCaseSession {
    func save(_ entries: [LocatorEntry]) throws {
        for entry in entries {
            let body = try codec.fields.protect(
                LocatorEntryBytes.write(entry),
                context: "locator_entries/body/\(entry.id)"
            )
            try change(
                """
                INSERT INTO locator_entries(id, body) VALUES ($1, $2)
                ON CONFLICT (id) DO UPDATE SET body = excluded.body
                """,
                [entry.id, body]
            )
        }
    }

    func withdrawEntry(_ id: LocatorEntry.ID) throws {
        try change("DELETE FROM locator_entries WHERE id = $1", [id])
    }

    func locatorEntryCount() throws -> Int {
        Int(
            try sql.query("SELECT COUNT(*) AS number FROM locator_entries").first?
                .integer("number") ?? 0
        )
    }

    func forEachLocatorEntry(_ body: (LocatorEntry) throws -> Void) throws {
        try sql.forEachRow("SELECT id, body FROM locator_entries", []) { row in
            try body(try locatorEntry(in: row))
        }
    }

    func locatorEntry(in row: SQLRow) throws -> LocatorEntry {
        let text = try row.text("id")
        let bytes = try row.blob("body")
        guard let id = LocatorEntry.ID(text),
            let plain = try? codec.fields.reveal(bytes, context: "locator_entries/body/\(text)"),
            let entry = LocatorEntryBytes.read(plain, id: id)
        else { throw StorageFailure.unreadable(table: "locator_entries", id: text) }
        return entry
    }
}
