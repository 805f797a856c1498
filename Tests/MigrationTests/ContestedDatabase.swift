import Casework
import Persistence
import Synchronization

/// A database that another process holds for a number of writes; readers never wait.
final class ContestedDatabase: SQLDatabase {
    private struct Turns {
        var left = 0
        var refused = 0
    }

    private let database: any SQLDatabase
    private let meanwhile: @Sendable (Int) async throws -> Void
    private let turns = Mutex(Turns())

    var dialect: Dialect { database.dialect }

    /// Writes that were refused so far.
    var refused: Int { turns.withLock(\.refused) }

    /// `meanwhile`: what the other process does while a write is refused, by how many were.
    init(_ database: any SQLDatabase, _ meanwhile: @escaping @Sendable (Int) async throws -> Void) {
        self.database = database
        self.meanwhile = meanwhile
    }

    /// Refuses the next `count` writes.
    func refuse(_ count: Int) {
        turns.withLock { $0.left = count }
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Result
    ) async throws -> Result {
        try await database.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Result
    ) async throws -> Result {
        let refusal = turns.withLock { turns -> Int? in
            guard turns.left > 0 else { return nil }
            turns.left -= 1
            turns.refused += 1
            return turns.refused
        }
        guard let refusal else { return try await database.write(body) }
        try await meanwhile(refusal)
        throw StorageFailure.busy
    }
}
