extension Migration {
    /// Keys of schools' systems, and what they filed under idempotency keys of their own.
    static let m012Systems = Self(number: 12, name: "systems") { _ in
        """
        CREATE TABLE access_keys(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            account TEXT NOT NULL REFERENCES accounts(id),
            digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
            created_at BIGINT NOT NULL,
            body TEXT NOT NULL
        );
        CREATE INDEX access_keys_by_account ON access_keys(account, created_at);

        CREATE TABLE filed_once(
            digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
            content TEXT NOT NULL CHECK (length(content) = 64),
            request TEXT NOT NULL REFERENCES requests(id),
            filed_at BIGINT NOT NULL
        );
        """
    }
}
