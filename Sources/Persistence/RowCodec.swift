import Casework
import FoundationEssentials

/// Values to column bytes and back: JSON, and AES-256-GCM where students may be in it.
struct RowCodec: Sendable {
    let fields: any FieldProtection

    /// Encrypted JSON for `table.column` of the row `id`.
    func seal(
        _ value: some Encodable,
        table: String,
        column: String = "body",
        id: some CustomStringConvertible
    ) throws -> [UInt8] {
        try fields.protect(
            Array(try Self.encoder().encode(value)),
            context: "\(table)/\(column)/\(id)"
        )
    }

    /// The value of an encrypted column; throws `StorageFailure.unreadable` where it was moved,
    /// changed or written under another key.
    func open<Value: Decodable>(
        _ row: SQLRow,
        table: String,
        column: String = "body",
        as type: Value.Type = Value.self
    ) throws -> Value {
        let id = try row.text("id")
        let bytes = try row.blob(column)
        do {
            let plain = try fields.reveal(bytes, context: "\(table)/\(column)/\(id)")
            return try Self.decoder().decode(Value.self, from: Data(plain))
        } catch {
            // The cause may quote the value, so it goes no further.
            throw StorageFailure.unreadable(table: table, id: id)
        }
    }

    /// Plain JSON, for what is public or nobody's personal data.
    func plain(_ value: some Encodable) throws -> String {
        String(decoding: try Self.encoder().encode(value), as: UTF8.self)
    }

    func plainValue<Value: Decodable>(
        _ row: SQLRow,
        table: String,
        key: String = "id",
        as type: Value.Type = Value.self
    ) throws -> Value {
        let text = try row.text("body")
        do {
            return try Self.decoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw StorageFailure.unreadable(table: table, id: try row.text(key))
        }
    }

    private static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    private static func decoder() -> JSONDecoder { JSONDecoder() }
}
