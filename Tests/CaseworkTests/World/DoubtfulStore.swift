import Casework
import TestSupport

/// A store whose disk fails in the middle of a commit: nobody hears of it, and it stands after all.
final class DoubtfulStore: CaseStore {
    /// What the engine says of such a commit.
    struct Doubt: Error {}

    private let store: MemoryCaseStore
    let isFailing = Flag()

    init(_ store: MemoryCaseStore) {
        self.store = store
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseSession) throws -> Result
    ) async throws -> Result {
        try await store.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseSession) throws -> Result
    ) async throws -> Result {
        let result = try await store.write(body)
        if isFailing.isRaised { throw Doubt() }
        return result
    }
}

extension World {
    /// The same desk over another store.
    func desk(over store: any CaseStore) -> Desk {
        Desk(
            store: store,
            time: desk.time,
            secrets: desk.secrets,
            passwords: desk.passwords,
            oneTimeCodes: desk.oneTimeCodes,
            letters: desk.letters,
            finder: desk.finder,
            settings: desk.settings
        )
    }
}
