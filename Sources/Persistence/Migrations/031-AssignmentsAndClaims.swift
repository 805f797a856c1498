extension Migration {
    /// Who of a state's contacts has which request, and which mailboxes claim an office.
    ///
    /// The worklist repeats it beside what it is filtered with: a person's identifier, or nothing
    /// where a request is nobody's. `claimed_in` is the state of a claim that nobody decided on.
    static let m031AssignmentsAndClaims = Self(number: 31, name: "assignments and claims") { _ in
        """
        CREATE TABLE assignments(
            request TEXT NOT NULL REFERENCES requests(id),
            state TEXT NOT NULL CHECK (length(state) = 2),
            staff TEXT NOT NULL REFERENCES accounts(id),
            since BIGINT NOT NULL,
            PRIMARY KEY (request, state)
        );
        CREATE INDEX assignments_of ON assignments(staff);

        ALTER TABLE worklist ADD COLUMN assignee TEXT NOT NULL DEFAULT '';
        CREATE INDEX worklist_assigned_by_age ON worklist(state, assignee, priority, since, id);
        CREATE INDEX worklist_assigned_counts ON
            worklist(state, assignee, is_told, why, is_unreachable);

        ALTER TABLE contacts ADD COLUMN claimed_in TEXT;
        ALTER TABLE contacts ADD COLUMN claim_waits BOOLEAN NOT NULL DEFAULT FALSE;
        CREATE INDEX contacts_claimed ON contacts(claimed_in, claim_waits, id);
        """
    }
}
