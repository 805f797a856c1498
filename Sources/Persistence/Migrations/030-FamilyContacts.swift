extension Migration {
    /// Where families want to hear that records came: encrypted, and gone once they heard.
    static let m030FamilyContacts = Self(number: 30, name: "family contacts") { dialect in
        """
        CREATE TABLE family_contacts(
            request TEXT PRIMARY KEY REFERENCES requests(id),
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        """
    }
}
