extension Migration {
    /// Locator entries, searched in memory: the table knows nothing but their bytes.
    static let m005Locator = Self(number: 5, name: "locator") { dialect in
        """
        CREATE TABLE locator_entries(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        """
    }
}
