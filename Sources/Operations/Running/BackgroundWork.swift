package import Casework
package import Vocabulary

/// What the background loop does, as functions.
package struct BackgroundWork: Sendable {
    /// One thing that did not work while the rest went on.
    package typealias Report = @Sendable (_ subject: String, any Error) -> Void

    /// Climbs the rungs that are due; returns how many moved.
    let runDueTimers: @Sendable (@escaping Report) async throws -> Int
    /// Carries out the effects that are due; returns how many were tried.
    let carryOutDue: @Sendable (@escaping Report) async throws -> Int
    /// Starts them and does not wait for the slow ones; returns how many were started.
    let startDue: @Sendable (@escaping Report) async throws -> Int
    /// Breaks off what was started.
    let stop: @Sendable () async -> Void
    /// When the next of either is due.
    let nextDue: @Sendable () async throws -> Instant?
    let now: @Sendable () -> Instant

    package init(
        runDueTimers: @escaping @Sendable (@escaping Report) async throws -> Int,
        carryOutDue: @escaping @Sendable (@escaping Report) async throws -> Int,
        startDue: (@Sendable (@escaping Report) async throws -> Int)? = nil,
        stop: @escaping @Sendable () async -> Void = {},
        nextDue: @escaping @Sendable () async throws -> Instant?,
        now: @escaping @Sendable () -> Instant
    ) {
        self.runDueTimers = runDueTimers
        self.carryOutDue = carryOutDue
        self.startDue = startDue ?? carryOutDue
        self.stop = stop
        self.nextDue = nextDue
        self.now = now
    }

    /// The real thing.
    package init(desk: Desk, worker: OutboxWorker) {
        self.init(
            runDueTimers: { report in
                try await desk.runDueTimers { report("inquiry \($0)", $1) }
            },
            carryOutDue: { report in
                try await worker.carryOutDue { report("effect \($0)", $1) }
            },
            startDue: { report in
                try await worker.startDue { report("effect \($0)", $1) }
            },
            stop: { await worker.stop() },
            nextDue: { try await desk.nextDue() },
            now: { desk.time.now() }
        )
    }
}
