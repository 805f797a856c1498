extension Migration {
    /// Where families want to hear that records came: encrypted, and gone once they heard.
    static let m031FamilyContacts = Self(number: 31, name: "family contacts") { dialect in
        """
        CREATE TABLE family_contacts(
            request TEXT PRIMARY KEY REFERENCES requests(id),
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        """
    }
}
