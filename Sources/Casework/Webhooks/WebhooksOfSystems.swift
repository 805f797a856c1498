package import RecordExchange
package import Vocabulary

/// A webhook was sent a test less than a minute ago; nothing was sent.
package struct WebhookTestedLately: Error, Hashable, Sendable {
    /// To wait.
    package let seconds: Int

    package init(seconds: Int) {
        self.seconds = seconds
    }
}

/// Webhooks as their owners keep them, with a key of the programming interface.
///
/// A district's system keeps those of its schools too. Addresses that are not of the public
/// internet, and receivers that no public authority certifies, stay the operator's to allow.
extension Desk {
    /// Those of the organisations that `actor` answers for, oldest first.
    package func webhooks(by actor: Actor) async throws -> [Webhook] {
        try await read { transaction in
            try transaction.session.allWebhooks().filter { hook in
                try transaction.mayKeepWebhooks(of: hook.organization, actor)
            }
        }
    }

    /// Adds an address to be told, once: a system that missed the answer would be told twice.
    ///
    /// - Returns: the webhook and its secret, which nobody can read again.
    package func addWebhook(
        of organization: OrganizationID,
        to url: WebhookURL,
        events: Set<Webhook.Event>,
        by actor: Actor
    ) async throws -> (webhook: Webhook, secret: Redacted<String>) {
        try await write { transaction in
            guard try transaction.mayKeepWebhooks(of: organization, actor) else {
                throw CaseworkFailure.notFound
            }
            let known = try transaction.session.webhooks(of: organization)
            guard !known.contains(where: { $0.isActive && $0.url == url }) else {
                throw CaseworkFailure.alreadyThere
            }
            return try transaction.addWebhook(
                for: organization,
                to: url,
                events: events,
                by: .staff(actor.id)
            )
        }
    }

    /// Makes a new secret; the last one signs beside it for a day.
    package func rotateWebhookSecret(
        _ id: Webhook.ID,
        by actor: Actor
    ) async throws -> Redacted<String> {
        try await write { transaction in
            try transaction.checkWebhook(id, actor)
            return try transaction.rotateWebhookSecret(id, by: .staff(actor.id))
        }
    }

    /// Nothing is sent there any more, what waits included.
    package func stopWebhook(_ id: Webhook.ID, by actor: Actor) async throws {
        try await write { transaction in
            try transaction.checkWebhook(id, actor)
            try transaction.stopWebhook(id, by: .staff(actor.id))
        }
    }

    /// Sends a message that says nothing, signed as every other: whoever sets a receiver up sees
    /// whether it arrives.
    ///
    /// It is tried once, and another is sent after a minute only, since nobody knows whose address
    /// it is. Throws `WebhookTestedLately` before.
    package func testWebhook(_ id: Webhook.ID, by actor: Actor) async throws {
        try await write { transaction in
            try transaction.checkWebhook(id, actor)
            guard var hook = try transaction.session.webhook(id), hook.isActive else {
                throw CaseworkFailure.notPossibleNow
            }
            if let last = hook.testedAt {
                let left = Webhook.testPause - last.seconds(to: transaction.now)
                if left > 0 { throw WebhookTestedLately(seconds: Int(left)) }
            }
            hook.testedAt = transaction.now
            try transaction.session.save(hook)
            let time = WebhookTime.text(transaction.now)
            let event = Webhook.Event.test
            let body = "{\"type\":\"\(event.rawValue)\",\"timestamp\":\"\(time)\",\"data\":{}}"
            try transaction.session.enqueue(
                Effect(
                    id: transaction.secrets.makeIdentifier(),
                    work: .webhook(WebhookMessage(webhook: id, event: event, body: body)),
                    due: transaction.now
                )
            )
            try transaction.audit(.staff(actor.id), "webhook.test", subject: id)
        }
    }
}

extension CaseTransaction {
    fileprivate func mayKeepWebhooks(
        of organization: OrganizationID,
        _ actor: Actor
    ) throws -> Bool {
        if actor.holds(StaffRole.answerers, at: organization) { return true }
        guard case .school(let id) = organization, let school = try session.school(id) else {
            return false
        }
        return actor.holds([.district], at: .district(school.district))
    }

    /// Whose it is looks the same from outside as that there is none.
    fileprivate func checkWebhook(_ id: Webhook.ID, _ actor: Actor) throws {
        guard let hook = try session.webhook(id),
            try mayKeepWebhooks(of: hook.organization, actor)
        else { throw CaseworkFailure.notFound }
    }
}
