import Vocabulary

extension Desk {
    /// Forgets webhooks a month after they were stopped: by then whoever wondered has looked, and
    /// the audit log says what was.
    ///
    /// - Returns: how many.
    @discardableResult
    package func forgetStoppedWebhooks() async throws -> Int {
        try await write { transaction in
            var forgotten = 0
            for webhook in try transaction.session.allWebhooks() where !webhook.isActive {
                guard let stoppedAt = webhook.stoppedAt else {
                    // Of one that was stopped before its day was kept the month begins now.
                    var webhook = webhook
                    webhook.stoppedAt = transaction.now
                    try transaction.session.save(webhook)
                    continue
                }
                guard stoppedAt.advanced(bySeconds: Webhook.memory) <= transaction.now else {
                    continue
                }
                try transaction.session.removeWebhook(webhook.id)
                try transaction.audit(.system, "webhook.forget", subject: webhook.id)
                forgotten += 1
            }
            return forgotten
        }
    }
}
