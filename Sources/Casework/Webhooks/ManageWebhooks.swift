package import RecordExchange
package import Vocabulary

/// Webhooks on file; their addresses and secrets are encrypted by whoever implements this.
package protocol WebhookShelf {
    func webhook(_ id: Webhook.ID) throws -> Webhook?
    /// Oldest first.
    func webhooks(of organization: OrganizationID) throws -> [Webhook]
    /// Oldest first.
    func allWebhooks() throws -> [Webhook]
    /// Inserts or replaces.
    func save(_ webhook: Webhook) throws
}

extension Desk {
    /// Adds an address to be told.
    ///
    /// - Returns: the webhook and its secret, which nobody can read again.
    package func addWebhook(
        for organization: OrganizationID,
        to url: WebhookURL,
        events: Set<Webhook.Event>,
        reachesPrivate: Bool = false,
        authorityPEM: String? = nil
    ) async throws -> (webhook: Webhook, secret: Redacted<String>) {
        try await write { transaction in
            let known = try transaction.session.webhooks(of: organization).filter(\.isActive)
            guard known.count < Webhook.most else { throw CaseworkFailure.notPossibleNow }
            let secret = transaction.makeWebhookSecret()
            let webhook = Webhook(
                id: transaction.secrets.makeIdentifier(),
                organization: organization,
                url: url,
                events: events,
                createdAt: transaction.now,
                reachesPrivate: reachesPrivate,
                authorityPEM: authorityPEM,
                secrets: [secret]
            )
            try transaction.session.save(webhook)
            // The path may be a secret of its receiver's.
            try transaction.audit(
                .operator,
                "webhook.add",
                subject: webhook.id,
                detail: "organization=\(organization) host=\(url.host)"
            )
            return (webhook, WebhookSignature.text(of: secret))
        }
    }

    /// Makes a new secret; the last one signs beside it for a day, and older ones end now.
    package func rotateWebhookSecret(
        _ id: Webhook.ID
    ) async throws -> Redacted<String> {
        try await write { transaction in
            var webhook = try transaction.webhook(id)
            guard webhook.isActive else { throw CaseworkFailure.notPossibleNow }
            let secret = transaction.makeWebhookSecret()
            var last = webhook.secrets.first
            last?.endsAt = transaction.now.advanced(bySeconds: Webhook.overlap)
            webhook.secrets = [secret] + (last.map { [$0] } ?? [])
            try transaction.session.save(webhook)
            try transaction.audit(
                .operator,
                "webhook.rotate",
                subject: id
            )
            return WebhookSignature.text(of: secret)
        }
    }

    /// Nothing is sent there any more, what waits included.
    package func stopWebhook(_ id: Webhook.ID) async throws {
        try await write { transaction in
            var webhook = try transaction.webhook(id)
            guard webhook.isActive else { return }
            webhook.stopped = .byOperator
            webhook.secrets = []
            try transaction.session.save(webhook)
            try transaction.audit(
                .operator,
                "webhook.stop",
                subject: id
            )
        }
    }

    /// Every webhook, oldest first.
    package func webhooks() async throws -> [Webhook] {
        try await store.read { try $0.allWebhooks() }
    }
}

extension CaseTransaction {
    /// 256 random bits.
    fileprivate func makeWebhookSecret() -> Webhook.Secret {
        let halves = (0..<2).flatMap { _ in
            let bits = secrets.randomBits()
            return (0..<16).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
        }
        return Webhook.Secret(key: Redacted(halves))
    }

    fileprivate func webhook(_ id: Webhook.ID) throws -> Webhook {
        guard let webhook = try session.webhook(id) else { throw CaseworkFailure.notFound }
        return webhook
    }
}
