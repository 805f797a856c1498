extension Migration {
    /// Who of a state's contacts has which request.
    ///
    /// The worklist repeats it beside what it is filtered with: a person's identifier, or nothing
    /// where a request is nobody's.
    static let m031Assignments = Self(number: 31, name: "assignments") { _ in
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
        """
    }
}
