import Glibc

/// What a check must know of a file or folder.
package struct FileFacts: Hashable, Sendable {
    package let path: String
    package let isFolder: Bool
    /// The nine permission bits.
    package let mode: UInt32
    package let owner: UInt32

    package init(path: String, isFolder: Bool, mode: UInt32, owner: UInt32) {
        self.path = path
        self.isFolder = isFolder
        self.mode = mode
        self.owner = owner
    }

    /// Reads them, following links; `nil` where there is nothing or it cannot be seen.
    package init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(
            path: path,
            isFolder: status.st_mode & S_IFMT == S_IFDIR,
            mode: status.st_mode & 0o777,
            owner: status.st_uid
        )
    }

    /// Bytes free to us on the disk that holds `path`, and the share of its files still free.
    package static func space(at path: String) -> (bytes: Int64, shareOfFiles: Double)? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let files = status.f_files == 0 ? 1 : Double(status.f_favail) / Double(status.f_files)
        return (Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize)), files)
    }
}
