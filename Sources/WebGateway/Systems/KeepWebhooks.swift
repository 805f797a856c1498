import Casework
import Hummingbird
import RecordExchange
import Vocabulary

/// Webhooks, as their owners keep them.
extension SystemRoom {
    func webhooks(_ visit: SystemVisit) async throws -> Response {
        let hooks = try await desk.webhooks(by: visit.actor)
        return .json(SystemView.List(items: hooks.map(SystemView.WebhookItem.init), next: nil))
    }

    func addWebhook(_ visit: SystemVisit) async throws -> Response {
        let own = visit.actor.memberships.first?.organization
        let (url, events, organization) = try visit.read { reader in
            let typed = reader.text("url", isRequired: true, limit: WebhookURL.longest)
            let url = try? WebhookURL(parsing: typed)
            if url == nil, !typed.isEmpty {
                reader.note("url", "must be https://host[:port]/path, in small letters")
            }
            let events = reader.choices("events", of: Webhook.Event.self)
            let named = reader.text("organization")
            let organization = named.isEmpty ? own : OrganizationID(named)
            if !named.isEmpty, organization == nil {
                reader.note("organization", "must be such as school:484496008851")
            }
            return (url, Set(events), organization)
        }
        guard let url, let organization else { throw SystemProblem(.invalid) }
        let added = try await desk.addWebhook(
            of: organization,
            to: url,
            events: events,
            by: visit.actor
        )
        return .json(
            SystemView.WebhookSecret(added.webhook.id, added.secret),
            status: .created
        )
    }

    func rotateWebhook(_ visit: SystemVisit) async throws -> Response {
        let id: Webhook.ID = try visit.identifier("webhook")
        try visit.read { _ in }
        let secret = try await desk.rotateWebhookSecret(id, by: visit.actor)
        return .json(SystemView.WebhookSecret(id, secret))
    }

    func stopWebhook(_ visit: SystemVisit) async throws -> Response {
        let id: Webhook.ID = try visit.identifier("webhook")
        try visit.read { _ in }
        try await desk.stopWebhook(id, by: visit.actor)
        return Response(status: .noContent)
    }

    func testWebhook(_ visit: SystemVisit) async throws -> Response {
        let id: Webhook.ID = try visit.identifier("webhook")
        try visit.read { _ in }
        do {
            try await desk.testWebhook(id, by: visit.actor)
        } catch let refusal as WebhookTestedLately {
            throw GatewayFailure.tooManyTries(seconds: refusal.seconds)
        }
        return Response(status: .accepted)
    }
}

extension SystemView {
    struct WebhookItem: Encodable {
        let id: String
        let organization: String
        /// Its path may be a secret of the receiver's, and is not shown.
        let host: String
        /// Empty: all.
        let events: [String]
        let created: String
        /// Absent while it is told.
        let stopped: String?

        init(_ hook: Webhook) {
            id = hook.id.description
            organization = hook.organization.description
            host = hook.url.host
            events = hook.events.sorted().map(\.rawValue)
            created = SystemView.time(hook.createdAt)
            stopped = hook.stopped?.rawValue
        }
    }

    struct WebhookSecret: Encodable {
        let id: String
        /// Nobody can read it again.
        let secret: String

        init(_ id: Webhook.ID, _ secret: Redacted<String>) {
            self.id = id.description
            self.secret = secret.revealed
        }
    }
}
