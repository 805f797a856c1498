package import Logging
package import Vocabulary

/// Climbs the ladder and empties the outbox, for as long as the program runs.
///
/// One pass at a time, whoever asks for it: two at once would send a mail twice.
package actor BackgroundLoop {
    private let work: BackgroundWork
    private let logger: Logger
    private let sleep: @Sendable (Duration) async -> Void
    private let wakeUp = WakeUp()
    private var isBusy = false
    private var queue: [CheckedContinuation<Void, Never>] = []
    private var trouble = TroubleLog()

    /// Longest sleep, in seconds: a clock that was set, or a row that another process wrote, is
    /// noticed after this at the latest.
    static let longestSleep: Int64 = 30
    /// Passes without a rest: more means that something is due again as soon as it was done.
    static let passes = 10_000

    package init(work: BackgroundWork, logger: Logger) {
        self.init(work: work, logger: logger) { try? await Task.sleep(for: $0) }
    }

    init(
        work: BackgroundWork,
        logger: Logger,
        sleep: @escaping @Sendable (Duration) async -> Void
    ) {
        self.work = work
        self.logger = logger
        self.sleep = sleep
    }

    /// Something was put on file that is due now, or the clock was set.
    ///
    /// Cheap; may be called after every transaction.
    package nonisolated func wake() { wakeUp.signal() }

    /// Works until the task is cancelled; no error ends it.
    package func run() async {
        while !Task.isCancelled {
            await enter()
            // What a slow server takes its time for goes on beside the next passes.
            await passes(work.startDue)
            leave()
            guard !Task.isCancelled else { break }
            await rest()
        }
        await work.stop()
    }

    /// Does everything that is due now, and what becomes due by it.
    ///
    /// For tests and the demonstration, and between two sleeps.
    package func runUntilIdle() async {
        await enter()
        defer { leave() }
        await passes(work.carryOutDue)
    }

    /// Walks a clock to `instant`, from one due thing to the next, so that each happens at its own
    /// time and not all at the end.
    package func walk(_ clock: DemonstrationClock, to instant: Instant) async {
        await enter()
        defer { leave() }
        await passes(work.carryOutDue)
        while clock.now() < instant, !Task.isCancelled {
            let now = clock.now()
            var next = instant
            if let due = try? await work.nextDue() {
                // What stays due although it was tried must not stop the clock.
                next = min(instant, due > now ? due : now.advanced(bySeconds: 3_600))
            }
            clock.set(to: next)
            await passes(work.carryOutDue)
        }
    }

    private func passes(
        _ outbox: @Sendable (@escaping BackgroundWork.Report) async throws -> Int
    ) async {
        for _ in 0..<Self.passes {
            guard !Task.isCancelled else { return }
            let timers = await attempt("timers", work.runDueTimers)
            let effects = await attempt("outbox", outbox)
            if timers + effects == 0 { return }
        }
        note("passes", "something is due again as soon as it is done")
    }

    private func attempt(
        _ name: String,
        _ step: @Sendable (@escaping BackgroundWork.Report) async throws -> Int
    ) async -> Int {
        let reports = ReportBox()
        let done: Int
        do {
            done = try await step { reports.add($0, Self.words(for: $1)) }
            settle(name)
        } catch {
            note(name, Self.words(for: error))
            done = 0
        }
        for (subject, words) in reports.all { note(subject, words) }
        return done
    }

    private func rest() async {
        var seconds = Self.longestSleep
        if trouble.isEmpty, let due = try? await work.nextDue() {
            seconds = min(seconds, work.now().seconds(to: due))
        }
        // Rounded up, so that it is not early by a fraction and comes back for nothing.
        let duration = Duration.seconds(max(1, seconds + 1))
        let (wakeUp, sleep) = (wakeUp, sleep)
        await withTaskGroup { group in
            group.addTask { await wakeUp.wait() }
            group.addTask { await sleep(duration) }
            await group.next()
            group.cancelAll()
        }
    }

    private func enter() async {
        guard isBusy else {
            isBusy = true
            return
        }
        await withCheckedContinuation { queue.append($0) }
    }

    private func leave() {
        if queue.isEmpty { isBusy = false } else { queue.removeFirst().resume() }
    }

    private func note(_ subject: String, _ words: String) {
        guard trouble.isNew(subject, words) else { return }
        logger.error(
            "background work failed",
            metadata: ["on": "\(subject)", "trouble": "\(words)"]
        )
    }

    private func settle(_ subject: String) {
        guard trouble.settle(subject) else { return }
        logger.notice("background work goes on", metadata: ["on": "\(subject)"])
    }

    // An error's own words could hold a path or a name; its type says enough for the log.
    private static func words(for error: any Error) -> String { "\(type(of: error))" }
}
