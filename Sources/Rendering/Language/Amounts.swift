/// A number of bytes, shown as `1.4 MB`.
package struct ByteCount: Hashable, Sendable {
    package let bytes: Int64

    package init(_ bytes: Int64) {
        self.bytes = bytes
    }

    /// In steps of 1,000, as the file managers of our readers count.
    package var words: String {
        let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB")]
        for (size, unit) in units where bytes >= Int64(size) {
            let tenths = bytes * 10 / Int64(size)
            return tenths >= 100 || tenths % 10 == 0
                ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
        }
        return "\(bytes) B"
    }
}

/// A SHA-256 digest as 64 hexadecimal digits; lists show the first twelve.
package struct DigestText: Hashable, Sendable {
    package let hexadecimal: String

    package init(_ hexadecimal: String) {
        self.hexadecimal = hexadecimal
    }
}
