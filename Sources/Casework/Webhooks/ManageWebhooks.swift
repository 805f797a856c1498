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
    func removeWebhook(_ id: Webhook.ID) throws
}

/// What the operator does at the machine itself.
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
            try transaction.addWebhook(
                for: organization,
                to: url,
                events: events,
                reachesPrivate: reachesPrivate,
                authorityPEM: authorityPEM,
                by: .operator
            )
        }
    }

    /// Makes a new secret; the last one signs beside it for a day, and older ones end now.
    package func rotateWebhookSecret(
        _ id: Webhook.ID
    ) async throws -> Redacted<String> {
        try await write { try $0.rotateWebhookSecret(id, by: .operator) }
    }

    /// Nothing is sent there any more, what waits included.
    package func stopWebhook(_ id: Webhook.ID) async throws {
        try await write { try $0.stopWebhook(id, by: .operator) }
    }

    /// Every webhook, oldest first.
    package func webhooks() async throws -> [Webhook] {
        try await store.read { try $0.allWebhooks() }
    }
}

extension CaseTransaction {
    func addWebhook(
        for organization: OrganizationID,
        to url: WebhookURL,
        events: Set<Webhook.Event>,
        reachesPrivate: Bool = false,
        authorityPEM: String? = nil,
        by hand: Hand
    ) throws -> (webhook: Webhook, secret: Redacted<String>) {
        let known = try session.webhooks(of: organization).filter(\.isActive)
        guard known.count < Webhook.most else { throw CaseworkFailure.notPossibleNow }
        let secret = makeWebhookSecret()
        let webhook = Webhook(
            id: secrets.makeIdentifier(),
            organization: organization,
            url: url,
            events: events,
            createdAt: now,
            reachesPrivate: reachesPrivate,
            authorityPEM: authorityPEM,
            secrets: [secret]
        )
        try session.save(webhook)
        // The path may be a secret of its receiver's.
        try audit(
            hand,
            "webhook.add",
            subject: webhook.id,
            detail: "organization=\(organization) host=\(url.host)"
        )
        return (webhook, WebhookSignature.text(of: secret))
    }

    func rotateWebhookSecret(_ id: Webhook.ID, by hand: Hand) throws -> Redacted<String> {
        var webhook = try webhook(id)
        guard webhook.isActive else { throw CaseworkFailure.notPossibleNow }
        let secret = makeWebhookSecret()
        var last = webhook.secrets.first
        last?.endsAt = now.advanced(bySeconds: Webhook.overlap)
        webhook.secrets = [secret] + (last.map { [$0] } ?? [])
        try session.save(webhook)
        try audit(hand, "webhook.rotate", subject: id)
        return WebhookSignature.text(of: secret)
    }

    func stopWebhook(_ id: Webhook.ID, by hand: Hand) throws {
        var webhook = try webhook(id)
        guard webhook.isActive else { return }
        webhook.stopped = .byOperator
        webhook.stoppedAt = now
        webhook.secrets = []
        try session.save(webhook)
        try audit(hand, "webhook.stop", subject: id)
    }

    /// 256 random bits.
    private func makeWebhookSecret() -> Webhook.Secret {
        let halves = (0..<2).flatMap { _ in
            let bits = secrets.randomBits()
            return (0..<16).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
        }
        return Webhook.Secret(key: Redacted(halves))
    }

    private func webhook(_ id: Webhook.ID) throws -> Webhook {
        guard let webhook = try session.webhook(id) else { throw CaseworkFailure.notFound }
        return webhook
    }
}
