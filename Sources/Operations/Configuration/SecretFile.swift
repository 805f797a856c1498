import Glibc
package import Vocabulary

/// A secret in a file of its own, as `*_file` keys name it.
package enum SecretFile {
    /// Why a secret was not read; never says what is in it.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case missing(path: String)
        case notReadable(path: String)
        /// Others than its owner and group may read it, or others than its owner may write it.
        case open(path: String, mode: UInt32)
        case empty(path: String)
        case tooLong(path: String)

        package var description: String {
            switch self {
            case .missing(let path): "names \(path), which is not there"
            case .notReadable(let path): "names \(path), which this user cannot read"
            case .open(let path, let mode):
                "names \(path), which others can read (mode \(String(mode, radix: 8))): "
                    + "chmod 600 \(path)"
            case .empty(let path): "names \(path), which is empty"
            case .tooLong(let path): "names \(path), which is too long for a secret"
            }
        }
    }

    static let longest = 4_096

    /// The file's first line.
    ///
    /// The mode is that of the open file, so that it cannot be exchanged in between.
    package static func read(_ path: String) throws(Refusal) -> Redacted<String> {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard file >= 0 else {
            throw errno == ENOENT ? .missing(path: path) : .notReadable(path: path)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .notReadable(path: path)
        }
        let mode = status.st_mode & 0o777
        // A group may read, since a service's credentials are often handed over that way.
        guard mode & 0o027 == 0 else { throw .open(path: path, mode: mode) }
        guard status.st_size <= longest else { throw .tooLong(path: path) }
        var bytes = [UInt8](repeating: 0, count: longest + 1)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count >= 0 else { throw .notReadable(path: path) }
        let line = bytes[..<count].prefix { $0 != 10 && $0 != 13 }
        guard !line.isEmpty else { throw .empty(path: path) }
        return Redacted(String(decoding: line, as: UTF8.self))
    }
}
