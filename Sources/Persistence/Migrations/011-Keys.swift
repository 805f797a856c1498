extension Migration {
    /// Keys that are trusted, and what was accepted on the word of each.
    static let m011Keys = Self(number: 11, name: "keys") { dialect in
        """
        CREATE TABLE trusted_keys(
            fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) = 64),
            organization TEXT NOT NULL CHECK (length(organization) > 0),
            added_at BIGINT NOT NULL,
            body TEXT NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX trusted_keys_in_order ON trusted_keys(added_at, fingerprint);
        CREATE INDEX trusted_keys_of ON trusted_keys(organization, added_at, fingerprint);

        CREATE TABLE accepted_bundles(
            digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
            signer TEXT NOT NULL REFERENCES trusted_keys(fingerprint),
            at BIGINT NOT NULL,
            body TEXT NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX accepted_bundles_by_signer ON accepted_bundles(signer, at, digest);
        \(dialect.appendOnly("accepted_bundles"))
        """
    }
}
