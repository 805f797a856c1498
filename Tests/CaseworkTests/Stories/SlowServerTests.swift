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

    @Test(.timeLimit(.minutes(10)))
    func `twenty bundles for a partner that stalls hold up no other's`() async throws {
        let world = try await World()
        let partners = StallingPartners()
        let worker = worker(world, partners) { await partners.quick.wait() }
        try await enqueuePushes(in: world)

        #expect(try await worker.startDue() == 21)
        #expect(partners.taken == [StallingPartners.quickHost])
        #expect(partners.begun <= 4)

        partners.gate.open()
        await worker.stop()
    }

    @Test(.timeLimit(.minutes(10)))
    func `twenty messages for a webhook that stalls hold up no other's`() async throws {
        let world = try await World()
        let partners = StallingPartners()
        let worker = worker(world, partners) { await partners.quick.wait() }
        try await enqueueMessages(in: world)

        #expect(try await worker.startDue() == 21)
        #expect(partners.taken == [StallingPartners.quickHost])
        #expect(partners.begun <= 4)

        partners.gate.open()
        await worker.stop()
    }

    @Test(.timeLimit(.minutes(10)))
    func `twelve servers that stall, with six messages each, hold up no thirteenth`() async throws {
        let world = try await World()
        let partners = StallingPartners()
        let worker = worker(world, partners) { await partners.quick.wait() }
        var hooks: [Webhook.ID] = []
        for number in 0..<12 {
            let url = "https://s\(number).\(StallingPartners.stalledHost)/in"
            // One organisation has ten at most.
            let owner = number < 6 ? School.oak.organization : Cast.maple
            hooks.append(
                try await world.desk.addWebhook(
                    for: owner,
                    to: WebhookURL(parsing: url),
                    events: []
                ).webhook.id
            )
        }
        let quick = try await world.desk.addWebhook(
            for: Cast.willow,
            to: WebhookURL(parsing: "https://\(StallingPartners.quickHost)/in"),
            events: []
        ).webhook.id
        let (now, stalled) = (world.clock.now(), hooks)
        try await world.store.write { session in
            for number in 0...72 {
                let message = WebhookMessage(
                    webhook: number == 72 ? quick : stalled[number / 6],
                    event: .requestOpened,
                    body: "{}"
                )
                let id = Effect.ID.numbered(500_001 + number)
                try session.enqueue(Effect(id: id, work: .webhook(message), due: now))
            }
        }

        #expect(try await worker.startDue() == 73)
        #expect(partners.taken == [StallingPartners.quickHost])

        // And nothing is forgotten.
        partners.gate.open()
        while partners.taken.count < 73 { await Task.yield() }
        await worker.stop()
        #expect(partners.taken.count == 73)
    }

    @Test(.timeLimit(.minutes(10)), arguments: [false, true])
    func `everything that waited for one server has its turn there`(isPush: Bool) async throws {
        let world = try await World()
        let partners = StallingPartners()
        partners.gate.open()
        let worker = worker(world, partners) {}
        if isPush {
            try await enqueuePushes(in: world)
        } else {
            try await enqueueMessages(in: world)
        }

        #expect(try await worker.carryOutDue() == 21)
        #expect(partners.taken.filter { $0 == StallingPartners.stalledHost }.count == 20)
        #expect(partners.taken.count == 21)
    }

    private func worker(
        _ world: World,
        _ partners: StallingPartners,
        pause: @escaping @Sendable () async -> Void
    ) -> OutboxWorker {
        OutboxWorker(
            desk: world.desk,
            mail: world.mail,
            bundles: partners,
            assembler: world.assembler,
            webhooks: partners,
            pause: pause
        )
    }

    /// Twenty for the one that stalls, and after them one for the other.
    private func enqueuePushes(in world: World) async throws {
        let request = try await world.file()
        let bundle = try await world.sendRecords()
        let stalled = School.oak.organization
        let now = world.clock.now()
        try await world.store.write { session in
            for (host, recipient) in [
                (StallingPartners.stalledHost, stalled), (StallingPartners.quickHost, Cast.willow),
            ] {
                let folder = PushDestination.https(HTTPSDestination(url: "https://\(host)/in"))
                let channel = Channel(organization: recipient, certificatePEM: "PEM", push: folder)
                try session.save(channel)
            }
            for number in 500_001...500_021 {
                let delivery = Delivery(
                    id: .numbered(number),
                    bundle: bundle.id,
                    request: request.id,
                    recipient: number == 500_021 ? Cast.willow : stalled,
                    way: .httpsPush,
                    at: now
                )
                try session.save(delivery)
                let effect = Effect(id: .numbered(number), work: .push(delivery.id), due: now)
                try session.enqueue(effect)
            }
        }
    }

    /// The same for their webhooks.
    private func enqueueMessages(in world: World) async throws {
        let stalled = try await world.desk.addWebhook(
            for: School.oak.organization,
            to: WebhookURL(parsing: "https://\(StallingPartners.stalledHost)/in"),
            events: []
        ).webhook.id
        let quick = try await world.desk.addWebhook(
            for: Cast.willow,
            to: WebhookURL(parsing: "https://\(StallingPartners.quickHost)/in"),
            events: []
        ).webhook.id
        let now = world.clock.now()
        try await world.store.write { session in
            for number in 500_001...500_021 {
                let message = WebhookMessage(
                    webhook: number == 500_021 ? quick : stalled,
                    event: .requestOpened,
                    body: "{}"
                )
                let effect = Effect(id: .numbered(number), work: .webhook(message), due: now)
                try session.enqueue(effect)
            }
        }
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

/// Partners' servers, of which one takes what it is sent; the others only once the gate is open.
private final class StallingPartners: BundleCourier, WebhookCourier {
    private struct State {
        var begun = 0
        var taken: [String] = []
    }

    static let stalledHost = "stalled.example"
    static let quickHost = "quick.example"

    let gate = Gate()
    /// Opens once the other one has taken something.
    let quick = Gate()
    private let state = Mutex(State())

    /// How many those that stall have before them.
    var begun: Int { state.withLock(\.begun) }
    /// By whom something was taken.
    var taken: [String] { state.withLock(\.taken) }

    func push(_ parcel: Parcel, to destination: PushDestination) async -> PushOutcome {
        guard case .https(let folder) = destination else { return .refused(reason: "SFTP") }
        await take(folder.url == "https://\(Self.quickHost)/in" ? Self.quickHost : Self.stalledHost)
        return .delivered(bytes: 5)
    }

    func post(_ call: WebhookCall) async -> WebhookOutcome {
        await take(call.url.host)
        return .accepted
    }

    private func take(_ host: String) async {
        if host.hasSuffix(Self.stalledHost) {
            state.withLock { $0.begun += 1 }
            await gate.wait()
        }
        state.withLock { $0.taken.append(host) }
        if host == Self.quickHost { quick.open() }
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
