extension Migration {
    /// The log of the locator's changes, where entries come from, and the systems that send them.
    static let m009LivingLocator = Self(number: 9, name: "living locator") { dialect in
        """
        CREATE TABLE locator_changes(
            sequence \(dialect.countingKey),
            entry TEXT NOT NULL CHECK (length(entry) = 26)
        );

        CREATE TABLE source_systems(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            name TEXT NOT NULL UNIQUE CHECK (length(name) > 0),
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );

        CREATE TABLE feed_uploads(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            source TEXT NOT NULL REFERENCES source_systems(id),
            status TEXT NOT NULL CHECK (status IN ('applying', 'applied')),
            started_at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX uploads_by_source ON feed_uploads(source, started_at, id);

        ALTER TABLE locator_entries ADD COLUMN source TEXT REFERENCES source_systems(id);
        ALTER TABLE locator_entries ADD COLUMN upload TEXT;
        ALTER TABLE locator_entries ADD COLUMN digest BIGINT;
        -- Holds all that a comparison with a new snapshot reads.
        CREATE INDEX entries_by_source ON locator_entries(source, id, digest)
            WHERE source IS NOT NULL;
        """
    }
}
