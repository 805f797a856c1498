extension Migration {
    /// Files in which the scanner found something, until a person decides or a month is over.
    static let m032Quarantine = Self(number: 32, name: "quarantine") { dialect in
        """
        CREATE TABLE quarantined_files(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            inquiry TEXT NOT NULL REFERENCES inquiries(id),
            found_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX quarantined_files_of ON quarantined_files(inquiry, found_at, id);
        CREATE INDEX quarantined_files_expired ON quarantined_files(expires_at, id);
        """
    }
}
