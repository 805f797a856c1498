extension Migration {
    /// Families' slips: keyed digests and identifiers only.
    static let m022FamilySlips = Self(number: 22, name: "family slips") { dialect in
        """
        CREATE TABLE family_slips(
            request TEXT PRIMARY KEY REFERENCES requests(id),
            digest \(dialect.blob) NOT NULL UNIQUE CHECK (length(digest) > 0),
            issued_by TEXT NOT NULL REFERENCES accounts(id),
            issued_at BIGINT NOT NULL
        );
        """
    }
}
