import Glibc

/// The few file operations of the program itself, with the system's own words where they fail.
struct SystemFailure: Error, CustomStringConvertible {
    let what: String
    let code: Int32

    var description: String { "\(what): \(String(cString: strerror(code)))" }
}

func rename(_ path: String, to newPath: String) throws {
    guard Glibc.rename(path, newPath) == 0 else {
        throw SystemFailure(what: "A finished file could not be put in its place", code: errno)
    }
}

func removeIfThere(_ path: String) throws {
    guard unlink(path) != 0, errno != ENOENT else { return }
    throw SystemFailure(what: "An unfinished file could not be removed", code: errno)
}

/// Held by the one process that carries out an installation's mails and timers: two at once would
/// send a mail twice and seal one bundle over the other.
final class WorkLock: Sendable {
    private let handle: Int32

    /// `nil` where another process holds it.
    init?(in folder: String) throws {
        handle = open("\(folder)/working", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard handle >= 0 else {
            throw SystemFailure(what: "\(folder)/working cannot be written", code: errno)
        }
        guard flock(handle, LOCK_EX | LOCK_NB) == 0 else {
            close(handle)
            return nil
        }
    }

    deinit { close(handle) }
}

func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// Makes a folder that nobody else may enter; fine where it is there.
func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    throw SystemFailure(what: "The folder \(path) could not be made", code: errno)
}

/// A whole file, where it is not longer than `limit`.
func readFile(_ path: String, upTo limit: Int) throws -> [UInt8] {
    let handle = open(path, O_RDONLY | O_CLOEXEC)
    guard handle >= 0 else {
        throw SystemFailure(what: "\(path) cannot be read", code: errno)
    }
    defer { close(handle) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(handle, &block, block.count)
        guard count >= 0 else { throw SystemFailure(what: "\(path) cannot be read", code: errno) }
        if count == 0 { return bytes }
        bytes += block[..<count]
        guard bytes.count <= limit else {
            throw SystemFailure(what: "\(path) is too long to be a record", code: EFBIG)
        }
    }
}

/// A new file, never over an existing one.
func createFile(_ path: String, _ bytes: [UInt8]) throws {
    let handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard handle >= 0 else {
        throw SystemFailure(what: "\(path) cannot be written", code: errno)
    }
    defer { close(handle) }
    var done = 0
    while done < bytes.count {
        let count = bytes.withUnsafeBytes {
            write(handle, $0.baseAddress?.advanced(by: done), $0.count - done)
        }
        guard count > 0 else {
            throw SystemFailure(what: "\(path) cannot be written", code: errno)
        }
        done += count
    }
}
