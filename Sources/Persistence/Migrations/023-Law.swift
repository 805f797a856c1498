extension Migration {
    /// The last day in time by law, for sorting the state queue.
    ///
    /// The number of the day; of what no law is known for the largest number there is. Lines that
    /// were there before are derived anew at the next start.
    static let m023Law = Self(number: 23, name: "law") { _ in
        """
        ALTER TABLE worklist ADD COLUMN law BIGINT NOT NULL DEFAULT 9223372036854775807;
        CREATE INDEX worklist_by_law ON worklist(state, law, since, id);
        CREATE INDEX worklist_told_by_law ON worklist(state, is_told, law, since, id);
        CREATE INDEX worklist_of_holder_by_law ON worklist(holder, is_waiting, law, since, id);
        """
    }
}
