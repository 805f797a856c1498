import Casework
import RecordExchange
import Vocabulary

/// Partners with accounts of their own, and what came from them.
extension SQLCaseSession {
    static let receivedTable = SealedTable<ReceivedBundle>(
        name: "received_bundles",
        save: """
            INSERT INTO received_bundles(id, manifest, partner, bundle, received_at, body)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
        select: """
            SELECT id, manifest, partner, bundle, received_at, body FROM received_bundles
            """,
        columns: { received in
            [
                received.id, received.manifest, received.partner, received.bundle,
                received.receivedAt,
            ]
        }
    )

    func partner(_ id: Partner.ID) throws -> Partner? {
        try partners("WHERE id = $1", [id]).first
    }

    func partner(account: String) throws -> Partner? {
        try partners("WHERE account = $1", [account]).first
    }

    func partners() throws -> [Partner] { try partners("ORDER BY account", []) }

    func partners(of organization: OrganizationID) throws -> [Partner] {
        try partners("WHERE organization = $1 ORDER BY account", [organization])
            .filter(\.isActive)
    }

    func save(_ partner: Partner) throws {
        try change(
            """
            INSERT INTO partners(id, account, organization, is_active, body)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (id) DO UPDATE SET account = excluded.account,
                organization = excluded.organization, is_active = excluded.is_active,
                body = excluded.body
            """,
            [
                partner.id, partner.account, partner.organization, partner.isActive,
                try codec.plain(partner),
            ],
            unique: ["partners.account": "partner account"]
        )
    }

    func receivedBundle(manifest: String) throws -> ReceivedBundle? {
        try rows(of: Self.receivedTable, "WHERE manifest = $1", [manifest]).first
    }

    func receivedBundle(_ id: ReceivedBundle.ID) throws -> ReceivedBundle? {
        try rows(of: Self.receivedTable, "WHERE id = $1", [id]).first
    }

    func save(_ received: ReceivedBundle) throws {
        try insert(
            received,
            id: received.id,
            into: Self.receivedTable,
            unique: [
                "received_bundles.manifest": "received bundle",
                "received_bundles.id": "received bundle",
            ]
        )
    }

    private func partners(
        _ condition: String,
        _ parameters: [any SQLBindable]
    ) throws -> [Partner] {
        try sql.query("SELECT id, body FROM partners \(condition)", parameters)
            .map { try codec.plainValue($0, table: "partners") }
    }
}
