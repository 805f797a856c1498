import Casework
import Glibc
import Synchronization

/// A sealed bundle while it is written.
///
/// Nothing of it counts until `finish` returns.
package final class SealedBundleSink: Sendable {
    package let id: SealedBundleFile.ID
    private let folder: Folder
    private let reserve: DiskReserve
    private let descriptor: Mutex<Int32?>
    private let written = Mutex<Int64>(0)

    init(id: SealedBundleFile.ID, folder: Folder, reserve: DiskReserve) throws {
        self.id = id
        self.folder = folder
        self.reserve = reserve
        let path = folder.path(of: StoredName(id, .arriving))
        let opened = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else { throw FileSystemFailure.last("open") }
        descriptor = Mutex(opened)
    }

    deinit { abandon() }

    /// Writes the next bytes, all of them or none that count.
    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        let descriptor = try openDescriptor()
        // The rest of the disk is the database's and the logs'.
        guard try reserve.hasRoom(for: bytes.count) else {
            throw FileSystemFailure(operation: "write", code: ENOSPC)
        }
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileSystemFailure.last("write") }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        written.withLock { $0 += Int64(bytes.count) }
    }

    /// Makes the bundle durable: flushed, renamed, folder flushed.
    package func finish() throws -> SealedBundleFile {
        let descriptor = try openDescriptor()
        do {
            // After a failed flush the pages may be gone: trying again would lie.
            guard fsync(descriptor) == 0 else { throw FileSystemFailure.last("fsync") }
            closeDescriptor()
            try folder.publish(StoredName(id, .arriving), as: StoredName(id, .bundle))
        } catch {
            closeDescriptor()
            try? folder.remove(StoredName(id, .arriving))
            try? folder.remove(StoredName(id, .bundle))
            throw error
        }
        return SealedBundleFile(id: id, byteCount: written.withLock { $0 })
    }

    /// Closes and removes what was written; does nothing after `finish`.
    package func abandon() {
        guard closeDescriptor() else { return }
        try? folder.remove(StoredName(id, .arriving))
    }

    private func openDescriptor() throws -> Int32 {
        guard let open = descriptor.withLock({ $0 }) else {
            throw FileSystemFailure(operation: "write", code: EBADF)
        }
        return open
    }

    @discardableResult
    private func closeDescriptor() -> Bool {
        descriptor.withLock { descriptor in
            guard let open = descriptor else { return false }
            close(open)
            descriptor = nil
            return true
        }
    }
}
