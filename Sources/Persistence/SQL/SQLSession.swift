/// One connection inside a read or a write.
///
/// It never leaves the closure it was handed to. Placeholders are `$1`, `$2`, …: bound by number, so they may repeat and stand in any order.
package protocol SQLSession {
    var dialect: Dialect { get }
    /// `false` inside a read, where every change throws.
    var permitsChanges: Bool { get }
    func query(_ sql: String, _ parameters: [any SQLBindable]) throws -> [SQLRow]
    /// Calls `body` with one row after another; memory does not grow with their number.
    func forEachRow(
        _ sql: String,
        _ parameters: [any SQLBindable],
        _ body: (SQLRow) throws -> Void
    ) throws
    /// - Returns: the number of rows changed.
    @discardableResult
    func execute(_ sql: String, _ parameters: [any SQLBindable]) throws -> Int
    /// Several statements without parameters, for migrations.
    func run(script: String) throws
}

extension SQLSession {
    package func query(_ sql: String) throws -> [SQLRow] { try query(sql, []) }

    @discardableResult
    package func execute(_ sql: String) throws -> Int { try execute(sql, []) }
}

/// A database engine: reads see one moment, writes are atomic and durable when they return.
///
/// Implementations translate their engine's errors into `StorageFailure` and
/// `UniquenessViolation`, and pass errors of the body through unchanged.
package protocol SQLDatabase: Sendable {
    var dialect: Dialect { get }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Result
    ) async throws -> Result

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Result
    ) async throws -> Result
}

/// A row breaks a UNIQUE rule.
package struct UniquenessViolation: Error, Hashable, Sendable {
    /// The columns of the rule, as `table.column`.
    package let columns: [String]

    package init(columns: [String]) {
        self.columns = columns
    }
}
