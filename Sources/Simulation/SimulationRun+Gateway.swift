import Casework
import RecordExchange
import Vocabulary

/// The gateway's own work between what people do, and what comes of it.
extension SimulationRun {
    /// Timers and outbox, one thing at a time so that the order is the same every time.
    func runGateway() async throws {
        var isStill = true
        var touched: Set<RecordRequest.ID> = []
        for _ in 0..<10_000 {
            let failed = CutFlag()
            do {
                touched.formUnion(try await upNext())
                let moved = try await desk.runDueTimers(limit: 1) { _, error in
                    if error is Cut { failed.raise() }
                }
                touched.formUnion(try await upNext())
                let tried = try await worker.carryOutDue(limit: 1) { _, error in
                    if error is Cut { failed.raise() }
                }
                if moved + tried == 0, !failed.isRaised { break }
                isStill = false
            } catch is Cut {
                failed.raise()
            }
            if failed.isRaised {
                isStill = false
                restart()
            }
        }
        try readMail()
        // What a person did was looked at already, and every day everything is.
        if isStill { return }
        try await check("timers and mail", touched.sorted())
    }

    /// The requests that the next timer and the next effect are about.
    private func upNext() async throws -> Set<RecordRequest.ID> {
        let now = clock.now()
        return try await store.read { session in
            let timed = try session.dueTimers(by: now, limit: 1)
                .compactMap { try session.inquiry($0)?.request }
            let told = try session.dueEffects(by: now, limit: 1)
                .flatMap { try $0.requests(session) }
            return Set(timed + told)
        }
    }

    /// The machine came up again: what was in memory is gone.
    func restart() {
        figures.note("restart")
        worker = OutboxWorker(
            desk: desk,
            mail: mail,
            bundles: servers,
            assembler: SimulatedSeals(),
            webhooks: SimulatedSystems()
        )
    }

    private func readMail() throws {
        for letter in mail.takeNew() {
            figures.note(letter.subject)
            try count(letter)
            let words = letter.plainText.split(separator: " ").map(String.init)
            guard words.count == 3 else { continue }
            if !registrars.contains(letter.to) {
                let day = clock.local(letter.date, in: world.states[0].code).date
                itemsOfDay[day, default: [:]][letter.to, default: 0] += Int(words[2]) ?? 0
            }
            if words[0] != BareLetters.none, let reader = world.readers[letter.to] {
                mailsToday[reader.contact.id, default: 0] += 1
                guard random.happens(reader.answers) else { continue }
                schedule(
                    .answer(reader, token: words[0], code: words[1], try: 0),
                    at: later(1...6, reader.isAtWork)
                )
            }
        }
    }

    /// No registrar gets a fourth single mail of a day, and nobody two digests of notices.
    ///
    /// Counted by the day a mail was written: where a server is down they arrive together.
    private func count(_ letter: OutgoingMail) throws {
        let day = clock.local(letter.date, in: world.states[0].code).date
        let kinds = lettersOfDay[day, default: [:]][letter.to, default: [:]]
        let notices = kinds["notices", default: 0] + (letter.subject == "notices" ? 1 : 0)
        let all = kinds.values.reduce(0, +) + 1
        lettersOfDay[day, default: [:]][letter.to, default: [:]][letter.subject, default: 0] += 1
        if notices > 1 {
            throw fault("mail", ["two digests of one day to one person"])
        }
        if registrars.contains(letter.to), all - notices > 3 {
            throw fault("mail", ["\(all - notices) single mails of one day to one registrar"])
        }
    }
}

extension Effect {
    /// What it tells of; a digest of a whole queue tells of no request by itself.
    fileprivate func requests(_ session: any CaseSession) throws -> [RecordRequest.ID] {
        switch work {
        case .mail(_, let subject): return try subject.requests(session)
        case .assemble(let bundle), .recall(let bundle):
            return try session.bundle(bundle).map { [$0.request] } ?? []
        case .push(let delivery):
            guard let bundle = try session.delivery(delivery)?.bundle else { return [] }
            return try session.bundle(bundle).map { [$0.request] } ?? []
        case .digest, .notices, .waiting, .webhook: return []
        }
    }
}

extension Effect.MailSubject {
    fileprivate func requests(_ session: any CaseSession) throws -> [RecordRequest.ID] {
        let asked = try inquiry.flatMap { try session.inquiry($0)?.request }
        let inside = try (folded ?? []).flatMap { try $0.requests(session) }
        return [request, asked].compactMap { $0 } + inside
    }
}
