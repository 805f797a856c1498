extension Migration {
    /// What was entered for each state: its phase, and which copies its schools accept.
    static let m017StateRules = Self(number: 17, name: "state-rules") { _ in
        """
        CREATE TABLE state_rules(
            state TEXT PRIMARY KEY CHECK (length(state) = 2),
            body TEXT NOT NULL
        );
        """
    }
}
