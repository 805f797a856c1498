import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Webhooks on file") struct WebhookContract {
    @Test(arguments: Backend.allCases)
    func `a webhook comes back whole, by identifier and organisation`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        func hook(_ number: Int, _ school: School, day: String) throws -> Webhook {
            Webhook(
                id: .numbered(number),
                organization: school.organization,
                url: try WebhookURL(parsing: "https://hooks.example/\(number)"),
                events: [.recordsReady, .inquiryAsked],
                createdAt: .noon(day),
                reachesPrivate: true,
                authorityPEM: "PEM",
                secrets: [.init(key: Redacted([1, 2, 3]))]
            )
        }
        var later = try hook(1, .oak, day: "2026-05-19")
        later.secrets[0].endsAt = .noon("2026-05-20")
        later.stopped = .gone
        later.stoppedAt = .noon("2026-05-21")
        let earlier = try hook(2, .oak, day: "2026-05-18")
        let other = try hook(3, .maple, day: "2026-05-17")
        let (found, ours, all) = try await store.write { [later] session in
            for hook in [later, earlier, other] { try session.save(hook) }
            return (
                try session.webhook(later.id),
                try session.webhooks(of: School.oak.organization), try session.allWebhooks()
            )
        }
        #expect(found == later)
        #expect(ours == [earlier, later])
        #expect(all == [other, earlier, later])
        #expect(try await store.read { try $0.webhook(.numbered(9)) } == nil)
        later.secrets = []
        try await store.write { [later] in try $0.save(later) }
        let (stored, id) = (later, later.id)
        #expect(try await store.read { try $0.webhook(id) } == stored)
        try await store.write { try $0.removeWebhook(id) }
        #expect(try await store.read { try $0.webhook(id) } == nil)
        #expect(try await store.read { try $0.allWebhooks() } == [other, earlier])
    }
}
