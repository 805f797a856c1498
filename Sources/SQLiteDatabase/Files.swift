import Casework
import Glibc

/// The few file operations around a database: private, flushed, never over an existing file.
enum Files {
    /// Makes an empty file for the owner only where there is none, so that SQLite, which copies
    /// the file's mode for its journal, never makes a readable one.
    static func makePrivate(_ path: String) throws {
        let isNew = access(path, F_OK) != 0
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("open", path) }
        close(descriptor)
        // A file whose folder was not flushed can be gone after a power cut, commits and all.
        if isNew { try flush(folder(of: path)) }
    }

    static func require(_ path: String) throws {
        guard access(path, R_OK) == 0 else { throw failure("read", path) }
    }

    static func refuse(existing path: String) throws {
        if access(path, F_OK) == 0 {
            throw StorageFailure.unreachable("\(path) exists already and is not overwritten")
        }
    }

    static func remove(_ path: String) {
        unlink(path)
    }

    static func copy(_ source: String, to target: String) throws {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw failure("read", source) }
        defer { close(input) }
        let output = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw failure("write", target) }
        defer { close(output) }
        while true {
            let count = sendfile(output, input, nil, 1 << 24)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("write", target)
            }
            if count == 0 { break }
        }
    }

    /// Flushes `part`, gives it its name and flushes the folder: all there, or not there.
    static func publish(_ part: String, as path: String) throws {
        try flush(part)
        guard rename(part, path) == 0 else { throw failure("rename", part) }
        try flush(folder(of: path))
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func flush(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("flush", path) }
    }

    private static func failure(_ verb: String, _ path: String) -> StorageFailure {
        if errno == ENOSPC || errno == EDQUOT { return .diskFull }
        return .unreachable("cannot \(verb) \(path): \(String(cString: strerror(errno)))")
    }
}
