/// Why the store could not do what it was asked, in terms a person can act on.
///
/// Holds no row content: never a name, a link or a code.
package enum StorageFailure: Error, Hashable, Sendable {
    /// Nothing of the change was kept.
    case diskFull
    /// Another process holds the store.
    case busy
    /// The file is no database, or bytes of it changed on the disk.
    case damaged(String)
    /// The store was written by a newer version of this program.
    case newerStore(found: Int, known: Int)
    /// The store holds something that is not ours, or was changed by other hands.
    case foreignStore(String)
    /// A change was tried inside a `read`.
    case changeInsideRead
    /// A row refers to one that is not there, or breaks a rule of the schema.
    case refusedBySchema(String)
    /// A row that is there does not open or does not decode.
    case unreadable(table: String, id: String)
    /// The file cannot be opened, read or written.
    case unreachable(String)
    /// Anything else the engine said, by its code.
    case engine(code: Int, String)
}

extension StorageFailure: CustomStringConvertible {
    /// What happened and what to do, for an operator.
    package var description: String {
        switch self {
        case .diskFull:
            "The disk is full, so the change was not saved. Make room and try again."
        case .busy:
            "Another process is using the database. Stop it, or wait and try again."
        case .damaged(let what):
            "The database is damaged (\(what)). Stop the gateway and restore a backup."
        case .newerStore(let found, let known):
            "The database is at version \(found), written by a newer mochila; this one knows "
                + "version \(known). Install the newer program; the database was not touched."
        case .foreignStore(let what):
            "This is not a database of this program: \(what). It was not touched."
        case .changeInsideRead:
            "A change was tried where only reading is allowed; nothing was changed."
        case .refusedBySchema(let rule):
            "The database refused a row (\(rule)); nothing of the change was kept."
        case .unreadable(let table, let id):
            "Row \(id) of \(table) does not open: wrong key, or its bytes were changed."
        case .unreachable(let what):
            "The database cannot be reached: \(what)."
        case .engine(let code, let message):
            "The database failed with code \(code): \(message)."
        }
    }
}
