extension Migration {
    /// What receiving schools said of the credits that were sent: appended, never changed.
    static let m020CreditOutcomes = Self(number: 20, name: "credit-outcomes") { dialect in
        """
        CREATE TABLE credit_outcomes(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            request TEXT NOT NULL REFERENCES requests(id),
            bundle TEXT NOT NULL REFERENCES bundles(id),
            holder TEXT NOT NULL CHECK (length(holder) > 0),
            number BIGINT NOT NULL,
            at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0),
            UNIQUE (bundle, number)
        );
        CREATE INDEX credit_outcomes_about ON credit_outcomes(holder, at DESC, number DESC, id);
        """
    }
}
