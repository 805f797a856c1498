import Glibc

/// A file descriptor that is closed exactly once.
struct OpenFile: ~Copyable {
    private let descriptor: Int32

    /// Creates a file that only we can read; throws where anything stands there, even a link.
    init(creating path: String) throws {
        descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileFailure.last("create") }
    }

    /// Opens a regular file for reading; a link as the last component is refused.
    init(reading path: String) throws {
        // Without O_NONBLOCK a named pipe would hold us until somebody writes.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileFailure.last("open") }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure.last("stat") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileFailure.system(operation: "open", code: EINVAL)
        }
    }

    /// Takes over a descriptor of a regular file that somebody else opened.
    init(adopting descriptor: Int32) throws {
        self.descriptor = descriptor
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure.last("stat") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileFailure.system(operation: "open", code: EINVAL)
        }
    }

    /// A second descriptor for the same file, to hand to another process; the caller closes it.
    func duplicate() throws -> Int32 {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 4)
        guard copy >= 0 else { throw FileFailure.last("duplicate") }
        return copy
    }

    /// Lets go of everything that was written.
    func empty() throws {
        guard ftruncate(descriptor, 0) == 0 else { throw FileFailure.last("truncate") }
    }

    func size() throws -> Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure.last("stat") }
        return Int64(status.st_size)
    }

    /// Owner and permission bits.
    func access() throws -> (owner: UInt32, mode: UInt32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure.last("stat") }
        return (status.st_uid, status.st_mode & 0o7777)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw FileFailure.last("write")
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Fills `buffer` from `offset`; fewer bytes only at the end of the file.
    func read(from offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = pread(
                descriptor,
                buffer.baseAddress?.advanced(by: filled),
                buffer.count - filled,
                off_t(offset) + off_t(filled)
            )
            if count < 0 {
                if errno == EINTR { continue }
                throw FileFailure.last("read")
            }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Flushes to the disk.
    ///
    /// After an error here nothing of the file may be trusted, and trying again would report
    /// success for pages the kernel has dropped.
    func synchronize() throws {
        guard fsync(descriptor) == 0 else { throw FileFailure.last("fsync") }
    }

    deinit { close(descriptor) }
}

/// What is done to names in folders.
///
/// Each is durable only after the folder is synchronized.
package enum Folder {
    /// Flushes the folder, so that names made or changed in it survive a power cut.
    package static func synchronize(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure.last("open folder") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileFailure.last("fsync folder") }
    }

    /// Makes a folder that only we can enter; one that is there already is left as it is.
    static func make(_ path: String, mode: UInt32 = 0o700) throws {
        guard mkdir(path, mode) != 0, errno != EEXIST else { return }
        throw FileFailure.last("make folder")
    }

    /// Renames without replacing anything.
    ///
    /// Only for folders that nobody else writes to: between looking and renaming there is a moment.
    static func rename(_ source: String, to target: String) throws {
        var status = stat()
        guard lstat(target, &status) != 0 else { throw FileFailure.exists }
        guard Glibc.rename(source, target) == 0 else { throw FileFailure.last("rename") }
    }

    /// Renames, and replaces what is there.
    static func replace(_ source: String, over target: String) throws {
        guard Glibc.rename(source, target) == 0 else { throw FileFailure.last("rename") }
    }

    static func remove(_ path: String) {
        unlink(path)
    }

    /// Only where it is empty.
    static func removeFolder(_ path: String) {
        rmdir(path)
    }

    /// Names in a folder, without the two dots, unsorted.
    static func names(in path: String) throws -> [String] {
        guard let folder = opendir(path) else { throw FileFailure.last("open folder") }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    static func isFolder(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

    /// A regular file, not a link to one.
    static func isFile(_ path: String) -> Bool { kind(of: path) == S_IFREG }

    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
