extension Migration {
    /// People whose entries may be two people's.
    static let m021PersonDoubts = Self(number: 21, name: "person doubts") { dialect in
        """
        CREATE TABLE person_doubts(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            person TEXT NOT NULL UNIQUE REFERENCES people(id),
            status TEXT NOT NULL CHECK (status IN ('open', 'settled')),
            found_at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX person_doubts_by_status ON person_doubts(status, found_at, id);
        """
    }
}
