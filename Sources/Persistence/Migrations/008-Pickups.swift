extension Migration {
    /// Deliveries that wait in a partner's folder.
    static let m008Pickups = Self(number: 8, name: "pickups") { dialect in
        """
        ALTER TABLE deliveries RENAME TO deliveries_before;
        CREATE TABLE deliveries(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            bundle TEXT NOT NULL REFERENCES bundles(id),
            request TEXT NOT NULL REFERENCES requests(id),
            recipient TEXT NOT NULL CHECK (length(recipient) > 0),
            way TEXT NOT NULL CHECK (way IN ('web', 'sftpPush', 'sftpPickup')),
            status TEXT NOT NULL CHECK (status IN ('waiting', 'sent', 'retrying', 'failed',
                'collected', 'receiptGood', 'receiptBad')),
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        INSERT INTO deliveries(id, bundle, request, recipient, way, status, body)
            SELECT id, bundle, request, recipient, way, status, body FROM deliveries_before;
        DROP TABLE deliveries_before;
        CREATE INDEX deliveries_by_request ON deliveries(request);
        CREATE INDEX deliveries_by_bundle ON deliveries(bundle, id);
        CREATE INDEX deliveries_by_way ON deliveries(way, status, id);
        """
    }
}
