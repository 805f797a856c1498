import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    static let webhookTable = SealedTable<Webhook>(
        name: "webhooks",
        save: """
            INSERT INTO webhooks(id, organization, created_at, body)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (id) DO UPDATE SET organization = excluded.organization,
                created_at = excluded.created_at, body = excluded.body
            """,
        select: "SELECT id, organization, created_at, body FROM webhooks",
        columns: { [$0.id, $0.organization, $0.createdAt] }
    )

    func webhook(_ id: Webhook.ID) throws -> Webhook? {
        try rows(of: Self.webhookTable, "WHERE id = $1", [id]).first
    }

    func webhooks(of organization: OrganizationID) throws -> [Webhook] {
        try rows(
            of: Self.webhookTable,
            "WHERE organization = $1 ORDER BY created_at, id",
            [organization]
        )
    }

    func allWebhooks() throws -> [Webhook] {
        try rows(of: Self.webhookTable, "ORDER BY created_at, id", [])
    }

    func save(_ webhook: Webhook) throws {
        try insert(webhook, id: webhook.id, into: Self.webhookTable)
    }

    func removeWebhook(_ id: Webhook.ID) throws {
        try change("DELETE FROM webhooks WHERE id = $1", [id])
    }
}
