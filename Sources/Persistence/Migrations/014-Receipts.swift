extension Migration {
    /// What became of each delivery, with the signature once it is there; digests and identifiers
    /// only.
    static let m014Receipts = Self(number: 14, name: "receipts") { _ in
        """
        CREATE TABLE receipts(
            delivery TEXT PRIMARY KEY CHECK (length(delivery) = 26) REFERENCES deliveries(id),
            request TEXT NOT NULL REFERENCES requests(id),
            is_due BOOLEAN NOT NULL,
            is_trouble BOOLEAN NOT NULL,
            at BIGINT NOT NULL,
            body TEXT NOT NULL
        );
        CREATE INDEX receipts_by_request ON receipts(request, at, delivery);
        CREATE INDEX receipts_in_trouble ON receipts(is_trouble, request);
        CREATE INDEX receipts_due ON receipts(is_due, at, delivery);
        """
    }
}
