import Casework
import Glibc

/// Small files that hold keys.
enum KeyFile {
    private static let largest: Int64 = 1 << 16

    static func read(_ path: String) throws -> [UInt8] {
        do {
            let file = try OpenFile(reading: path)
            return try contents(of: file)
        } catch FileFailure.missing {
            throw KeyFailure.missing(path: path)
        }
    }

    /// Refuses a file that anybody but its owner could read, or that belongs to another user.
    static func readPrivate(_ path: String) throws -> [UInt8] {
        do {
            let file = try OpenFile(reading: path)
            let (owner, mode) = try file.access()
            guard mode & 0o077 == 0 else { throw KeyFailure.exposed(path: path, mode: mode) }
            // A secret handed over by the service manager belongs to root.
            guard owner == geteuid() || owner == 0 else { throw KeyFailure.foreign(path: path) }
            return try contents(of: file)
        } catch FileFailure.missing {
            throw KeyFailure.missing(path: path)
        }
    }

    /// Writes over nothing and flushes; the caller flushes the folder.
    static func write(_ bytes: [UInt8], to path: String, isPrivate: Bool) throws {
        do {
            let writer = try PlainFileWriter(creating: path)
            do {
                try bytes.withUnsafeBytes { try writer.write($0) }
                _ = try writer.finish()
            } catch {
                writer.abandon()
                throw error
            }
        } catch FileFailure.exists {
            throw KeyFailure.exists(path: path)
        }
        if !isPrivate, chmod(path, 0o644) != 0 { throw FileFailure.last("chmod") }
    }

    /// Overwrites a private file, flushes and removes it.
    ///
    /// What the disk or a backup keeps elsewhere, nobody can reach from here.
    static func erase(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw KeyFailure.missing(path: path) }
            throw FileFailure.last("open")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure.last("stat") }
        let zeros = [UInt8](repeating: 0, count: Int(min(Int64(status.st_size), largest)))
        guard pwrite(descriptor, zeros, zeros.count, 0) == zeros.count, fsync(descriptor) == 0
        else { throw FileFailure.last("write") }
        Folder.remove(path)
    }

    private static func contents(of file: borrowing OpenFile) throws -> [UInt8] {
        let size = try file.size()
        guard size <= largest else { throw FileFailure.system(operation: "read", code: EFBIG) }
        return try [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
            count = try file.read(from: 0, into: UnsafeMutableRawBufferPointer(buffer))
        }
    }
}
