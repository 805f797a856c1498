extension Migration {
    /// Whose contacts see which line of the worklist of people, for counting and paging it.
    ///
    /// Derived: a line stands here while it is open and something of both people may be seen.
    static let m015NearMatchStates = Self(number: 15, name: "near match states") { _ in
        """
        CREATE TABLE near_match_states(
            near_match TEXT NOT NULL REFERENCES near_matches(id),
            state TEXT NOT NULL CHECK (length(state) = 2),
            found_at BIGINT NOT NULL,
            PRIMARY KEY (near_match, state)
        );
        CREATE INDEX near_match_states_by_age ON near_match_states(state, found_at, near_match);
        """
    }
}
