package import Casework
package import Vocabulary

/// A sealed bundle as a file of ours.
package struct SealedBundleFile: Hashable, Sendable, Codable {
    package typealias ID = Identifier<SealedBundleFile>

    package let id: ID
    package let byteCount: Int64

    package init(id: ID, byteCount: Int64) {
        self.id = id
        self.byteCount = byteCount
    }
}

/// Where sealed bundles stay until they are delivered: a second directory, of files that are
/// encrypted to their recipients already.
package struct SealedBundleDrop: Sendable {
    private let folder: Folder
    private let secrets: any SecretSource
    private let reserve: DiskReserve

    /// `directory`: made where it is missing, readable by its owner only.
    ///
    /// `reserve` and `free` are as for the `Inbox`.
    package init(
        directory: String,
        secrets: any SecretSource,
        reserve: Int64 = 64 << 20,
        free: (@Sendable () throws -> Int64)? = nil
    ) throws {
        let folder = try Folder(at: directory)
        self.folder = folder
        self.secrets = secrets
        self.reserve = DiskReserve(free: free ?? { try folder.freeBytes() }, bytes: reserve)
    }

    /// Starts a new bundle under an arriving name; throws where it exists.
    package func create() throws -> SealedBundleSink {
        let id: SealedBundleFile.ID = secrets.makeIdentifier()
        return try SealedBundleSink(id: id, folder: folder, reserve: reserve)
    }

    /// Where the file lies, for whoever must hand a path to a C library or to `sftp`.
    package func path(of bundle: SealedBundleFile.ID) -> String {
        folder.path(of: StoredName(bundle, .bundle))
    }

    /// Opens a finished bundle for reading from any position.
    package func open(_ bundle: SealedBundleFile.ID) throws -> any ProtectedFileReader {
        try StoredFileReader(path: path(of: bundle))
    }

    /// Removes a bundle; one that is not there is removed already.
    package func remove(_ bundle: SealedBundleFile.ID) throws {
        try folder.remove(StoredName(bundle, .bundle))
        try folder.flush()
    }

    /// Says "disk full" where that is the reason: its sender is told to come again.
    package static func refusal(for error: any Error) -> any Error {
        let isFull = (error as? FileSystemFailure)?.isDiskFull ?? false
        return isFull ? FileRefusal.diskFull : error
    }

    /// Removes every bundle and every beginning of one that is older than `instant` and not kept.
    ///
    /// - Returns: how many there were.
    package func sweep(
        olderThan instant: Instant,
        keeping kept: Set<SealedBundleFile.ID>
    ) throws -> Int {
        let stale = try folder.contents().filter { entry in
            switch entry.name.kind {
            case .bundle:
                entry.changedAt < instant
                    && !kept.contains(SealedBundleFile.ID(rawValue: entry.name.id.rawValue))
            case .arriving: entry.changedAt < instant
            case .file, .held: false
            }
        }
        for entry in stale { try folder.remove(entry.name) }
        if !stale.isEmpty { try folder.flush() }
        return stale.count
    }
}
