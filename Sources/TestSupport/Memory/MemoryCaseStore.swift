package import Casework
import Synchronization

/// A store without a disk that behaves like the real ones: atomic, unique, referring only to what
/// is there.
///
/// The contract suite runs on it too, so that it cannot drift from them.
package final class MemoryCaseStore: CaseStore {
    private let kept = Mutex(MemoryState())

    package init() {}

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseSession) throws -> Result
    ) async throws -> Result {
        let snapshot = kept.withLock(\.self)
        return try body(MemoryCaseSession(snapshot, permitsChanges: false))
    }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseSession) throws -> Result
    ) async throws -> Result {
        try kept.withLock { state in
            let session = MemoryCaseSession(state, permitsChanges: true)
            let result = try body(session)
            state = session.state
            return result
        }
    }
}

/// One read or write on a copy of the state.
final class MemoryCaseSession: CaseSession {
    private(set) var state: MemoryState
    private let permitsChanges: Bool

    init(_ state: MemoryState, permitsChanges: Bool) {
        self.state = state
        self.permitsChanges = permitsChanges
    }

    func change(_ work: (inout MemoryState) throws -> Void) throws {
        guard permitsChanges else { throw StorageFailure.changeInsideRead }
        try work(&state)
    }

    /// What a foreign key does: a row may refer only to one that is there.
    func require(_ isThere: Bool, _ rule: String) throws {
        guard isThere else { throw StorageFailure.refusedBySchema(rule) }
    }

    /// What a UNIQUE rule does.
    func refuse(_ isTaken: Bool, _ what: String) throws {
        if isTaken { throw StoreConflict(what) }
    }
}
