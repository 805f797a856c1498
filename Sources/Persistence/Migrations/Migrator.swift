import Casework

/// Brings a database to the schema this program knows: forward only, in order, each step in one
/// transaction.
package struct Migrator: Sendable {
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
        let applied = try await database.write { session in try Self.applied(in: session) }
        try check(applied)
        var run: [Int] = []
        for migration in migrations.dropFirst(applied.count) {
            let isDone = try await database.write { session in try Self.run(migration, in: session)
            }
            if isDone { run.append(migration.number) }
        }
        return run
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
        let tables = try session.query(session.dialect.tableNames).map { try $0.text("name") }
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
        return try session.query("SELECT number, name FROM schema_steps ORDER BY number").map {
            Applied(number: Int(try $0.integer("number")), name: try $0.text("name"))
        }
    }
}
