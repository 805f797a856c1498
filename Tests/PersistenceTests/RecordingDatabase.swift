import Persistence
import SQLiteDatabase
import Synchronization

/// Passes everything on and remembers each statement with its parameters.
final class RecordingDatabase: SQLDatabase {
    private let base: SQLiteFile
    private let recorded = Mutex<[String: [SQLValue]]>([:])

    init(_ base: SQLiteFile) {
        self.base = base
    }

    var dialect: Dialect { base.dialect }

    var statements: [String: [SQLValue]] { recorded.withLock(\.self) }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Result
    ) async throws -> Result {
        try await base.read { try body(RecordingSession(base: $0, database: self)) }
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Result
    ) async throws -> Result {
        try await base.write { try body(RecordingSession(base: $0, database: self)) }
    }

    fileprivate func record(_ statement: String, _ parameters: [any SQLBindable]) {
        let values = parameters.map(\.sqlValue)
        recorded.withLock { $0[statement] = values }
    }
}

private struct RecordingSession: SQLSession {
    let base: any SQLSession
    let database: RecordingDatabase

    var dialect: Dialect { base.dialect }
    var permitsChanges: Bool { base.permitsChanges }

    func query(_ sql: String, _ parameters: [any SQLBindable]) throws -> [SQLRow] {
        database.record(sql, parameters)
        return try base.query(sql, parameters)
    }

    func forEachRow(
        _ sql: String,
        _ parameters: [any SQLBindable],
        _ body: (SQLRow) throws -> Void
    ) throws {
        database.record(sql, parameters)
        try base.forEachRow(sql, parameters, body)
    }

    func execute(_ sql: String, _ parameters: [any SQLBindable]) throws -> Int {
        database.record(sql, parameters)
        return try base.execute(sql, parameters)
    }

    func run(script: String) throws { try base.run(script: script) }
}
