import Casework
import GRDB
import Persistence

/// Runs engine calls and says their errors in our words; other errors pass through.
func translated<Result>(_ work: () throws -> Result) throws -> Result {
    do {
        return try work()
    } catch let error as DatabaseError {
        throw translation(of: error)
    }
}

/// SQLite's messages name tables and columns, never values, so they may be shown.
func translation(of error: DatabaseError) -> any Error {
    switch error.extendedResultCode {
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY:
        return UniquenessViolation(columns: columns(in: error.message ?? ""))
    default: break
    }
    let message = error.message ?? "no message"
    return switch error.resultCode {
    case .SQLITE_FULL: StorageFailure.diskFull
    case .SQLITE_BUSY, .SQLITE_LOCKED: StorageFailure.busy
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: StorageFailure.damaged(message)
    case .SQLITE_READONLY: StorageFailure.unreachable("it is read-only")
    case .SQLITE_CANTOPEN, .SQLITE_PERM: StorageFailure.unreachable(message)
    case .SQLITE_IOERR: StorageFailure.unreachable("the disk reports an error (\(message))")
    case .SQLITE_CONSTRAINT: StorageFailure.refusedBySchema(message)
    default: StorageFailure.engine(code: Int(error.extendedResultCode.rawValue), message)
    }
}

/// `UNIQUE constraint failed: requests.number, requests.x` names the rule's columns.
private func columns(in message: String) -> [String] {
    guard let colon = message.lastIndex(of: ":") else { return [] }
    return message[message.index(after: colon)...].split(separator: ",").map { column in
        String(column.drop { $0 == " " })
    }
}
