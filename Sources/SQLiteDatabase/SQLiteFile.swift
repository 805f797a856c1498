import Casework
import GRDB
package import Persistence

/// The embedded database: one file in WAL mode, every commit flushed to the disk.
package final class SQLiteFile: SQLDatabase {
    private let pool: DatabasePool
    private let writer: GroupCommit
    package let path: String

    package var dialect: Dialect { .sqlite }

    /// Opens the file and makes it where it is missing, readable by its owner only.
    package init(path: String, readers: Int = 4) throws {
        try Files.makePrivate(path)
        self.path = path
        pool = try translated {
            var configuration = Configuration()
            configuration.label = "mochila"
            configuration.maximumReaderCount = readers
            configuration.busyMode = .timeout(5)
            configuration.foreignKeysEnabled = true
            configuration.prepareDatabase { database in
                // Without these, REPLACE would go round the triggers that keep the logs, sorting
                // could spill to /tmp, deleted rows would stay in the file, and a journal that
                // grew under one long read would keep its size for ever.
                try database.execute(
                    sql: """
                        PRAGMA recursive_triggers = ON;
                        PRAGMA temp_store = MEMORY;
                        PRAGMA secure_delete = ON;
                        PRAGMA journal_size_limit = 67108864;
                        PRAGMA trusted_schema = OFF;
                        PRAGMA cell_size_check = ON;
                        """
                )
            }
            return try DatabasePool(path: path, configuration: configuration)
        }
        writer = GroupCommit(pool)
        try makeDurable()
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Result
    ) async throws -> Result {
        do {
            return try await pool.read { database in
                try body(SQLiteSession(database: database, permitsChanges: false))
            }
        } catch let error as DatabaseError {
            throw translation(of: error)
        }
    }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Result
    ) async throws -> Result {
        try await writer.write(body)
    }

    /// Transactions committed since the file was opened: with many callers fewer than writes.
    package var commits: Int { writer.commits }

    /// Writes that have not begun: more than a few hundred mean a slow disk.
    package var waitingWrites: Int { writer.waitingCount }

    /// Empties the journal into the file and closes it; nothing can be read or written afterwards.
    package func close() throws {
        try translated {
            try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            try pool.close()
        }
    }

    /// What SQLite itself finds wrong with the file, one line a finding; empty where all is well.
    package func verify() async throws -> [String] {
        do {
            return try await pool.read(Self.problems(in:))
        } catch let error as DatabaseError {
            throw translation(of: error)
        }
    }

    /// Writes a compact copy as of now to `path`, which must not exist; writers go on meanwhile.
    ///
    /// The copy is checked, flushed and only then given its name.
    package func backup(to path: String) async throws {
        try Files.refuse(existing: path)
        let part = path + ".part"
        Files.remove(part)
        do {
            try Files.makePrivate(part)
            do {
                // Outside a transaction, as VACUUM wants it, and on a reader's connection.
                try await pool.unsafeRead { database in
                    try database.execute(sql: "VACUUM INTO ?", arguments: [part])
                }
            } catch let error as DatabaseError {
                throw translation(of: error)
            }
            let problems = try Self.verify(fileAt: part)
            guard problems.isEmpty else { throw StorageFailure.damaged(problems[0]) }
            try Files.publish(part, as: path)
        } catch {
            Files.remove(part)
            throw error
        }
    }

    /// What is wrong with the database in a file nobody has open, such as a backup.
    package static func verify(fileAt path: String) throws -> [String] {
        try Files.require(path)
        return try translated {
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read(problems(in:))
        }
    }

    /// Puts a copy of a checked backup at `path`, which must not exist.
    package static func restore(from backup: String, to path: String) throws {
        try Files.refuse(existing: path)
        let problems = try verify(fileAt: backup)
        guard problems.isEmpty else { throw StorageFailure.damaged(problems[0]) }
        let part = path + ".part"
        do {
            try Files.copy(backup, to: part)
            try Files.publish(part, as: path)
        } catch {
            Files.remove(part)
            throw error
        }
    }

    /// Makes every commit wait for the disk.
    ///
    /// What the writer's `PRAGMA synchronous` is now: 2 is FULL.
    package func synchronousLevel() async throws -> Int {
        try await pool.write { database in
            try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? -1
        }
    }

    /// GRDB sets `synchronous = NORMAL` whenever it opens a pool, whatever was set before; a commit
    /// could then be lost with the power.
    ///
    /// So it is set afterwards, and read back.
    private func makeDurable() throws {
        let level = try translated {
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                return try Int.fetchOne(database, sql: "PRAGMA synchronous")
            }
        }
        guard level == 2 else {
            throw StorageFailure.engine(code: 0, "synchronous is not FULL")
        }
    }

    private static func problems(in database: Database) throws -> [String] {
        let findings = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)")
            .filter { $0 != "ok" }
        let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").prefix(20).map {
            let table: String? = $0["table"]
            return "a row of \(table ?? "a table") refers to one that is not there"
        }
        return findings + orphans
    }
}
