package import Casework
package import Vocabulary

/// Where uploaded files land and stay: one directory, encrypted files, random names.
package struct Inbox: FileDrop {
    private let folder: Folder
    private let protection: any FileProtection
    private let secrets: any SecretSource
    private let reserve: DiskReserve
    private var takesAnyBytes = false

    /// `directory`: made where it is missing, readable by its owner only.
    ///
    /// `reserve`: bytes of the disk that uploads leave to the database and the logs. `free`: how
    /// many there are; as the file system says, unless given.
    package init(
        directory: String,
        protection: any FileProtection,
        secrets: any SecretSource,
        reserve: Int64 = 64 << 20,
        free: (@Sendable () throws -> Int64)? = nil
    ) throws {
        let folder = try Folder(at: directory)
        self.folder = folder
        self.protection = protection
        self.secrets = secrets
        self.reserve = DiskReserve(free: free ?? { try folder.freeBytes() }, bytes: reserve)
    }

    /// The same files, taken whatever they are: for extracts in any encoding.
    ///
    /// Whoever reads them says what is wrong with them, and better than "not allowed".
    package var ofAnyBytes: Self {
        var inbox = self
        inbox.takesAnyBytes = true
        return inbox
    }

    package func receive(name: String, limit: Int64) async throws -> any IncomingFile {
        let id: DroppedFile.ID = secrets.makeIdentifier()
        let name = name
        guard try reserve.hasRoom(for: 1) else { throw FileRefusal.diskFull }
        let part = StoredName(id, .arriving)
        let writer = try await BlockingWork.run { [folder, protection] in
            do {
                return try protection.makeWriter(creating: folder.path(of: part))
            } catch {
                throw Self.refusal(for: error, in: folder)
            }
        }
        return ArrivingFile(
            id: id,
            name: name,
            limit: limit,
            sniffs: !takesAnyBytes,
            writer: writer,
            folder: folder,
            reserve: reserve
        )
    }

    package func open(_ file: DroppedFile.ID) throws -> any ProtectedFileReader {
        try protection.makeReader(of: folder.path(of: StoredName(file, .file)))
    }

    package func remove(_ file: DroppedFile.ID) throws {
        try folder.remove(StoredName(file, .file))
        try folder.remove(StoredName(file, .held))
        try folder.flush()
    }

    package func lockAway(_ file: DroppedFile.ID) throws {
        try folder.move(StoredName(file, .file), to: StoredName(file, .held))
    }

    package func unlock(_ file: DroppedFile.ID) throws {
        try folder.move(StoredName(file, .held), to: StoredName(file, .file))
    }

    package func sweep(olderThan instant: Instant, keeping kept: Set<DroppedFile.ID>) throws -> Int
    {
        let stale = try folder.contents().filter { entry in
            switch entry.name.kind {
            case .file, .held:
                entry.changedAt < instant
                    && !kept.contains(DroppedFile.ID(rawValue: entry.name.id.rawValue))
            case .arriving: entry.changedAt < instant
            // Not ours to remove: the two folders may be one by mistake.
            case .bundle: false
            }
        }
        for entry in stale { try folder.remove(entry.name) }
        if !stale.isEmpty { try folder.flush() }
        return stale.count
    }

    /// What an opening unpacks on the same disk leaves the reserve free too, or it stops.
    package func sparing(_ writer: any ProtectedFileWriter) -> any ProtectedFileWriter {
        SparingWriter(writer: writer, reserve: reserve)
    }

    /// Says "disk full" where that is the reason, whatever the writer's own error is called.
    static func refusal(for error: any Error, in folder: Folder) -> any Error {
        if let failure = error as? FileSystemFailure {
            return failure.isDiskFull ? FileRefusal.diskFull : failure
        }
        if case .diskFull? = error as? StorageFailure { return FileRefusal.diskFull }
        let free = (try? folder.freeBytes()) ?? .max
        return free < 1 << 20 ? FileRefusal.diskFull : error
    }
}
