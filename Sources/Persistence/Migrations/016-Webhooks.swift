extension Migration {
    /// Systems' own addresses that are told what happens, and the outbox that tells them.
    static let m016Webhooks = Self(number: 16, name: "webhooks") { dialect in
        """
        CREATE TABLE webhooks(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            organization TEXT NOT NULL CHECK (length(organization) > 0),
            created_at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        CREATE INDEX webhooks_of ON webhooks(organization, created_at, id);

        ALTER TABLE effects RENAME TO effects_before;
        CREATE TABLE effects(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            kind TEXT NOT NULL CHECK (kind IN ('mail', 'digest', 'assemble', 'push', 'webhook')),
            status TEXT NOT NULL CHECK (status IN ('waiting', 'done', 'failed')),
            due BIGINT NOT NULL,
            is_troubled BOOLEAN NOT NULL,
            created_at BIGINT NOT NULL,
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        INSERT INTO effects(id, kind, status, due, is_troubled, created_at, body)
            SELECT id, kind, status, due, is_troubled, created_at, body FROM effects_before;
        DROP TABLE effects_before;
        CREATE INDEX effects_by_due ON effects(status, due, id);
        CREATE INDEX effects_in_trouble ON effects(is_troubled, created_at, id);
        """
    }
}
