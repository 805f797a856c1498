extension Migration {
    /// How often the locator was asked: one row for each holder and clock hour.
    static let m006Lookups = Self(number: 6, name: "lookups") { _ in
        """
        CREATE TABLE lookups(
            holder TEXT NOT NULL CHECK (length(holder) > 0),
            hour BIGINT NOT NULL,
            made BIGINT NOT NULL CHECK (made >= 0),
            refused BIGINT NOT NULL CHECK (refused >= 0),
            PRIMARY KEY (holder, hour)
        );
        CREATE INDEX lookups_by_hour ON lookups(hour, holder);
        """
    }
}
