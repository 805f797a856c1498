package import Vocabulary

/// A sealed bundle that came from a partner and was filed: what its receipt says.
///
/// However often and by whichever channel the same bundle comes, there is one of these.
package struct ReceivedBundle: Hashable, Sendable, Codable {
    package typealias ID = Identifier<ReceivedBundle>

    /// One file that its signature covers.
    package struct File: Hashable, Sendable, Codable {
        package let byteCount: Int64
        /// 64 hexadecimal digits.
        package let sha256: String

        package init(byteCount: Int64, sha256: String) {
            self.byteCount = byteCount
            self.sha256 = sha256
        }
    }

    /// Made of its partner and of what that calls it, so that one name stands for one content;
    /// those from before have any.
    package let id: ID
    package let partner: Partner.ID
    /// Of the signed manifest, 64 hexadecimal digits: the same however often it is sealed.
    package let manifest: String
    /// The answer it became.
    package let bundle: RecordBundle.ID
    package let number: RequestNumber
    package let receivedAt: Instant
    /// Of the sealed file that came first.
    package let sealedBytes: Int64
    package let sealedSHA256: String
    package let files: [File]

    package init(
        id: ID,
        partner: Partner.ID,
        manifest: String,
        bundle: RecordBundle.ID,
        number: RequestNumber,
        receivedAt: Instant,
        sealedBytes: Int64,
        sealedSHA256: String,
        files: [File]
    ) {
        self.id = id
        self.partner = partner
        self.manifest = manifest
        self.bundle = bundle
        self.number = number
        self.receivedAt = receivedAt
        self.sealedBytes = sealedBytes
        self.sealedSHA256 = sealedSHA256
        self.files = files
    }
}
