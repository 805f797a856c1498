import Glibc
package import Vocabulary

/// When the store was copied last: a line in a file beside it, so that it is not in the copy.
package enum BackupMark {
    private static func path(in folder: String) -> String { "\(folder)/last-backup" }

    package static func note(_ instant: Instant, in folder: String) throws {
        let mark = path(in: folder)
        let part = "\(mark).part"
        // Of a copy that was cut short.
        unlink(part)
        try PrivateFiles.write("\(instant.millisecondsSince1970)\n", to: part)
        guard rename(part, mark) == 0 else {
            throw InstallationRefusal.cannotWrite(
                path: mark,
                reason: String(cString: strerror(errno))
            )
        }
    }

    /// `nil` where there is none, or nobody can read it.
    package static func last(in folder: String) -> Instant? {
        let file = open(path(in: folder), O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(file, &bytes, bytes.count)
        guard count > 0,
            let text = String(validating: bytes[..<count].filter { $0 > 32 }, as: UTF8.self)
        else { return nil }
        return Int64(text).map { Instant(millisecondsSince1970: $0) }
    }
}
