import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("The outbox on file")
struct OutboxContract {
    @Test(arguments: Backend.allCases)
    func `every kind of effect comes back as it was enqueued`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let effects = [
            Effect.mail(1), Effect(id: .numbered(2), work: .assemble(.numbered(7)), due: Self.noon),
            Effect(id: .numbered(3), work: .push(.numbered(8)), due: Self.noon),
            Effect(id: .numbered(4), work: .digest(.numbered(6), .texas), due: Self.noon),
        ]
        #expect(Set(effects.map(\.kind)).count == effects.count)
        try await store.write { session in for effect in effects { try session.enqueue(effect) } }

        for effect in effects {
            #expect(try await store.read { try $0.effect(effect.id) } == effect)
        }
        #expect(try await store.read { try $0.effect(.numbered(9)) } == nil)
    }

    @Test(arguments: Backend.allCases)
    func `an effect is enqueued once`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.write { try $0.enqueue(.mail(1)) }

        await #expect(throws: StoreConflict("effect")) {
            try await store.write { try $0.enqueue(.mail(1)) }
        }
    }

    @Test(arguments: Backend.allCases)
    func `one person's mails of a day are counted, and those that are held are found`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let (ana, ben) = (EmailAddress.of("ana", at: "maple"), EmailAddress.of("ben", at: "maple"))
        try await store.write { session in
            for number in 1...6 {
                try session.enqueue(
                    .mail(number, due: .noon("2026-05-18", plusSeconds: Int64(60 - number)))
                )
            }
            try session.noteMail(.numbered(1), to: ana, on: .on("2026-05-18"), isHeld: false)
            try session.noteMail(.numbered(2), to: ana, on: .on("2026-05-18"), isHeld: true)
            try session.noteMail(.numbered(3), to: ana, on: .on("2026-05-18"), isHeld: true)
            try session.noteMail(.numbered(4), to: ana, on: .on("2026-05-19"), isHeld: false)
            try session.noteMail(.numbered(5), to: ben, on: .on("2026-05-18"), isHeld: false)
            try session.noteMail(.numbered(6), to: ben, on: .on("2026-05-18"), isHeld: true)
        }
        let (count, other, none) = try await store.read { session in
            (
                try session.singleMails(to: ana, on: .on("2026-05-18")),
                try session.singleMails(to: ben, on: .on("2026-05-18")),
                try session.singleMails(to: ben, on: .on("2026-05-20"))
            )
        }
        #expect((count, other, none) == (1, 1, 0))
        #expect(
            try await store.read { try $0.heldMails(to: ana).map(\.id) }
                == [.numbered(3), .numbered(2)]
        )
        try await store.write { session in
            var effect = try #require(try session.effect(.numbered(3)))
            effect.status = .done
            try session.save(effect)
        }
        #expect(try await store.read { try $0.heldMails(to: ana).map(\.id) } == [.numbered(2)])
    }

    @Test(arguments: Backend.allCases)
    func `waiting effects come due earliest first, up to the limit`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let effects = [(1, 30), (2, 10), (3, 20), (4, 40), (5, 5), (6, 6)].map { number, second in
            var effect = Effect.mail(number, due: .noon("2026-05-18", plusSeconds: Int64(second)))
            if number == 5 { effect.status = .done }
            if number == 6 { effect.status = .failed }
            return effect
        }
        try await store.write { session in for effect in effects { try session.enqueue(effect) } }

        let (due, two, next) = try await store.read { session in
            let instant = Instant.noon("2026-05-18", plusSeconds: 30)
            return (
                try session.dueEffects(by: instant, limit: 10).map(\.id),
                try session.dueEffects(by: instant, limit: 2).map(\.id),
                try session.nextEffect()
            )
        }

        #expect(due == [.numbered(2), .numbered(3), .numbered(1)])
        #expect(two == [.numbered(2), .numbered(3)])
        #expect(next == .noon("2026-05-18", plusSeconds: 10))
    }

    @Test(arguments: Backend.allCases)
    func `with nothing waiting there is no next effect`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        var effect = Effect.mail(1)
        effect.status = .done
        try await store.write { [effect] in try $0.enqueue(effect) }

        #expect(try await store.read { try $0.nextEffect() } == nil)
    }

    @Test(arguments: Backend.allCases)
    func `a failed attempt waits until its new instant`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        var effect = Effect.mail(1, text: "the code is 1234")
        try await store.write { [effect] in try $0.enqueue(effect) }
        effect.attempts = 1
        effect.due = .noon("2026-05-18", plusSeconds: 30)
        effect.trouble = "no connection"
        try await store.write { [effect] in try $0.save(effect) }

        let (now, later) = try await store.read { session in
            (
                try session.dueEffects(by: Self.noon, limit: 10),
                try session.dueEffects(by: .noon("2026-05-18", plusSeconds: 30), limit: 10)
            )
        }

        #expect(now.isEmpty)
        #expect(later == [effect])
    }

    @Test(arguments: Backend.allCases)
    func `a mail that is done keeps what it was about and loses its text`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        var effect = Effect.mail(1, text: "the code is 1234")
        effect.attempts = 2
        effect.trouble = "answered late"
        effect.due = .noon("2026-05-18", plusSeconds: 60)
        effect.status = .done
        try await store.write { [effect] session in
            try session.enqueue(.mail(1, text: "the code is 1234"))
            try session.save(effect)
        }

        let found = try #require(try await store.read { try $0.effect(.numbered(1)) })

        guard case .mail(let mail, let subject) = found.work,
            case .mail(let original, let originalSubject) = effect.work
        else {
            Issue.record("a mail stays a mail")
            return
        }
        #expect(subject == originalSubject)
        #expect(mail.plainText.isEmpty)
        #expect(mail.html.isEmpty)
        #expect(mail.messageID == original.messageID)
        #expect(mail.to == original.to)
        #expect(mail.subject == original.subject)
        #expect(found.status == .done)
        #expect(found.attempts == 2)
        #expect(found.due == effect.due)
        #expect(found.createdAt == effect.createdAt)
        #expect(found.trouble == "answered late")
    }

    @Test(arguments: Backend.allCases)
    func `a mail that was given up keeps its text, so that it can be tried again`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        var effect = Effect.mail(1)
        effect.status = .failed
        try await store.write { [effect] in try $0.save(effect) }

        #expect(try await store.read { try $0.effect(.numbered(1)) } == effect)
    }

    @Test(arguments: Backend.allCases)
    func `what went wrong and is not done is in trouble, oldest first`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let table: [(Effect.Status, attempts: Int)] = [
            (.waiting, 0), (.waiting, 2), (.failed, 1), (.done, 3), (.failed, 0),
        ]
        let effects = table.enumerated().map { index, row in
            var effect = Effect.mail(index, due: .noon("2026-05-18", plusSeconds: Int64(-index)))
            effect.status = row.0
            effect.attempts = row.attempts
            return effect
        }
        try await store.write { session in for effect in effects { try session.save(effect) } }

        let (all, one) = try await store.read { session in
            (
                try session.troubledEffects(limit: 10).map(\.id),
                try session.troubledEffects(limit: 1).map(\.id)
            )
        }

        #expect(all == [.numbered(4), .numbered(2), .numbered(1)])
        #expect(one == [.numbered(4)])
    }

    private static let noon = Instant.noon("2026-05-18")
}

extension Effect {
    static func mail(
        _ number: Int,
        text: String = "Hello",
        due: Instant = .noon("2026-05-18")
    ) -> Effect {
        Effect(
            id: .numbered(number),
            work: .mail(
                .sample(number, text: text),
                about: MailSubject(letter: "ask", request: .numbered(1), contact: .numbered(2))
            ),
            due: due
        )
    }
}
