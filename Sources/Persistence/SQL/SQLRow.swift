package import Casework
package import Vocabulary

/// One row of a result, read by column name.
///
/// A value of another type than asked for means that the table is not what the code believes, so
/// every accessor throws rather than guesses.
package struct SQLRow: Sendable {
    package let columns: [String]
    package let values: [SQLValue]

    package init(columns: [String], values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    package subscript(_ column: String) -> SQLValue? {
        columns.firstIndex(of: column).map { values[$0] }
    }

    package func text(_ column: String) throws(StorageFailure) -> String {
        guard let text = try optionalText(column) else { throw mismatch(column) }
        return text
    }

    package func optionalText(_ column: String) throws(StorageFailure) -> String? {
        switch self[column] {
        case .text(let text): text
        case .null: nil
        default: throw mismatch(column)
        }
    }

    package func integer(_ column: String) throws(StorageFailure) -> Int64 {
        guard let number = try optionalInteger(column) else { throw mismatch(column) }
        return number
    }

    package func optionalInteger(_ column: String) throws(StorageFailure) -> Int64? {
        switch self[column] {
        case .integer(let number): number
        case .null: nil
        default: throw mismatch(column)
        }
    }

    /// Engines without a boolean type answer 0 or 1.
    package func boolean(_ column: String) throws(StorageFailure) -> Bool {
        switch self[column] {
        case .boolean(let value): value
        case .integer(let number) where number == 0 || number == 1: number == 1
        default: throw mismatch(column)
        }
    }

    package func blob(_ column: String) throws(StorageFailure) -> [UInt8] {
        guard let bytes = try optionalBlob(column) else { throw mismatch(column) }
        return bytes
    }

    package func optionalBlob(_ column: String) throws(StorageFailure) -> [UInt8]? {
        switch self[column] {
        case .blob(let bytes): bytes
        case .null: nil
        default: throw mismatch(column)
        }
    }

    package func instant(_ column: String) throws(StorageFailure) -> Instant {
        Instant(millisecondsSince1970: try integer(column))
    }

    package func optionalInstant(_ column: String) throws(StorageFailure) -> Instant? {
        try optionalInteger(column).map(Instant.init(millisecondsSince1970:))
    }

    /// A column parsed into a domain type.
    package func parsed<Value>(
        _ column: String,
        _ parse: (String) -> Value?
    ) throws(StorageFailure) -> Value {
        guard let value = parse(try text(column)) else { throw mismatch(column) }
        return value
    }

    private func mismatch(_ column: String) -> StorageFailure {
        .foreignStore("column \(column) does not hold what this program writes")
    }
}
