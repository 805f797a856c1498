import Casework
import Synchronization

/// Rings after a transaction, so that what it put into the outbox is carried out at once.
final class Bell: Sendable {
    private let action = Mutex<(@Sendable () -> Void)?>(nil)

    /// Says what ringing does; until then it does nothing.
    func connect(_ action: @escaping @Sendable () -> Void) {
        self.action.withLock { $0 = action }
    }

    func ring() {
        let action = action.withLock { $0 }
        action?()
    }
}

/// The case store with a bell: every change that is on file wakes the background work.
struct WakingStore: CaseStore {
    let store: any CaseStore
    let bell: Bell

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseSession) throws -> Result
    ) async throws -> Result {
        try await store.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseSession) throws -> Result
    ) async throws -> Result {
        let result = try await store.write(body)
        bell.ring()
        return result
    }
}
