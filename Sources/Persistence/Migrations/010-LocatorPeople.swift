extension Migration {
    /// People over the locator's entries, the worklist of near matches, proposals and their end.
    static let m010LocatorPeople = Self(number: 10, name: "locator people") { dialect in
        """
        CREATE TABLE people(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            number TEXT NOT NULL UNIQUE CHECK (length(number) = 14),
            minted_at BIGINT NOT NULL,
            merged_into TEXT REFERENCES people(id) CHECK (merged_into <> id)
        );
        CREATE INDEX people_by_merge ON people(merged_into) WHERE merged_into IS NOT NULL;

        ALTER TABLE locator_entries ADD COLUMN person TEXT REFERENCES people(id);
        CREATE INDEX entries_by_person ON locator_entries(person) WHERE person IS NOT NULL;

        CREATE TABLE near_matches(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            first TEXT NOT NULL REFERENCES people(id),
            second TEXT NOT NULL REFERENCES people(id),
            status TEXT NOT NULL CHECK (status IN ('open', 'merged', 'apart')),
            found_at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0),
            UNIQUE (first, second),
            CHECK (first < second)
        );
        CREATE INDEX near_matches_by_second ON near_matches(second);
        CREATE INDEX near_matches_by_status ON near_matches(status, found_at, id);

        CREATE TABLE person_proposals(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            status TEXT NOT NULL CHECK (status IN ('open', 'approved', 'rejected', 'undone')),
            is_open BOOLEAN NOT NULL CHECK (is_open = (status = 'open')),
            proposed_at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX proposals_by_time ON person_proposals(is_open, proposed_at, id);
        CREATE TABLE person_proposal_people(
            person TEXT NOT NULL REFERENCES people(id),
            proposal TEXT NOT NULL REFERENCES person_proposals(id),
            PRIMARY KEY (person, proposal)
        );

        CREATE TABLE locator_marks(
            name TEXT PRIMARY KEY CHECK (length(name) > 0),
            sequence BIGINT NOT NULL CHECK (sequence >= 0)
        );
        """
    }
}
