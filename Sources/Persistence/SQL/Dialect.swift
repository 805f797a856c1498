/// The few places where the one SQL text differs between engines.
package enum Dialect: String, Hashable, Sendable, CaseIterable {
    case sqlite, postgres

    /// Type of a column of bytes.
    package var blob: String {
        switch self {
        case .sqlite: "BLOB"
        case .postgres: "BYTEA"
        }
    }

    /// Definition of a key that counts rows in the order they were inserted.
    package var countingKey: String {
        switch self {
        // AUTOINCREMENT: a number is never used twice, also after the last row was removed.
        case .sqlite: "INTEGER PRIMARY KEY AUTOINCREMENT"
        case .postgres: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
        }
    }

    /// Names the tables that are there, in a column called `name`.
    package var tableNames: String {
        switch self {
        case .sqlite:
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        case .postgres:
            """
            SELECT table_name AS name FROM information_schema.tables
            WHERE table_schema = current_schema()
            """
        }
    }

    /// Statements that make every UPDATE and DELETE of `table` fail.
    package func appendOnly(_ table: String) -> String {
        switch self {
        case .sqlite:
            """
            CREATE TRIGGER \(table)_keeps_rows BEFORE DELETE ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;
            CREATE TRIGGER \(table)_keeps_values BEFORE UPDATE ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;
            """
        case .postgres:
            """
            CREATE FUNCTION \(table)_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '\(table) is append-only'; END $$;
            CREATE TRIGGER \(table)_keeps_rows BEFORE UPDATE OR DELETE OR TRUNCATE ON \(table)
            FOR EACH STATEMENT EXECUTE FUNCTION \(table)_is_append_only();
            """
        }
    }
}
