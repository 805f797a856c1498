/// A number of bytes as people read it.
package enum ByteCount {
    /// In the largest unit of which there is at least one, cut to a whole number: `8 GiB`.
    package static func text(_ bytes: Int64) -> String {
        for (shift, unit) in [(40, "TiB"), (30, "GiB"), (20, "MiB"), (10, "KiB")]
        where bytes >= 1 << shift {
            return "\(bytes >> shift) \(unit)"
        }
        return "\(bytes) bytes"
    }
}
