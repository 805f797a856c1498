import Casework

extension SQLCaseSession {
    /// Kept so long, for whoever asks in the summer what was asked last summer.
    private static let hoursKept: Int64 = 366 * 24

    func lookups(of holder: LookupHolder, since hour: Int64) throws -> [LookupHour] {
        try sql.query(
            """
            SELECT holder, hour, made, refused FROM lookups
            WHERE holder = $1 AND hour >= $2 ORDER BY hour
            """,
            [holder.description, hour]
        ).map(lookupHour(in:))
    }

    func lookups(since hour: Int64) throws -> [LookupHour] {
        try sql.query(
            """
            SELECT holder, hour, made, refused FROM lookups
            WHERE hour >= $1 ORDER BY hour, holder
            """,
            [hour]
        ).map(lookupHour(in:))
    }

    func save(_ hour: LookupHour) throws {
        try change(
            """
            INSERT INTO lookups(holder, hour, made, refused) VALUES ($1, $2, $3, $4)
            ON CONFLICT (holder, hour) DO UPDATE SET made = excluded.made,
                refused = excluded.refused
            """,
            [hour.holder.description, hour.hour, hour.made, hour.refused]
        )
        try change("DELETE FROM lookups WHERE hour < $1", [hour.hour - Self.hoursKept])
    }

    private func lookupHour(in row: SQLRow) throws -> LookupHour {
        LookupHour(
            holder: try row.parsed("holder") { LookupHolder($0) },
            hour: try row.integer("hour"),
            made: Int(try row.integer("made")),
            refused: Int(try row.integer("refused"))
        )
    }
}
