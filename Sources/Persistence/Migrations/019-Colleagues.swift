extension Migration {
    /// Somebody who is passed a part of one inquiry is a mailbox too, of a kind of its own, and a
    /// link of theirs knows which parts.
    static let m019Colleagues = Self(number: 19, name: "colleagues") { _ in
        """
        ALTER TABLE contacts RENAME TO contacts_before;
        CREATE TABLE contacts(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            organization TEXT NOT NULL CHECK (length(organization) > 0),
            role TEXT NOT NULL CHECK (role IN ('recordsOffice', 'backup', 'summer', 'district',
                'project', 'stateContact', 'colleague')),
            body TEXT NOT NULL
        );
        INSERT INTO contacts(id, organization, role, body)
            SELECT id, organization, role, body FROM contacts_before;
        DROP TABLE contacts_before;
        CREATE INDEX contacts_by_organization ON contacts(organization, id);

        ALTER TABLE links ADD COLUMN parts TEXT;
        ALTER TABLE links ADD COLUMN passed_by TEXT;
        """
    }
}
