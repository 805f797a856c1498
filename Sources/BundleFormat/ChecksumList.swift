/// The text of `SHA256SUMS`, which `sha256sum -c` reads.
///
/// The manifest holds this file's own digest, so that who checks with stock tools goes from the
/// signature over `manifest.json` to `SHA256SUMS` to every other file.
package enum ChecksumList {
    /// One line for each file, in the order of their names' bytes.
    ///
    /// Names hold neither newlines nor backslashes, so nothing needs escaping.
    package static func text(for files: [BundleManifest.File]) -> String {
        files
            .sorted { lhs, rhs in
                Array(lhs.name.description.utf8)
                    .lexicographicallyPrecedes(Array(rhs.name.description.utf8))
            }
            .map { "\($0.digest)  \($0.name)\n" }
            .joined()
    }
}
