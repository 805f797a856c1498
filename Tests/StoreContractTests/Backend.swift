import Casework
import Foundation
import Persistence
import SQLiteDatabase
import TestSupport

/// The stores that must keep the contract; a further engine is one more case.
enum Backend: String, CaseIterable, Sendable {
    case memory, sqlite

    func makeStore() async throws -> ContractStore {
        switch self {
        case .memory:
            return ContractStore(cases: MemoryCaseStore(), sessions: MemorySessionStore())
        case .sqlite:
            let folder = try TemporaryFolder()
            let database = try SQLiteFile(path: folder.path("mochila.sqlite"))
            return ContractStore(
                cases: try await SQLCaseStore.opened(database, fields: ScramblingFields()),
                sessions: SQLSessionStore(database),
                folder: folder
            )
        }
    }
}

/// A store under test, with the folder that goes with it.
struct ContractStore: CaseStore {
    let cases: any CaseStore
    let sessions: any SessionStore
    var folder: TemporaryFolder?

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseSession) throws -> Result
    ) async throws -> Result {
        try await cases.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseSession) throws -> Result
    ) async throws -> Result {
        try await cases.write(body)
    }
}

/// A folder that is removed with its last reference.
final class TemporaryFolder: Sendable {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appending(path: "mochila-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }
}
