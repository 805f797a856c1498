/// What a bundle may hold at most; everything beyond is refused before it costs anything.
package enum BundleLimits {
    /// A sealed bundle.
    ///
    /// Stock `openssl cms -decrypt` cannot open more than 1.5 GiB.
    package static let sealedBytes: Int64 = 1 << 30
    /// All files of a bundle together, before sealing.
    package static let contentBytes: Int64 = (1 << 30) - (16 << 20)
    /// Attachments of one bundle.
    package static let files = 1_000
    /// `manifest.json`.
    package static let manifestBytes = 1 << 20
    /// `manifest.p7s`.
    package static let signatureBytes = 1 << 16
    /// `record.html` and `record.json`, each.
    package static let pageBytes: Int64 = 16 << 20
    /// Certificates that one bundle is sealed to.
    package static let recipients = 100
    /// Earlier bundles that one corrects.
    package static let replaced = 100
    /// The recipient infos of a seal together.
    package static let recipientBytes = 1 << 16
    /// Uncompressed bytes for one compressed byte.
    package static let compressionRatio: Int64 = 200
    /// A name of a person, a school or an organisation, in UTF-8 bytes.
    package static let nameBytes = 400
    /// A legal basis or a reason, in UTF-8 bytes.
    package static let sentenceBytes = 2_000
}
