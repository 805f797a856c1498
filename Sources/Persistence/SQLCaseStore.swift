package import Casework

/// The case store, written once in SQL text over any `SQLDatabase`.
///
/// Whatever may hold a student's name is encrypted before it becomes a parameter: engine, file,
/// journal and backup see identifiers, statuses and instants only.
package struct SQLCaseStore: CaseStore {
    private let database: any SQLDatabase
    private let codec: RowCodec

    /// Takes a database whose schema is current; see `Migrator`.
    package init(_ database: any SQLDatabase, fields: any FieldProtection) {
        self.database = database
        codec = RowCodec(fields: fields)
    }

    /// Brings the database's schema up to date and makes the store over it.
    package static func opened(
        _ database: any SQLDatabase,
        fields: any FieldProtection
    ) async throws -> Self {
        try await Migrator().migrate(database)
        let store = Self(database, fields: fields)
        // In small steps: another process may be at work on the same store.
        while try await database.write({ [codec = store.codec] sql in
            let session = SQLCaseSession(sql: sql, codec: codec)
            let hasMoreRequests = try session.fillDerivedRows()
            let hasMoreMatches = try session.fillNearMatches()
            return hasMoreRequests || hasMoreMatches
        }) {}
        return store
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseSession) throws -> Result
    ) async throws -> Result {
        try await database.read { [codec] in try body(SQLCaseSession(sql: $0, codec: codec)) }
    }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseSession) throws -> Result
    ) async throws -> Result {
        try await database.write { [codec] in
            let session = SQLCaseSession(sql: $0, codec: codec)
            let result = try body(session)
            try session.refreshDerivedRows()
            try session.refreshNearMatches()
            return result
        }
    }

    /// Opens every row and compares it with the columns it was stored under.
    ///
    /// SQLite does not notice bytes that changed on the disk. An encrypted body does not open
    /// once a bit of it flipped, and the columns beside it repeat what is in it: together they
    /// say whether a row is still the one that was written.
    ///
    /// - Returns: what is wrong, one line a row, without row content; empty where all is well.
    package func verify() async throws -> [String] {
        try await database.read { [codec] session in
            try RowVerification(session: SQLCaseSession(sql: session, codec: codec)).problems()
        }
    }
}

/// One read or write of the case store.
struct SQLCaseSession: CaseSession {
    let sql: any SQLSession
    let codec: RowCodec
    let touched = TouchedRequests()
    let touchedPeople = TouchedPeople()

    /// Changes rows; says which value was taken where a UNIQUE rule refused it.
    @discardableResult
    func change(
        _ statement: String,
        _ parameters: [any SQLBindable],
        unique: [String: String] = [:]
    ) throws -> Int {
        do {
            return try sql.execute(statement, parameters)
        } catch let violation as UniquenessViolation {
            let what = violation.columns.compactMap { unique[$0] }.first
            throw StoreConflict(what ?? violation.columns.joined(separator: ", "))
        }
    }
}
