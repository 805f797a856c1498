import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    static let bundleTable = SealedTable<RecordBundle>(
        name: "bundles",
        save: """
            INSERT INTO bundles(id, request, inquiry, sequence, holder, answered_at, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (id) DO UPDATE SET request = excluded.request,
                inquiry = excluded.inquiry, sequence = excluded.sequence,
                holder = excluded.holder, answered_at = excluded.answered_at,
                body = excluded.body
            """,
        select: """
            SELECT id, request, inquiry, sequence, holder, answered_at, body FROM bundles
            """,
        columns: { bundle in
            [
                bundle.id, bundle.request, bundle.inquiry, bundle.sequence, bundle.holder,
                bundle.answeredAt,
            ]
        }
    )

    static let deliveryTable = SealedTable<Delivery>(
        name: "deliveries",
        save: """
            INSERT INTO deliveries(id, bundle, request, recipient, way, status, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (id) DO UPDATE SET bundle = excluded.bundle,
                request = excluded.request, recipient = excluded.recipient,
                way = excluded.way, status = excluded.status, body = excluded.body
            """,
        select: """
            SELECT id, bundle, request, recipient, way, status, body FROM deliveries
            """,
        columns: { delivery in
            [
                delivery.id, delivery.bundle, delivery.request, delivery.recipient,
                delivery.way.rawValue, delivery.status.rawValue,
            ]
        }
    )

    func bundle(_ id: RecordBundle.ID) throws -> RecordBundle? {
        try rows(of: Self.bundleTable, "WHERE id = $1", [id]).first
    }

    func bundle(sealedAs sha256: String) throws -> RecordBundle? {
        try refreshDerivedRows()
        let found = try rows(
            of: Self.bundleTable,
            "WHERE id IN (SELECT bundle FROM sealed_digests WHERE digest = $1) ORDER BY id",
            [sha256]
        )
        // The encrypted row is what counts.
        return found.first { $0.seal?.sha256 == sha256 }
    }

    func bundles(of request: RecordRequest.ID) throws -> [RecordBundle] {
        try rows(of: Self.bundleTable, "WHERE request = $1 ORDER BY sequence", [request])
    }

    func save(_ bundle: RecordBundle) throws {
        try insert(
            bundle,
            id: bundle.id,
            into: Self.bundleTable,
            unique: ["bundles.sequence": "bundle sequence"]
        )
        touched.ids.insert(bundle.request)
        try change("DELETE FROM bundle_files WHERE bundle = $1", [bundle.id])
        for file in Set(bundle.files.map(\.id)) {
            try change(
                "INSERT INTO bundle_files(bundle, file) VALUES ($1, $2)",
                [bundle.id, file]
            )
        }
    }

    func delivery(_ id: Delivery.ID) throws -> Delivery? {
        try rows(of: Self.deliveryTable, "WHERE id = $1", [id]).first
    }

    func deliveries(of bundle: RecordBundle.ID) throws -> [Delivery] {
        try rows(of: Self.deliveryTable, "WHERE bundle = $1 ORDER BY id", [bundle])
    }

    func deliveries(
        by way: Delivery.Way,
        in status: Delivery.Status,
        limit: Int
    ) throws -> [Delivery] {
        try rows(
            of: Self.deliveryTable,
            "WHERE way = $1 AND status = $2 ORDER BY id LIMIT $3",
            [way.rawValue, status.rawValue, limit]
        )
    }

    func save(_ delivery: Delivery) throws {
        try insert(delivery, id: delivery.id, into: Self.deliveryTable)
    }

    func filesInUse() throws -> Set<String> {
        var files: Set<String> = []
        let tables = [
            "bundle_files", "feed_drops WHERE file > ''", "upload_pieces", "waiting_files",
            "(SELECT id AS file FROM quarantined_files) AS quarantine",
        ]
        for table in tables {
            try sql.forEachRow("SELECT file FROM \(table)", []) { row in
                files.insert(try row.text("file"))
            }
        }
        return files
    }
}
