import Casework
import RecordExchange
import RecordLocator

/// A table whose rows are one encrypted value each, beside typed columns that repeat what is
/// searched or constrained.
struct SealedTable<Value: Codable & Sendable>: Sendable {
    let name: String
    /// Inserts or replaces; the parameters are the typed columns in order, then the body.
    let save: String
    /// Reads the typed columns, in order, and the body.
    let select: String
    /// The typed columns' values; the first is the row's identifier.
    let columns: @Sendable (Value) -> [any SQLBindable]
}

extension SQLCaseSession {
    func insert<Value>(
        _ value: Value,
        id: some CustomStringConvertible,
        into table: SealedTable<Value>,
        unique: [String: String] = [:]
    ) throws {
        let body = try codec.seal(value, table: table.name, id: id)
        try change(table.save, table.columns(value) + [body], unique: unique)
    }

    func rows<Value>(
        of table: SealedTable<Value>,
        _ condition: String,
        _ parameters: [any SQLBindable]
    ) throws -> [Value] {
        try sql.query("\(table.select) \(condition)", parameters).map { row in
            try codec.open(row, table: table.name)
        }
    }
}

/// Compares every encrypted row with its typed columns.
struct RowVerification {
    let session: SQLCaseSession

    func problems() throws -> [String] {
        try check(SQLCaseSession.requestTable) + check(SQLCaseSession.inquiryTable)
            + check(SQLCaseSession.bundleTable) + check(SQLCaseSession.deliveryTable)
            + check(SQLCaseSession.draftTable) + check(SQLCaseSession.effectTable)
            + check(SQLCaseSession.timelineTable) + check(SQLCaseSession.disclosureTable)
            + check(SQLCaseSession.receivedTable) + check(SQLCaseSession.outcomeTable)
            + check(SQLCaseSession.webhookTable) + check(SQLCaseSession.partialUploadTable)
            + check(SQLCaseSession.sourceSystemTable) + check(SQLCaseSession.uploadTable)
            + check(SQLCaseSession.feedDropTable) + check(SQLCaseSession.mailedTable)
            + check(SQLCaseSession.nearMatchTable) + check(SQLCaseSession.proposalTable)
            + check(SQLCaseSession.doubtTable) + check(SQLCaseSession.familyContactTable)
            + checkLocatorEntries() + checkAccounts() + checkDerivedRows()
            + checkNearMatches()
    }

    private func check<Value>(_ table: SealedTable<Value>) throws -> [String] {
        var problems: [String] = []
        try session.sql.forEachRow(table.select, []) { row in
            let id = (try? row.text("id")) ?? "without identifier"
            guard let value = try? session.codec.open(row, table: table.name, as: Value.self)
            else {
                problems.append("\(table.name) \(id): the row does not open")
                return
            }
            let expected = table.columns(value).map { Self.comparable($0.sqlValue) }
            let stored = row.values.prefix(expected.count).map(Self.comparable)
            for (index, column) in row.columns.prefix(expected.count).enumerated()
            where index >= stored.count || stored[index] != expected[index] {
                problems.append("\(table.name) \(id): column \(column) was changed")
            }
        }
        return problems
    }

    private func checkLocatorEntries() throws -> [String] {
        var problems: [String] = []
        try session.sql.forEachRow("SELECT id, body, person FROM locator_entries", []) { row in
            do {
                _ = try session.locatorEntry(in: row)
            } catch {
                let id = (try? row.text("id")) ?? "without identifier"
                problems.append("locator_entries \(id): the row does not open")
            }
        }
        return problems
    }

    private func checkAccounts() throws -> [String] {
        do {
            _ = try session.allAccounts()
            return []
        } catch {
            return ["accounts: a row does not open"]
        }
    }

    /// Engines without a boolean type answer 0 or 1.
    static func comparable(_ value: SQLValue) -> SQLValue {
        if case .boolean(let flag) = value { .integer(flag ? 1 : 0) } else { value }
    }
}
