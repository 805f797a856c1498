import RecordExchange
import Vocabulary

/// Carries out what transactions left in the outbox: at least once, each with its own identifier.
package struct OutboxWorker: Sendable {
    private let desk: Desk
    private let mail: any MailCourier
    private let bundles: any BundleCourier
    private let assembler: any BundleAssembler

    package init(
        desk: Desk,
        mail: any MailCourier,
        bundles: any BundleCourier,
        assembler: any BundleAssembler
    ) {
        self.desk = desk
        self.mail = mail
        self.bundles = bundles
        self.assembler = assembler
    }

    /// Carries out every effect that is due; mails and pushes eight at a time, so that one slow
    /// server does not hold up the rest.
    ///
    /// One that fails holds back no other: it is tried again later, and `onFailure` hears of it.
    ///
    /// - Returns: how many were tried.
    @discardableResult
    package func carryOutDue(
        limit: Int = 200,
        onFailure: @escaping @Sendable (Effect.ID, any Error) -> Void = { _, _ in }
    ) async throws -> Int {
        let now = desk.time.now()
        let due = try await desk.store.read { try $0.dueEffects(by: now, limit: limit) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (position, effect) in due.enumerated() {
                if position >= 8 { try await group.next() }
                group.addTask {
                    do {
                        try await carryOut(effect)
                    } catch {
                        // Where not even this can be written the store itself is at fault.
                        try await desk.postpone(effect.id, trouble: Self.words(for: error))
                        onFailure(effect.id, error)
                    }
                }
            }
            try await group.waitForAll()
        }
        return due.count
    }

    private func carryOut(_ effect: Effect) async throws {
        switch effect.work {
        case .mail(let letter, _):
            try await desk.noteMail(effect.id, await mail.send(letter))
        case .digest(let contact, let state):
            try await desk.writeDigest(for: contact, of: state, instead: effect.id)
        case .assemble(let bundle):
            if let order = try await desk.order(for: bundle), order.bundle.seal == nil {
                try await desk.noteSealed(bundle, try await assembler.assemble(order))
            }
            try await desk.finish(effect.id)
        case .push(let delivery):
            guard let order = try await desk.preparePush(delivery) else {
                try await desk.finish(effect.id)
                return
            }
            let outcome = await bundles.push(
                fileAt: assembler.sealedFile(of: order.bundle),
                as: order.fileName,
                to: order.destination
            )
            if try await desk.notePush(order, outcome) {
                try await desk.postpone(effect.id, trouble: outcome.trouble)
            } else {
                try await desk.finish(effect.id)
            }
        }
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
