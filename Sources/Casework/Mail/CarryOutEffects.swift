package import RecordExchange
import Vocabulary

/// Carries out what transactions left in the outbox: at least once, each with its own identifier.
package struct OutboxWorker: Sendable {
    private let desk: Desk
    private let mail: any MailCourier
    private let bundles: any BundleCourier
    private let assembler: any BundleAssembler
    private let webhooks: any WebhookCourier
    private let underWay = UnderWay()
    private let pause: @Sendable () async -> Void

    /// `pause` is how long `startDue` waits for what it started.
    package init(
        desk: Desk,
        mail: any MailCourier,
        bundles: any BundleCourier,
        assembler: any BundleAssembler,
        webhooks: any WebhookCourier,
        pause: @escaping @Sendable () async -> Void = { try? await Task.sleep(for: .seconds(1)) }
    ) {
        self.desk = desk
        self.mail = mail
        self.bundles = bundles
        self.assembler = assembler
        self.webhooks = webhooks
        self.pause = pause
    }

    /// Carries out every effect that is due and waits for all of them.
    ///
    /// One that fails holds back no other: it is tried again later, and `onFailure` hears of it.
    ///
    /// - Returns: how many were tried.
    @discardableResult
    package func carryOutDue(
        limit: Int = 200,
        onFailure: @escaping @Sendable (Effect.ID, any Error) -> Void = { _, _ in }
    ) async throws -> Int {
        let tasks = try await start(limit, onFailure)
        try await withTaskCancellationHandler {
            for task in tasks { try await task.value }
        } onCancel: {
            for task in tasks { task.cancel() }
        }
        return tasks.count
    }

    /// Starts every effect that is due and not under way, and waits for them a moment only: a
    /// server that stalls must not hold up the mails, timers and seals of everybody else.
    ///
    /// - Returns: how many were started.
    package func startDue(
        limit: Int = 200,
        onFailure: @escaping @Sendable (Effect.ID, any Error) -> Void = { _, _ in }
    ) async throws -> Int {
        let tasks = try await start(limit, onFailure)
        guard !tasks.isEmpty else { return 0 }
        let (done, finish) = AsyncStream.makeStream(of: Void.self)
        Task {
            for task in tasks { _ = await task.result }
            finish.finish()
        }
        await withTaskGroup { [pause] group in
            group.addTask { for await _ in done {} }
            group.addTask { await pause() }
            await group.next()
            group.cancelAll()
        }
        return tasks.count
    }

    /// Breaks off what is under way; it is tried again another time.
    package func stop() async {
        await underWay.stop()
    }

    private func start(
        _ limit: Int,
        _ onFailure: @escaping @Sendable (Effect.ID, any Error) -> Void
    ) async throws -> [Task<Void, any Error>] {
        let now = desk.time.now()
        // What must not arrive any more is broken off wherever it is.
        for delivery in try await desk.stopped(underWay.pushes) {
            underWay.breakOff(push: delivery)
        }
        // What is under way is due as well.
        let most = limit + underWay.count
        let due = try await desk.store.read { [underWay] session in
            try session.dueEffects(by: now, limit: most)
                .filter { !underWay.contains($0.id) }
                .map { DueEffect($0, in: session) }
        }
        return due.compactMap { due in
            underWay.start(due) { try await attempt(due.effect, onFailure) }
        }
    }

    private func attempt(
        _ effect: Effect,
        _ onFailure: @Sendable (Effect.ID, any Error) -> Void
    ) async throws {
        do {
            // It may have been done between the reading and the start.
            let current = try await desk.store.read { try $0.effect(effect.id) }
            guard let current, current.status == .waiting, current.due == effect.due else { return }
            try await carryOut(current)
        } catch {
            // Where not even this can be written the store itself is at fault.
            try await desk.postpone(effect.id, trouble: Self.words(for: error))
            onFailure(effect.id, error)
        }
    }

    private func carryOut(_ effect: Effect) async throws {
        switch effect.work {
        case .mail(let letter, _):
            try await desk.noteMail(effect.id, await mail.send(letter))
        case .digest(let contact, let state):
            try await desk.writeDigest(for: contact, of: state, instead: effect.id)
        case .waiting(let contact, let state):
            try await desk.writeMondayMail(to: contact, of: state, instead: effect.id)
        case .recall(let bundle):
            try await desk.pursueRecall(bundle, instead: effect.id)
        case .notices(let box):
            try await desk.writeNotices(to: box, instead: effect.id)
        case .assemble(let bundle):
            try await seal(bundle)
            try await desk.finish(effect.id)
        case .webhook(let message):
            guard let call = try await desk.webhookCall(message, as: effect.id) else {
                try await desk.finish(effect.id)
                return
            }
            try await desk.noteWebhook(effect.id, message, await webhooks.post(call))
        case .push(let delivery):
            guard let order = try await desk.preparePush(delivery) else {
                try await desk.finish(effect.id)
                return
            }
            let outcome = await bundles.push(
                Parcel(
                    path: assembler.sealedFile(of: order.bundle),
                    name: order.fileName,
                    key: order.delivery.description,
                    sha256: order.sha256
                ),
                to: order.destination
            )
            if try await desk.notePush(order, outcome) {
                try await desk.postpone(effect.id, trouble: outcome.trouble)
            } else {
                try await desk.finish(effect.id)
            }
        }
    }

    /// Looks through an answer's files at once, where the scanner answers: whoever sent them hears
    /// of it while they are there.
    ///
    /// What it does not say now is said when the answer is sealed.
    package func inspect(_ bundle: RecordBundle.ID) async {
        do {
            guard let order = try await desk.order(for: bundle), order.bundle.seal == nil else {
                return
            }
            do { try await assembler.inspect(order) } catch let infected as InfectedFiles {
                _ = try await lockUp(infected, of: bundle)
            }
        } catch {}
    }

    /// Seals what of an answer may be passed on; nothing where nothing is left.
    private func seal(_ bundle: RecordBundle.ID) async throws {
        while let order = try await desk.order(for: bundle), order.bundle.seal == nil,
            !order.bundle.files.isEmpty
        {
            do {
                let seal = try await assembler.assemble(order)
                if try await desk.noteSealed(bundle, seal, of: order.bundle.files) { return }
            } catch {
                if let infected = error as? InfectedFiles,
                    try await lockUp(infected, of: bundle)
                {
                    continue
                }
                // Whoever looked through it at the same time may have been faster. Otherwise the
                // next round would find the same.
                let now = try await desk.order(for: bundle)
                guard let now, now.bundle.files != order.bundle.files else { throw error }
            }
        }
    }

    /// On file first: no answer names them any more then, and after an end in between they are
    /// moved by the housekeeping.
    private func lockUp(_ infected: InfectedFiles, of bundle: RecordBundle.ID) async throws -> Bool
    {
        let locked = try await desk.quarantine(infected.findings, of: bundle)
        for file in locked { try assembler.lockAway(file) }
        return !locked.isEmpty
    }

    // An error's own words could hold a path or a name; its type says enough for the log.
    private static func words(for error: any Error) -> String { "\(type(of: error))" }
}

extension PushOutcome {
    fileprivate var trouble: String {
        switch self {
        case .delivered: ""
        case .deferred(let reason), .refused(let reason): reason
        }
    }
}

extension Desk {
    fileprivate func finish(_ id: Effect.ID) async throws {
        try await write { transaction in
            guard var effect = try transaction.session.effect(id) else { return }
            effect.status = .done
            effect.trouble = ""
            try transaction.session.save(effect)
        }
    }

    fileprivate func postpone(_ id: Effect.ID, trouble: String) async throws {
        try await write { transaction in
            guard var effect = try transaction.session.effect(id) else { return }
            effect.attempts += 1
            effect.trouble = trouble
            let delay = Effect.delay(afterAttempts: effect.attempts)
            effect.due = transaction.now.advanced(bySeconds: delay)
            try transaction.session.save(effect)
        }
    }
}
