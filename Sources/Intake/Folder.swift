import Glibc
import Vocabulary

/// An operation of the file system that failed.
package struct FileSystemFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The system call.
    package let operation: String
    /// `errno`.
    package let code: Int32

    package init(operation: String, code: Int32) {
        self.operation = operation
        self.code = code
    }

    /// The disk, its inodes or the quota are used up.
    package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }
    package var isMissing: Bool { code == ENOENT }

    package var description: String { "\(operation): \(String(cString: strerror(code)))" }

    static func last(_ operation: String) -> Self { Self(operation: operation, code: errno) }
}

/// A flat directory of ours, in which a file counts only after its rename was flushed.
struct Folder: Sendable {
    private let path: String

    /// Takes an existing directory or makes it, readable by its owner only.
    init(at path: String) throws {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw FileSystemFailure.last("mkdir") }
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileSystemFailure.last("stat") }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw FileSystemFailure(operation: "stat", code: ENOTDIR)
        }
        self.path = path
    }

    func path(of name: StoredName) -> String { path + "/" + name.entry }

    /// Gives a whole and flushed file its final name and makes that name durable.
    func publish(_ old: StoredName, as new: StoredName) throws {
        guard rename(path(of: old), path(of: new)) == 0 else {
            throw FileSystemFailure.last("rename")
        }
        try flush()
    }

    /// Gives a file another name, durably; one that is not there was given it already.
    func move(_ old: StoredName, to new: StoredName) throws {
        do { try publish(old, as: new) } catch let failure as FileSystemFailure
            where failure.isMissing
        {}
    }

    /// Removes a file; one that is not there is removed already.
    func remove(_ name: StoredName) throws {
        guard unlink(path(of: name)) == 0 || errno == ENOENT else {
            throw FileSystemFailure.last("unlink")
        }
    }

    /// Our files in it, each with the instant of its last change.
    func contents() throws -> [(name: StoredName, changedAt: Instant)] {
        guard let directory = opendir(path) else { throw FileSystemFailure.last("opendir") }
        defer { closedir(directory) }
        var found: [(name: StoredName, changedAt: Instant)] = []
        while let entry = readdir(directory) {
            let text = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let name = StoredName(entry: text) else { continue }
            var status = stat()
            guard lstat(path(of: name), &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                continue
            }
            let seconds = Int64(status.st_mtim.tv_sec)
            let instant = Instant(
                millisecondsSince1970: seconds * 1_000 + Int64(status.st_mtim.tv_nsec) / 1_000_000
            )
            found.append((name, instant))
        }
        return found
    }

    /// Makes the directory's entries durable.
    func flush() throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileSystemFailure.last("open") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileSystemFailure.last("fsync") }
    }

    /// Bytes that may still be written; 0 where no file can be made any more.
    func freeBytes() throws -> Int64 {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw FileSystemFailure.last("statvfs") }
        // File systems without a fixed number of inodes (btrfs) report none at all.
        if status.f_files > 0, status.f_favail == 0 { return 0 }
        return Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
    }
}
