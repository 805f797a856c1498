import RecordExchange
import Vocabulary

/// One attempt at a message, complete.
package struct WebhookCall: Hashable, Sendable {
    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package let url: WebhookURL
    package let headers: [Header]
    package let body: [UInt8]
    package let reachesPrivate: Bool
    package let authorityPEM: String?

    package init(
        url: WebhookURL,
        headers: [Header],
        body: [UInt8],
        reachesPrivate: Bool,
        authorityPEM: String?
    ) {
        self.url = url
        self.headers = headers
        self.body = body
        self.reachesPrivate = reachesPrivate
        self.authorityPEM = authorityPEM
    }
}

/// What became of one attempt.
package enum WebhookOutcome: Hashable, Sendable {
    /// Answered with 2xx.
    case accepted
    /// Answered with 410: nothing more is wanted.
    case gone
    /// Everything else; the reason holds no address and nothing that the receiver wrote.
    case deferred(reason: String)
}

/// Posts messages to systems' own addresses.
package protocol WebhookCourier: Sendable {
    /// One attempt: over TLS with a certificate that is checked, without following a redirect, and
    /// to addresses of the public internet only, unless the call says otherwise.
    func post(_ call: WebhookCall) async -> WebhookOutcome
}

extension Desk {
    /// What is to be sent now; `nil` where nothing is wanted there any more.
    func webhookCall(_ message: WebhookMessage, as id: Effect.ID) async throws -> WebhookCall? {
        try await read { transaction in
            guard let webhook = try transaction.session.webhook(message.webhook), webhook.isActive
            else { return nil }
            let now = transaction.now
            let secrets = webhook.secrets.filter { $0.endsAt.map { now < $0 } ?? true }
            guard !secrets.isEmpty else { return nil }
            let body = Array(message.body.utf8)
            let signed = WebhookSignature.headers(
                id: "msg_\(id)",
                at: now,
                body: body,
                secrets: secrets,
                by: transaction.secrets
            )
            return WebhookCall(
                url: webhook.url,
                headers: signed.map { .init(name: $0.name, value: $0.value) },
                body: body,
                reachesPrivate: webhook.reachesPrivate,
                authorityPEM: webhook.authorityPEM
            )
        }
    }

    /// Records what became of an attempt: the effect and, where it is over, the webhook.
    func noteWebhook(
        _ id: Effect.ID,
        _ message: WebhookMessage,
        _ outcome: WebhookOutcome
    ) async throws {
        try await write { transaction in
            guard var effect = try transaction.session.effect(id), effect.status == .waiting else {
                return
            }
            switch outcome {
            case .accepted:
                effect.status = .done
                effect.trouble = ""
            case .gone:
                effect.status = .done
                effect.trouble = ""
                try transaction.stop(message.webhook, .gone)
            // Whoever asked for it looks whether it arrived, and asks again.
            case .deferred where message.event == .test:
                effect.status = .done
                effect.trouble = ""
            case .deferred(let reason):
                effect.attempts += 1
                effect.trouble = reason
                let delay = Effect.delay(afterAttempts: effect.attempts)
                effect.due = transaction.now.advanced(bySeconds: delay)
                let end = effect.createdAt.advanced(bySeconds: Webhook.patience)
                if effect.due > end {
                    effect.status = .failed
                    try transaction.audit(
                        .system,
                        "webhook.dead",
                        subject: message.webhook,
                        detail: message.event.rawValue
                    )
                }
            }
            try transaction.session.save(effect)
        }
    }
}

extension CaseTransaction {
    fileprivate func stop(_ id: Webhook.ID, _ why: Webhook.Stop) throws {
        guard var webhook = try session.webhook(id), webhook.isActive else { return }
        webhook.stopped = why
        webhook.stoppedAt = now
        webhook.secrets = []
        try session.save(webhook)
        try audit(.system, "webhook.stop", subject: id, detail: why.rawValue)
    }
}
