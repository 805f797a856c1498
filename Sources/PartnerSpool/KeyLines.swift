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
        let wanted = Array(" \(type) \(key) ".utf8)
        let bytes = SpoolFile.read(path, upTo: 64 << 20) ?? []
        for line in bytes.split(separator: UInt8(ascii: "\n")) where contains(line, wanted) {
            _ = SpoolFile.write(Array(line) + [UInt8(ascii: "\n")], to: output)
        }
    }

    private static func contains(_ line: ArraySlice<UInt8>, _ wanted: [UInt8]) -> Bool {
        guard let first = wanted.first else { return false }
        var rest = line
        while let place = rest.firstIndex(of: first) {
            if rest[place...].starts(with: wanted) { return true }
            rest = rest[(place + 1)...]
        }
        return false
    }
}
