import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

/// A recall meets a push: what has not left does not leave, and what is leaving is broken off.
@Suite("Recalling what is pushed") struct RecallPushTests {
    private static let oak = School.oak.organization

    private func world() async throws -> World {
        let world = try await World()
        try await world.desk.setPush(
            .https(HTTPSDestination(url: "https://drop.oak.example/in")),
            of: Self.oak,
            certificatePEM: "PEM"
        )
        return world
    }

    private func pushes(_ world: World) async throws -> [Delivery] {
        try await world.everything().deliveries.filter { Delivery.pushes.contains($0.way) }
    }

    private func recall(_ world: World, _ request: RecordRequest) async throws -> RecallView {
        let bundle = try #require(try await world.story(of: request).bundles.first)
        return try await world.desk.recallRecords(
            bundle.id,
            in: request.number,
            note: "",
            by: Cast.clerk.actor
        )
    }

    @Test func `a push that is to be tried again is not made`() async throws {
        let world = try await world()
        let request = try await world.file()
        world.partners.answer(.deferred(reason: "503"))
        try await world.sendRecords()
        #expect(try await pushes(world).map(\.status) == [.retrying])
        let view = try await recall(world, request)
        #expect(try await pushes(world).map(\.status) == [.failed])
        try await world.walk(to: world.clock.now().advanced(bySeconds: 2 * 86_400))
        #expect(world.partners.pushes.count == 1)
        // Its system was written down before a byte left, so the school is asked all the same.
        #expect(view.openings.map(\.way) == [.httpsPush] && view.open == 1)
        // Nor by hand.
        _ = try await world.desk.retryPushes(of: Self.oak)
        try await world.settle()
        #expect(world.partners.pushes.count == 1)
        #expect(try await pushes(world).map(\.status) == [.failed])
    }

    @Test(.timeLimit(.minutes(10)))
    func `a push that is under way is broken off`() async throws {
        let world = try await world()
        let request = try await world.file()
        let server = StalledServer()
        let worker = OutboxWorker(
            desk: world.desk,
            mail: world.mail,
            bundles: server,
            assembler: world.assembler,
            webhooks: world.hooks,
            pause: { await server.begun() }
        )
        let answerer = try await world.open()
        _ = try await world.desk.answer(
            answerer.inquiry,
            with: .sample(files: 1, complete: true),
            by: answerer
        )
        // The seal, then the push.
        _ = try await worker.carryOutOthers(in: world)
        _ = try await worker.startDue()
        _ = try await recall(world, request)
        _ = try await worker.startDue()
        await server.ended()
        await worker.stop()
        #expect(try await pushes(world).map(\.status) == [.failed])
    }

    @Test func `one that arrives all the same is known`() async throws {
        let world = try await world()
        let request = try await world.file()
        world.partners.answer(.deferred(reason: "503"))
        try await world.sendRecords()
        let delivery = try #require(try await pushes(world).first)
        let order = try #require(try await world.desk.preparePush(delivery.id))
        _ = try await recall(world, request)
        #expect(try await world.desk.preparePush(delivery.id) == nil)
        #expect(try await !world.desk.notePush(order, .delivered(bytes: 5)))
        let kinds = try await world.story(of: request).events.map(\.kind)
        #expect(kinds.contains(.pushed(bundle: delivery.bundle, to: Self.oak)))
    }
}

extension OutboxWorker {
    /// Seals what was sent, with a server that takes nothing yet.
    fileprivate func carryOutOthers(in world: World) async throws -> Int {
        let due = try await world.store.read { session in
            try session.dueEffects(by: world.clock.now(), limit: 100)
        }
        for effect in due {
            guard case .assemble(let bundle) = effect.work,
                let order = try await world.desk.order(for: bundle)
            else { continue }
            try await world.desk.noteSealed(bundle, try await world.assembler.assemble(order))
        }
        return due.count
    }
}

/// Takes a parcel and never finishes, until the push is broken off.
private final class StalledServer: BundleCourier {
    private let never = AsyncStream.makeStream(of: Void.self)
    private let starts = AsyncStream.makeStream(of: Void.self)
    private let ends = AsyncStream.makeStream(of: Void.self)

    func push(_ parcel: Parcel, to destination: PushDestination) async -> PushOutcome {
        starts.continuation.yield()
        for await _ in never.stream {}
        ends.continuation.yield()
        return .deferred(reason: "broken off")
    }

    func begun() async {
        for await _ in starts.stream { return }
    }

    func ended() async {
        for await _ in ends.stream { return }
    }
}
