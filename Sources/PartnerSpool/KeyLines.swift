import Glibc

/// The lines of an `authorized_keys` file that hold one key, for `sshd`'s AuthorizedKeysCommand.
package enum KeyLines {
    /// `type` and `key` as `sshd` gives them (`%t`, `%k`).
    package static func send(
        matching type: String,
        _ key: String,
        in path: String,
        to output: Int32
    ) {
        // Our own lines: options, type, key, and no comment.
        let wanted = Array(" \(type) \(key)".utf8)
        let bytes = SpoolFile.read(path, upTo: 64 << 20) ?? []
        for line in bytes.split(separator: UInt8(ascii: "\n"))
        where line.suffix(wanted.count).elementsEqual(wanted) {
            _ = SpoolFile.write(Array(line) + [UInt8(ascii: "\n")], to: output)
        }
    }
}
