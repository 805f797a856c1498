extension Migration {
    /// Partners with accounts of their own, and the bundles that came from them.
    static let m007Partners = Self(number: 7, name: "partners") { dialect in
        """
        CREATE TABLE partners(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            account TEXT NOT NULL UNIQUE CHECK (length(account) > 0),
            organization TEXT NOT NULL CHECK (length(organization) > 0),
            is_active BOOLEAN NOT NULL,
            body TEXT NOT NULL
        );
        CREATE INDEX partners_by_organization ON partners(organization, account);

        CREATE TABLE received_bundles(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            manifest TEXT NOT NULL UNIQUE CHECK (length(manifest) = 64),
            partner TEXT NOT NULL REFERENCES partners(id),
            bundle TEXT NOT NULL REFERENCES bundles(id),
            received_at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX received_bundles_by_partner ON received_bundles(partner, received_at);
        CREATE INDEX received_bundles_by_bundle ON received_bundles(bundle);
        """
    }
}
