import Casework
import RecordExchange
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite("Servers that take their time")
struct SlowServerTests {
    @Test(.timeLimit(.minutes(10)))
    func `a mail that stalls holds up no other, and none is sent twice`() async throws {
        let world = try await World()
        let server = StallingServer()
        let worker = worker(world, server) { await server.heard("quick").wait() }
        try await enqueue(["stalled", "quick"], in: world)

        #expect(try await worker.startDue() == 2)
        #expect(server.sent == ["quick"])
        #expect(try await worker.startDue() == 0)

        server.gate.open()
        await worker.stop()
        #expect(server.sent.sorted() == ["quick", "stalled"])
        #expect(try await statuses(world) == [.done, .done])
        #expect(try await worker.startDue() == 0)
    }

    @Test(.timeLimit(.minutes(10)))
    func `a hundred stalled mails hold up no seal`() async throws {
        let world = try await World()
        let server = StallingServer()
        let seal = Effect(id: .numbered(999), work: .assemble(.numbered(1)), due: world.clock.now())
        let store = world.store
        let worker = worker(world, server) {
            while (try? await store.read { try $0.effect(seal.id)?.status }) != .done {
                await Task.yield()
            }
        }
        try await enqueue(Array(repeating: "stalled", count: 100), in: world)
        try await store.write { try $0.enqueue(seal) }

        #expect(try await worker.startDue() == 101)
        #expect(server.begun == 8)

        server.gate.open()
        // Those that never had their turn are left as they were, and tried again.
        await worker.stop()
        let left = try await statuses(world).filter { $0 == .waiting }.count
        #expect(left == 100 - server.sent.count)
        #expect(try await worker.carryOutDue() == left)
        #expect(server.sent.count == 100)
    }

    @Test(.timeLimit(.minutes(10)))
    func `more than one reading takes is started although the first of them stall`() async throws {
        let world = try await World()
        let server = StallingServer()
        let worker = worker(world, server) {}
        try await enqueue(Array(repeating: "stalled", count: 30), in: world)

        #expect(try await worker.startDue(limit: 10) == 10)
        #expect(try await worker.startDue(limit: 10) == 10)
        #expect(try await worker.startDue(limit: 10) == 10)
        #expect(try await worker.startDue(limit: 10) == 0)

        server.gate.open()
        await worker.stop()
    }

    private func worker(
        _ world: World,
        _ server: StallingServer,
        pause: @escaping @Sendable () async -> Void
    ) -> OutboxWorker {
        OutboxWorker(
            desk: world.desk,
            mail: server,
            bundles: world.partners,
            assembler: world.assembler,
            webhooks: world.hooks,
            pause: pause
        )
    }

    private func enqueue(_ names: [String], in world: World) async throws {
        let now = world.clock.now()
        try await world.store.write { session in
            for (position, name) in names.enumerated() {
                let mail = OutgoingMail.sample(position + 1, text: name)
                let effect = Effect(
                    id: .numbered(position + 1),
                    work: .mail(mail, about: Effect.MailSubject(letter: "sample")),
                    due: now
                )
                try session.enqueue(effect)
            }
        }
    }

    private func statuses(_ world: World) async throws -> [Effect.Status] {
        try await world.store.read { session in
            try (1...200).compactMap { try session.effect(.numbered($0))?.status }
        }
    }
}

/// Takes mails whose text is "stalled" only once its gate is open.
private final class StallingServer: MailCourier {
    private struct State {
        var begun = 0
        var sent: [String] = []
        var gates: [String: Gate] = [:]
    }

    let gate = Gate()
    private let state = Mutex(State())

    var begun: Int { state.withLock(\.begun) }
    var sent: [String] { state.withLock(\.sent) }

    /// Opens once a mail with that text was taken.
    func heard(_ text: String) -> Gate {
        state.withLock { state in
            let gate = state.gates[text] ?? Gate()
            state.gates[text] = gate
            return gate
        }
    }

    func send(_ mail: OutgoingMail) async -> MailOutcome {
        state.withLock { $0.begun += 1 }
        if mail.plainText == "stalled" { await gate.wait() }
        state.withLock { $0.sent.append(mail.plainText) }
        heard(mail.plainText).open()
        return .accepted
    }
}

/// Lets everybody through once it is open.
private final class Gate: Sendable {
    private let state = Mutex((isOpen: false, waiting: [CheckedContinuation<Void, Never>]()))

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in waiting { one.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
