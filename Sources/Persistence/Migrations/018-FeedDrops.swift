extension Migration {
    /// Extracts that partners' systems dropped, until they are decided and their senders told.
    static let m018FeedDrops = Self(number: 18, name: "feed drops") { dialect in
        """
        CREATE TABLE feed_drops(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            source TEXT NOT NULL REFERENCES source_systems(id),
            mark TEXT NOT NULL UNIQUE CHECK (length(mark) > 0),
            status TEXT NOT NULL CHECK (status IN (
                'waiting', 'held', 'agreed', 'applied', 'refused', 'declined', 'superseded')),
            is_due BOOLEAN NOT NULL,
            received_at BIGINT NOT NULL,
            -- Its encrypted file, while it may still be read.
            file TEXT,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX feed_drops_due ON feed_drops(is_due, received_at, id);
        CREATE INDEX feed_drops_by_source ON feed_drops(source, received_at, id);
        CREATE INDEX feed_drops_open ON feed_drops(source, status);
        CREATE INDEX feed_drop_files ON feed_drops(file) WHERE file IS NOT NULL;
        """
    }
}
