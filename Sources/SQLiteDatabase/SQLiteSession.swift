import Casework
import GRDB
import Persistence

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One GRDB connection as an `SQLSession`.
struct SQLiteSession: SQLSession {
    let database: Database
    let permitsChanges: Bool

    var dialect: Dialect { .sqlite }

    func query(_ sql: String, _ parameters: [any SQLBindable]) throws -> [SQLRow] {
        var rows: [SQLRow] = []
        try forEachRow(sql, parameters) { rows.append($0) }
        return rows
    }

    func forEachRow(
        _ sql: String,
        _ parameters: [any SQLBindable],
        _ body: (SQLRow) throws -> Void
    ) throws {
        let (statement, columns, cursor) = try translated {
            let statement = try prepared(sql, parameters)
            return (statement, statement.columnNames, try Row.fetchCursor(statement))
        }
        guard permitsChanges || statement.isReadonly else { throw StorageFailure.changeInsideRead }
        while let row = try translated({ try cursor.next() }) {
            let values = columns.indices.map { Self.value(row[$0]) }
            try body(SQLRow(columns: columns, values: values))
        }
    }

    func execute(_ sql: String, _ parameters: [any SQLBindable]) throws -> Int {
        guard permitsChanges else { throw StorageFailure.changeInsideRead }
        return try translated {
            try prepared(sql, parameters).execute()
            return database.changesCount
        }
    }

    func run(script: String) throws {
        guard permitsChanges else { throw StorageFailure.changeInsideRead }
        try translated { try database.execute(sql: script) }
    }

    private func prepared(
        _ sql: String,
        _ parameters: [any SQLBindable]
    ) throws -> Statement {
        let statement = try database.cachedStatement(sql: sql)
        // To SQLite `$1` is a parameter called "1", so binding by name makes repetition and order
        // free, as in PostgreSQL.
        var named: [String: (any DatabaseValueConvertible)?] = [:]
        for (index, parameter) in parameters.enumerated() {
            let value = parameter.sqlValue
            // It would come back cut off there; PostgreSQL refuses it too.
            if case .text(let text) = value, text.utf8.contains(0) {
                throw StorageFailure.refusedBySchema("a text holds a NUL character")
            }
            named[String(index + 1)] = Self.argument(value)
        }
        try statement.setArguments(StatementArguments(named))
        return statement
    }

    private static func argument(_ value: SQLValue) -> (any DatabaseValueConvertible)? {
        switch value {
        case .null: nil
        case .integer(let number): number
        case .real(let number): number
        case .text(let text): text
        case .boolean(let flag): flag ? 1 : 0
        case .blob(let bytes): Data(bytes)
        }
    }

    private static func value(_ value: DatabaseValue) -> SQLValue {
        switch value.storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .double(let number): .real(number)
        case .string(let text): .text(text)
        case .blob(let data): .blob([UInt8](data))
        }
    }
}
