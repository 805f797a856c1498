import Casework

/// Brings a database to the schema this program knows: forward only, in order, each step in one
/// transaction.
package struct Migrator: Sendable {
    /// How often in a row the database may be busy, each after the engine's own waiting, with no
    /// step added meanwhile, before it is given up.
    private static let patience = 6

    private let migrations: [Migration]

    /// The version a store has after all migrations.
    package var newestVersion: Int { migrations.map(\.number).max() ?? 0 }

    package init(migrations: [Migration] = Migration.all) {
        self.migrations = migrations
    }

    /// Runs what is missing.
    ///
    /// Throws `StorageFailure.newerStore` before touching anything where
    /// the database has steps that this program does not know.
    ///
    /// - Returns: the numbers of the steps that were run.
    @discardableResult
    package func migrate(_ database: any SQLDatabase) async throws -> [Int] {
        let applied = try await patiently(database) { try Self.applied(in: $0) }
        try check(applied)
        var run: [Int] = []
        for migration in migrations.dropFirst(applied.count) {
            let isDone = try await patiently(database) { try Self.run(migration, in: $0) }
            if isDone { run.append(migration.number) }
        }
        return run
    }

    /// A write that waits for another process as long as that one gets on with the steps.
    ///
    /// Two processes that start at once take turns at every step; on a slow disk one of them can
    /// miss its turn for longer than a single write is willing to wait.
    private func patiently<Result: Sendable>(
        _ database: any SQLDatabase,
        _ body: @escaping @Sendable (any SQLSession) throws -> Result
    ) async throws -> Result {
        var seen = -1
        var tries = 0
        while true {
            do {
                return try await database.write(body)
            } catch StorageFailure.busy {
                let count = try await database.read { try Self.count(in: $0) }
                tries = count > seen ? 1 : tries + 1
                seen = count
                guard tries < Self.patience else { throw StorageFailure.busy }
            }
        }
    }

    /// How many steps are recorded; readers never wait for writers.
    private static func count(in session: any SQLSession) throws -> Int {
        let tables = try tables(in: session)
        return tables.contains("schema_steps") ? try recorded(in: session).count : 0
    }

    /// Runs one step unless another process was faster.
    private static func run(_ migration: Migration, in session: any SQLSession) throws -> Bool {
        let earlier = try session.query(
            "SELECT name FROM schema_steps WHERE number = $1",
            [migration.number]
        )
        guard earlier.isEmpty else { return false }
        try session.run(script: migration.script(session.dialect))
        try session.execute(
            "INSERT INTO schema_steps(number, name) VALUES ($1, $2)",
            [migration.number, migration.name]
        )
        return true
    }

    private func check(_ applied: [Applied]) throws(StorageFailure) {
        let known = migrations.count
        if let newest = applied.last, newest.number > known {
            throw .newerStore(found: newest.number, known: known)
        }
        for (step, migration) in zip(applied, migrations)
        where step.number != migration.number || step.name != migration.name {
            throw .foreignStore("step \(step.number) of its schema is called \(step.name)")
        }
    }

    private struct Applied: Sendable {
        let number: Int
        let name: String
    }

    private static func applied(in session: any SQLSession) throws -> [Applied] {
        let tables = try tables(in: session)
        if let table = tables.first, !tables.contains("schema_steps") {
            throw StorageFailure.foreignStore("it has a table \(table) and no record of steps")
        }
        try session.run(
            script: """
                CREATE TABLE IF NOT EXISTS schema_steps(
                    number INTEGER PRIMARY KEY CHECK (number > 0),
                    name TEXT NOT NULL UNIQUE
                );
                """
        )
        return try recorded(in: session)
    }

    private static func tables(in session: any SQLSession) throws -> [String] {
        try session.query(session.dialect.tableNames).map { try $0.text("name") }
    }

    private static func recorded(in session: any SQLSession) throws -> [Applied] {
        try session.query("SELECT number, name FROM schema_steps ORDER BY number").map {
            Applied(number: Int(try $0.integer("number")), name: try $0.text("name"))
        }
    }
}
