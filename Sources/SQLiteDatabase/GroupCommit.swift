import Casework
import GRDB
import Persistence
import Synchronization

/// Callers that wait at the same time share one transaction and one flush to the disk.
///
/// Each caller's closure runs in a savepoint of its own, so one that fails fails alone; results
/// are delivered after the COMMIT, so a caller that hears of success can rely on it. Everything
/// runs on the writer's own queue: there is no task that could be cancelled half-way.
final class GroupCommit: Sendable {
    /// A caller's closure and what waits for it.
    private struct Job: Sendable {
        /// Runs the closure in a savepoint and keeps its result.
        let run: @Sendable (Database) -> Void
        /// Hands the kept result on, or the error of the shared transaction.
        let deliver: @Sendable ((any Error)?) -> Void
    }

    private struct Waiting {
        var jobs: [Job] = []
        var isDraining = false
        var commits = 0
    }

    /// The most callers that share one transaction, which bounds what one failure takes along.
    private static let largestGroup = 256

    private let pool: DatabasePool
    private let waiting = Mutex(Waiting())

    init(_ pool: DatabasePool) {
        self.pool = pool
    }

    /// Transactions committed so far.
    var commits: Int { waiting.withLock(\.commits) }

    /// Callers whose write has not begun.
    var waitingCount: Int { waiting.withLock(\.jobs.count) }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let outcome = Outcome<Result>()
            enqueue(
                Job(
                    run: { database in outcome.keep { try Self.inSavepoint(database, body) } },
                    deliver: { failure in continuation.resume(with: outcome.result(failure)) }
                )
            )
        }
    }

    private func enqueue(_ job: Job) {
        let mustStart = waiting.withLock { waiting in
            waiting.jobs.append(job)
            defer { waiting.isDraining = true }
            return !waiting.isDraining
        }
        guard mustStart else { return }
        pool.asyncWriteWithoutTransaction { [self] database in
            while let group = nextGroup() { commit(group, in: database) }
        }
    }

    /// The callers that wait now; `nil`, and the end of this round, where nobody does.
    private func nextGroup() -> [Job]? {
        waiting.withLock { waiting in
            guard !waiting.jobs.isEmpty else {
                waiting.isDraining = false
                return nil
            }
            let group = Array(waiting.jobs.prefix(Self.largestGroup))
            waiting.jobs.removeFirst(group.count)
            return group
        }
    }

    private func commit(_ group: [Job], in database: Database) {
        var failure: (any Error)?
        do {
            try translated {
                try database.inTransaction(.immediate) {
                    for job in group {
                        job.run(database)
                        // A full disk or a failing one ends the whole transaction at once; going
                        // on would commit each further statement on its own.
                        guard database.isInsideTransaction else { throw EndedByEngine() }
                    }
                    return .commit
                }
            }
            waiting.withLock { $0.commits += 1 }
        } catch {
            failure = error
        }
        for job in group { job.deliver(failure) }
    }

    private static func inSavepoint<Result>(
        _ database: Database,
        _ body: (any SQLSession) throws -> Result
    ) throws -> Result {
        var result: Result?
        try translated {
            try database.inSavepoint {
                result = try body(SQLiteSession(database: database, permitsChanges: true))
                return .commit
            }
        }
        guard let result else { throw EndedByEngine() }
        return result
    }
}

/// The engine gave the transaction up by itself.
private struct EndedByEngine: Error {}

/// What a caller's closure came to, kept until its transaction is committed.
private final class Outcome<Value: Sendable>: Sendable {
    private let kept = Mutex<Result<Value, any Error>?>(nil)

    func keep(_ work: () throws -> Value) {
        let result = Result { try work() }
        kept.withLock { $0 = result }
    }

    /// A caller's own error wins over that of the transaction: it is what it can act on.
    func result(_ failure: (any Error)?) -> Result<Value, any Error> {
        let own = kept.withLock(\.self)
        guard let failure else {
            return own ?? .failure(StorageFailure.engine(code: 0, "a write was not run"))
        }
        if case .failure(let error) = own { return .failure(error) }
        let isOurs = failure is StorageFailure || failure is UniquenessViolation
        return .failure(isOurs ? failure : StorageFailure.diskFull)
    }
}
