import Glibc

/// Files and folders that only their owner can read.
enum PrivateFiles {
    /// Makes a folder of mode 0700 with those above it; one that is there is left as it is.
    static func makeFolder(_ path: String) throws(InstallationRefusal) {
        if FileFacts(path: path)?.isFolder == true { return }
        var above = path
        while let slash = above.lastIndex(of: "/"), above[..<slash] != "" {
            above = String(above[..<slash])
            if FileFacts(path: above) != nil { break }
            try makeFolder(above)
        }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw .cannotWrite(path: path, reason: reason())
        }
    }

    /// Writes a new file of mode 0600 and flushes it; never over one that is there.
    static func write(_ text: String, to path: String) throws(InstallationRefusal) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            throw errno == EEXIST
                ? .alreadyThere(path) : .cannotWrite(path: path, reason: reason())
        }
        defer { close(file) }
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Glibc.write(file, $0.baseAddress, $0.count)
            }
            guard count > 0 else { throw .cannotWrite(path: path, reason: reason()) }
            written += count
        }
        guard fsync(file) == 0 else { throw .cannotWrite(path: path, reason: reason()) }
    }

    /// `nil` where it cannot be looked into.
    static func isEmptyFolder(_ path: String) -> Bool? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                Array(bytes.prefix { $0 != 0 })
            }
            if name != [46] && name != [46, 46] { return false }
        }
        return true
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
