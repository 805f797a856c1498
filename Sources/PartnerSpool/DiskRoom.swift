import Glibc

/// What partners' files may still take of a disk.
package struct DiskRoom: Hashable, Sendable {
    /// Beyond what is left to the database and the logs.
    package let bytes: UInt64
    /// Whether one more file can be made.
    package let hasFiles: Bool

    package init(bytes: UInt64, hasFiles: Bool = true) {
        self.bytes = bytes
        self.hasFiles = hasFiles
    }

    /// What uploads leave to the database and the logs.
    private static let reserve: UInt64 = 64 << 20

    /// Of the disk on which `folder` is; `nil` where the file system does not say.
    package static func of(_ folder: String) -> Self? {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { return nil }
        // Some file systems say that they have no end.
        let (size, isTooMuch) = UInt64(status.f_bavail)
            .multipliedReportingOverflow(by: UInt64(status.f_frsize))
        let free = isTooMuch ? UInt64.max : size
        return Self(
            bytes: free - min(free, reserve),
            hasFiles: status.f_files == 0 || status.f_favail > 0
        )
    }
}
