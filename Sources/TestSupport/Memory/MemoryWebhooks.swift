import Casework
import RecordExchange
import Vocabulary

extension MemoryCaseSession {
    func webhook(_ id: Webhook.ID) throws -> Webhook? { state.webhooks[id] }

    func webhooks(of organization: OrganizationID) throws -> [Webhook] {
        try allWebhooks().filter { $0.organization == organization }
    }

    func allWebhooks() throws -> [Webhook] {
        state.webhooks.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    func save(_ webhook: Webhook) throws {
        try change { $0.webhooks[webhook.id] = webhook }
    }

    func removeWebhook(_ id: Webhook.ID) throws {
        try change { $0.webhooks[id] = nil }
    }
}
