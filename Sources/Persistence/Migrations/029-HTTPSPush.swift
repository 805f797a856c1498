extension Migration {
    /// Deliveries that are put on a recipient's web server.
    ///
    /// Receipts name deliveries, so both are made anew.
    static let m029HTTPSPush = Self(number: 29, name: "https-push") { dialect in
        """
        ALTER TABLE receipts RENAME TO receipts_before;
        ALTER TABLE deliveries RENAME TO deliveries_before;
        CREATE TABLE deliveries(
            id TEXT PRIMARY KEY CHECK (length(id) = 26),
            bundle TEXT NOT NULL REFERENCES bundles(id),
            request TEXT NOT NULL REFERENCES requests(id),
            recipient TEXT NOT NULL CHECK (length(recipient) > 0),
            way TEXT NOT NULL CHECK (way IN ('web', 'sftpPush', 'sftpPickup', 'httpsPush')),
            status TEXT NOT NULL CHECK (status IN ('waiting', 'sent', 'retrying', 'failed',
                'collected', 'receiptGood', 'receiptBad')),
            body \(dialect.blob) NOT NULL CHECK (length(body) > 0)
        );
        INSERT INTO deliveries(id, bundle, request, recipient, way, status, body)
            SELECT id, bundle, request, recipient, way, status, body FROM deliveries_before;
        CREATE TABLE receipts(
            delivery TEXT PRIMARY KEY CHECK (length(delivery) = 26) REFERENCES deliveries(id),
            request TEXT NOT NULL REFERENCES requests(id),
            is_due BOOLEAN NOT NULL,
            is_trouble BOOLEAN NOT NULL,
            at BIGINT NOT NULL,
            body TEXT NOT NULL
        );
        INSERT INTO receipts(delivery, request, is_due, is_trouble, at, body)
            SELECT delivery, request, is_due, is_trouble, at, body FROM receipts_before;
        DROP TABLE receipts_before;
        DROP TABLE deliveries_before;
        CREATE INDEX deliveries_by_request ON deliveries(request);
        CREATE INDEX deliveries_by_bundle ON deliveries(bundle, id);
        CREATE INDEX deliveries_by_way ON deliveries(way, status, id);
        CREATE INDEX receipts_by_request ON receipts(request, at, delivery);
        CREATE INDEX receipts_in_trouble ON receipts(is_trouble, request);
        CREATE INDEX receipts_due ON receipts(is_due, at, delivery);
        """
    }
}
