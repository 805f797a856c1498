import Casework
import Foundation
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Webhooks of schools' systems") struct WebhookStoryTests {
    private static let oak = School.oak.organization

    private func add(
        _ world: World,
        _ organization: OrganizationID,
        _ path: String = "in",
        events: Set<Webhook.Event> = []
    ) async throws -> Webhook {
        try await world.desk.addWebhook(
            for: organization,
            to: WebhookURL(parsing: "https://hooks.example/\(path)"),
            events: events
        ).webhook
    }

    private func types(_ world: World, _ path: String) throws -> [String] {
        try world.hooks.calls.filter { $0.url.description.hasSuffix("/\(path)") }.map { call in
            let json = try JSONSerialization.jsonObject(with: Data(call.body)) as? [String: Any]
            return try #require(json?["type"] as? String)
        }
    }

    @Test func `both sides are told what concerns them, and nobody else anything`() async throws {
        let world = try await World()
        _ = try await add(world, Self.oak, "oak")
        _ = try await add(world, Cast.maple, "maple")
        _ = try await add(world, Cast.willow, "willow")
        _ = try await add(world, Self.oak, "some", events: [.recordsReady])
        let request = try await world.file()
        let bundle = try await world.sendRecords()
        try await world.take(.archive, of: request, bundle)
        try await world.desk.acceptRecords(request.number, by: Cast.registrar.actor)
        try await world.settle()
        // Several are under way at once: which comes first is not promised.
        #expect(
            try types(world, "oak").sorted() == [
                "records.ready", "request.closed", "request.opened",
            ]
        )
        #expect(
            try types(world, "maple").sorted() == [
                "inquiry.asked", "inquiry.closed", "records.received",
            ]
        )
        #expect(try types(world, "some") == ["records.ready"])
        #expect(try types(world, "willow").isEmpty)
        for call in world.hooks.calls {
            let text = String(decoding: call.body, as: UTF8.self)
            #expect(text.contains("\"request\":\"\(request.number)\""))
            #expect(!text.contains("Paloma") && !text.contains("2011") && !text.contains(".pdf"))
        }
        let ready = try #require(
            world.hooks.calls.first {
                String(decoding: $0.body, as: UTF8.self).contains("records.ready")
            }
        )
        let json = try JSONSerialization.jsonObject(with: Data(ready.body)) as? [String: Any]
        let data = json?["data"] as? [String: String]
        #expect(data?["bundle"] == bundle.id.description)
        #expect((json?["timestamp"] as? String)?.hasSuffix("Z") == true)
    }

    @Test func `a message is tried again with the same identifier and text until it is taken`()
        async throws
    {
        let world = try await World()
        _ = try await add(world, Cast.maple, events: [.inquiryAsked])
        world.hooks.answer(.deferred(reason: "it answers 503"), .deferred(reason: "x"))
        try await world.file()
        #expect(world.hooks.calls.count == 1)
        #expect(try await world.everything().troubled.map(\.trouble) == ["it answers 503"])
        try await world.walk(to: world.clock.now().advanced(bySeconds: 7_200))
        let calls = world.hooks.calls
        #expect(calls.count == 3)
        #expect(Set(calls.map(\.body)).count == 1)
        let headers = calls.map { call in
            Dictionary(call.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        }
        #expect(Set(headers.map { $0["webhook-id"] }).count == 1)
        // Each attempt is signed for its own time, so that an old one cannot be played back.
        #expect(Set(headers.map { $0["webhook-timestamp"] }).count == 3)
        #expect(Set(headers.map { $0["webhook-signature"] }).count == 3)
        #expect(try await world.everything().troubled.isEmpty)
    }

    @Test func `a message that nobody takes for three days is dead, and an operator sees it`()
        async throws
    {
        let world = try await World()
        _ = try await add(world, Cast.maple, events: [.inquiryAsked])
        world.hooks.answerAlways(.deferred(reason: "it cannot be reached"))
        try await world.file()
        try await world.walk(to: world.clock.now().advanced(bySeconds: 5 * 86_400))
        let tries = world.hooks.calls.count
        #expect((70...90).contains(tries))
        let troubled = try await world.everything().troubled.filter { $0.kind == "webhook" }
        #expect(troubled.map(\.status) == [.failed])
        #expect(troubled.map(\.trouble) == ["it cannot be reached"])
        let audit = try await world.everything().audit
        #expect(audit.count { $0.action == "webhook.dead" } == 1)
    }

    @Test func `a receiver that is gone is not told again`() async throws {
        let world = try await World()
        let hook = try await add(world, Cast.maple)
        world.hooks.answer(.gone)
        try await world.file()
        try await world.sendRecords()
        #expect(world.hooks.calls.count == 1)
        let stopped = try await world.desk.webhooks().first
        #expect(stopped?.id == hook.id && stopped?.stopped == .gone)
        #expect(stopped?.secrets.isEmpty == true)
    }

    @Test func `what waits for a webhook that was stopped is not sent`() async throws {
        let world = try await World()
        let hook = try await add(world, Cast.maple)
        world.hooks.answer(.deferred(reason: "x"))
        try await world.file()
        try await world.desk.stopWebhook(hook.id)
        try await world.desk.stopWebhook(hook.id)
        try await world.walk(to: world.clock.now().advanced(bySeconds: 86_400))
        #expect(world.hooks.calls.count == 1)
        #expect(try await world.everything().troubled.isEmpty)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.rotateWebhookSecret(hook.id)
        }
    }

    @Test func `one that was stopped is forgotten a month later, and one that is told never`()
        async throws
    {
        let world = try await World()
        let url = try WebhookURL(parsing: "https://hooks.oak.example/in")
        let oak = School.oak.organization
        let stopped = try await world.desk.addWebhook(for: oak, to: url, events: []).webhook.id
        let told = try await world.desk.addWebhook(for: oak, to: url, events: []).webhook.id
        try await world.desk.stopWebhook(stopped)
        // One that was stopped before its day was kept.
        let older = try await world.desk.addWebhook(for: oak, to: url, events: []).webhook.id
        try await world.store.write { session in
            guard var webhook = try session.webhook(older) else { throw CaseworkFailure.notFound }
            webhook.stopped = .gone
            try session.save(webhook)
        }
        world.clock.advance(bySeconds: Webhook.memory - 1)
        #expect(try await world.desk.forgetStoppedWebhooks() == 0)
        world.clock.advance(bySeconds: 1)
        #expect(try await world.desk.forgetStoppedWebhooks() == 1)
        #expect(try await Set(world.desk.webhooks().map(\.id)) == [told, older])
        world.clock.advance(bySeconds: Webhook.memory)
        #expect(try await world.desk.forgetStoppedWebhooks() == 1)
        #expect(try await world.desk.webhooks().map(\.id) == [told])
        let actions = try await world.everything().audit.map(\.action)
        #expect(actions.filter { $0 == "webhook.forget" }.count == 2)
    }

    @Test func `the old secret signs beside the new one for a day`() async throws {
        let world = try await World()
        let hook = try await add(world, Cast.maple, events: [.inquiryAsked])
        let signatures = {
            world.hooks.calls.last?.headers.last { $0.name == "webhook-signature" }?.value
                .split(separator: " ").count
        }
        try await world.file()
        #expect(signatures() == 1)
        let fresh = try await world.desk.rotateWebhookSecret(hook.id)
        #expect(fresh.revealed.hasPrefix("whsec_") && fresh.revealed.utf8.count == 50)
        try await world.file { $0.given = "Pilar" }
        #expect(signatures() == 2)
        // A third ends the first: two count at most.
        _ = try await world.desk.rotateWebhookSecret(hook.id)
        try await world.file { $0.given = "Petra" }
        #expect(signatures() == 2)
        try await world.walk(to: world.clock.now().advanced(bySeconds: Webhook.overlap))
        try await world.file { $0.given = "Paula" }
        #expect(signatures() == 1)
    }

    @Test func `one organisation has ten at most`() async throws {
        let world = try await World()
        let first = try await add(world, Self.oak)
        for _ in 1..<Webhook.most { _ = try await add(world, Self.oak) }
        await #expect(throws: CaseworkFailure.notPossibleNow) { try await add(world, Self.oak) }
        _ = try await add(world, Cast.maple)
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.rotateWebhookSecret(.numbered(9))
        }
        try await world.desk.stopWebhook(first.id)
        _ = try await add(world, Self.oak)
        // The path of an address may be a secret.
        let details = try await world.everything().audit.map(\.detail).joined()
        #expect(details.contains("hooks.example") && !details.contains("hooks.example/"))
    }

    @Test func `a district's system is told of its schools, and keeps their webhooks`() async throws
    {
        let world = try await World()
        let district = Cast.mapleDistrict.actor
        let own = try await world.desk.addWebhook(
            of: .district(School.maple.district),
            to: WebhookURL(parsing: "https://hooks.example/district"),
            events: [.inquiryAsked],
            by: district
        ).webhook
        let school = try await world.desk.addWebhook(
            of: Cast.maple,
            to: WebhookURL(parsing: "https://hooks.example/school"),
            events: [.inquiryAsked],
            by: district
        ).webhook
        _ = try await add(world, Self.oak, "oak")
        #expect(try await world.desk.webhooks(by: district).map(\.id) == [own.id, school.id])
        #expect(try await world.desk.webhooks(by: Cast.clerk.actor).map(\.id) == [school.id])
        try await world.file()
        #expect(try types(world, "district") == ["inquiry.asked"])
        #expect(try types(world, "school") == ["inquiry.asked"])
        try await world.desk.stopWebhook(school.id, by: district)
        try await world.file { $0.given = "Pilar" }
        #expect(try types(world, "district").count == 2)
        #expect(try types(world, "school").count == 1)
    }

    @Test func `a system that missed the answer does not get everything twice`() async throws {
        let world = try await World()
        let first = try await addOwn(world)
        await #expect(throws: CaseworkFailure.alreadyThere) { try await addOwn(world) }
        #expect(try await world.desk.webhooks(by: Cast.clerk.actor).map(\.id) == [first])
        // Stopped, it can be told again.
        try await world.desk.stopWebhook(first, by: Cast.clerk.actor)
        #expect(try await addOwn(world) != first)
    }

    @discardableResult
    private func addOwn(_ world: World) async throws -> Webhook.ID {
        let added = try await world.desk.addWebhook(
            of: Cast.maple,
            to: WebhookURL(parsing: "https://hooks.example/in"),
            events: [],
            by: Cast.clerk.actor
        )
        return added.webhook.id
    }

    @Test func `a test is sent at once, signed, and says nothing`() async throws {
        let world = try await World()
        let hook = try await add(world, Cast.maple, events: [.recordsReceived])
        try await world.desk.testWebhook(hook.id, by: Cast.clerk.actor)
        try await world.settle()
        #expect(try types(world, "in") == ["webhook.test"])
        let call = try #require(world.hooks.calls.first)
        #expect(call.headers.contains { $0.name == "webhook-signature" })
        #expect(String(decoding: call.body, as: UTF8.self).hasSuffix("\"data\":{}}"))
        try await world.desk.stopWebhook(hook.id, by: Cast.clerk.actor)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.testWebhook(hook.id, by: Cast.clerk.actor)
        }
    }

    @Test func `a test is one post, once a minute, whoever's address it is`() async throws {
        let world = try await World()
        let hook = try await add(world, Cast.maple, events: [.recordsReceived])
        world.hooks.answerAlways(.deferred(reason: "it cannot be reached"))
        try await world.desk.testWebhook(hook.id, by: Cast.clerk.actor)
        try await world.settle()
        #expect(world.hooks.calls.count == 1)
        let wait = WebhookTestedLately(seconds: Int(Webhook.testPause))
        await #expect(throws: wait) {
            try await world.desk.testWebhook(hook.id, by: Cast.clerk.actor)
        }
        try await world.walk(to: world.clock.now().advanced(bySeconds: 86_400))
        #expect(world.hooks.calls.count == 1)
        #expect(try await world.everything().troubled.isEmpty)
        try await world.desk.testWebhook(hook.id, by: Cast.clerk.actor)
        try await world.settle()
        #expect(world.hooks.calls.count == 2)
    }
}
