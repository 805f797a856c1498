extension Migration {
    /// The outbox, the story of each request, the record of disclosures and the audit log.
    ///
    /// The last two take new rows and nothing else.
    static let m004Logs = Self(number: 4, name: "logs") { dialect in
        """
        CREATE TABLE effects(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            kind TEXT NOT NULL CHECK (kind IN ('mail', 'digest', 'assemble', 'push')),
            status TEXT NOT NULL CHECK (status IN ('waiting', 'done', 'failed')),
            due BIGINT NOT NULL,
            is_troubled BOOLEAN NOT NULL,
            created_at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX effects_by_due ON effects(status, due, id);
        CREATE INDEX effects_in_trouble ON effects(is_troubled, created_at, id);

        CREATE TABLE timeline(
            position \(dialect.countingKey),
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 26),
            request TEXT NOT NULL REFERENCES requests(id),
            at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX timeline_by_request ON timeline(request, at, position);

        CREATE TABLE disclosures(
            position \(dialect.countingKey),
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 26),
            request TEXT NOT NULL REFERENCES requests(id),
            bundle TEXT NOT NULL REFERENCES bundles(id),
            holder TEXT NOT NULL CHECK (length(holder) > 0),
            at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX disclosures_by_request ON disclosures(request, at, position);
        CREATE INDEX disclosures_by_bundle ON disclosures(bundle);
        CREATE INDEX disclosures_by_holder ON disclosures(holder, at, position);
        \(dialect.appendOnly("disclosures"))

        CREATE TABLE audit(
            sequence BIGINT NOT NULL PRIMARY KEY CHECK (sequence > 0),
            at BIGINT NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL,
            hash TEXT NOT NULL CHECK (length(hash) = 64)
        );
        \(dialect.appendOnly("audit"))
        """
    }
}
