import Casework
import RecordExchange
import TestSupport
import Vocabulary

/// Whoever keeps the addresses at which an office's systems are told.
extension Trial {
    private static let keepers = [Cast.clerk, Cast.mapleDistrict]

    /// In the order of the clock's identifiers, so the newest is the last.
    private static let told: @Sendable (World) async throws -> Subject = { world in
        _ = try await world.desk.addWebhook(for: Cast.maple, to: try address(), events: [])
        return Subject()
    }

    private static func address(_ path: String = "in") throws -> WebhookURL {
        try WebhookURL(parsing: "https://hooks.example/\(path)")
    }

    private static func hook(_ desk: Desk) async throws -> Webhook.ID {
        guard let hook = try await desk.webhooks().last else { throw CaseworkFailure.notFound }
        return hook.id
    }

    static let overWebhooks: [Self] = [
        Self(name: "addWebhook", permitted: keepers, prepare: told) { desk, _, actor in
            _ = try await desk.addWebhook(
                of: Cast.maple,
                to: try address("other"),
                events: [],
                by: actor
            )
        },
        Self(name: "rotateWebhookSecret", permitted: keepers, prepare: told) { desk, _, actor in
            _ = try await desk.rotateWebhookSecret(try await hook(desk), by: actor)
        },
        Self(name: "stopWebhook", permitted: keepers, prepare: told) { desk, _, actor in
            try await desk.stopWebhook(try await hook(desk), by: actor)
        },
        Self(name: "testWebhook", permitted: keepers, prepare: told) { desk, _, actor in
            try await desk.testWebhook(try await hook(desk), by: actor)
        },
    ]
}
