extension Migration {
    /// Uploads that systems send in pieces, and when access keys end.
    static let m025Uploads = Self(number: 25, name: "uploads") { dialect in
        """
        CREATE TABLE partial_uploads(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            account TEXT NOT NULL REFERENCES accounts(id),
            organization TEXT NOT NULL CHECK (length(organization) > 0),
            created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX partial_uploads_of ON partial_uploads(organization, created_at, id);
        CREATE INDEX partial_uploads_expired ON partial_uploads(expires_at, id);

        CREATE TABLE upload_pieces(
            upload TEXT NOT NULL REFERENCES partial_uploads(id),
            number BIGINT NOT NULL CHECK (number >= 0),
            file TEXT NOT NULL CHECK (length(file) = 26),
            byte_count BIGINT NOT NULL CHECK (byte_count > 0),
            PRIMARY KEY (upload, number)
        );

        -- Keys from before say nothing here and are looked at one by one: none is forgotten early.
        ALTER TABLE access_keys ADD COLUMN ends_at BIGINT;
        CREATE INDEX access_keys_ended ON access_keys(ends_at);
        CREATE INDEX filed_once_by_time ON filed_once(filed_at);
        """
    }
}
