package import RecordExchange
package import Vocabulary

/// Seals and opens the copies of records that families carry from school to school.
package protocol FamilyCopies: Sendable {
    /// The bundle sealed for the family: signed again, and to a key that this gateway alone has.
    func seal(
        _ order: BundleOrder
    ) async throws -> (reader: any ProtectedFileReader, digest: SHA256Digest)
    /// Opens a file that somebody brought, in a process of its own, and puts what is in it into
    /// the inbox.
    ///
    /// Throws `FamilyCopyRefusal.notOurs` for everything that is no copy of this gateway's making,
    /// whatever else is wrong with it.
    func open(_ file: DroppedFile.ID) async throws -> OpenedCopy
    /// Removes files that came out of a copy and are part of nothing.
    func discard(_ files: [DroppedFile]) async
}

/// What was in a copy, after every check that needs no case: seal, signature and digests are good,
/// and it was made for a family.
package struct OpenedCopy: Hashable, Sendable {
    /// The request that the record was sent for first.
    package let number: RequestNumber
    /// The bundle it is a copy of.
    package let bundle: RecordBundle.ID
    package let files: [DroppedFile]
    /// SHA-256 of the certificate that signed it, in hexadecimal digits.
    package let signer: String

    package init(
        number: RequestNumber,
        bundle: RecordBundle.ID,
        files: [DroppedFile],
        signer: String
    ) {
        self.number = number
        self.bundle = bundle
        self.files = files
        self.signer = signer
    }

    /// The recipient that a copy's manifest names, in place of an organisation.
    package static let recipient = "family"
}

/// Why a copy is not taken.
package enum FamilyCopyRefusal: Error, Hashable, Sendable {
    /// No copy that this gateway made, or none that it may use now.
    case notOurs
    /// The record was found wrong or replaced since.
    case withdrawn
    case otherStudent
    /// The request does not ask the school that the record is from, or has its answer.
    case notAsked(school: String)
}
