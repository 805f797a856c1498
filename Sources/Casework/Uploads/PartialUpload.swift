package import RecordExchange
package import Vocabulary

/// A body that a system sends in several pieces, so that a broken connection costs only what was
/// under way: after the IETF's resumable uploads.
///
/// What has come lies in the drop as one encrypted file for each piece. What stands here is on
/// file before a piece is acknowledged, so the offset is right after any end of the program.
package struct PartialUpload: Hashable, Sendable, Codable {
    package typealias ID = Identifier<PartialUpload>

    /// What the whole of it is for.
    package enum Target: Hashable, Sendable, Codable {
        /// A partner's sealed bundle.
        case sealedBundle(Partner.ID)
        /// The form that answers an inquiry.
        case records(Inquiry.ID)
    }

    /// What came in one go.
    package struct Piece: Hashable, Sendable, Codable {
        package let file: DroppedFile.ID
        package let byteCount: Int64

        package init(file: DroppedFile.ID, byteCount: Int64) {
            self.file = file
            self.byteCount = byteCount
        }
    }

    /// How the whole of it was answered, for whoever lost the connection meanwhile.
    package struct Answer: Hashable, Sendable, Codable {
        /// As HTTP counts.
        package let status: Int
        package let mediaType: String
        package let body: String

        package init(status: Int, mediaType: String, body: String) {
            self.status = status
            self.mediaType = mediaType
            self.body = body
        }
    }

    package let id: ID
    package let account: StaffID
    /// Whose quota it counts towards.
    package let organization: OrganizationID
    package let target: Target
    /// With its parameters, as it was announced.
    package let mediaType: String
    package let createdAt: Instant
    /// Of the whole, once it is known.
    package internal(set) var length: Int64?
    /// Of the whole, where the sender said it.
    package let digest: SHA256Digest?
    /// How much of it is durable.
    package internal(set) var offset: Int64 = 0
    /// Number of pieces so far.
    package internal(set) var pieces = 0
    package internal(set) var expiresAt: Instant
    /// Set once the whole was answered; its pieces are gone then.
    package internal(set) var answer: Answer?
    /// Set once its sender gave it up: what came is gone, and counts towards the day.
    package internal(set) var cancelledAt: Instant?

    package init(
        id: ID,
        account: StaffID,
        organization: OrganizationID,
        target: Target,
        mediaType: String,
        length: Int64?,
        digest: SHA256Digest?,
        at instant: Instant
    ) {
        self.id = id
        self.account = account
        self.organization = organization
        self.target = target
        self.mediaType = mediaType
        self.length = length
        self.digest = digest
        createdAt = instant
        expiresAt = instant.advanced(bySeconds: Self.patience)
    }

    /// How much of a quota it takes: what was announced, or else what has come.
    package var reserved: Int64 { max(length ?? 0, offset) }

    /// Seconds after the last piece until an unfinished one is removed.
    package static let patience: Int64 = 86_400
    /// Seconds for which it counts towards what an organisation sent in a day.
    package static let day: Int64 = 86_400
    /// Seconds for which the answer can be read again.
    package static let memory: Int64 = 7 * 86_400
    /// Most pieces of one upload: whoever sends byte by byte is no system of a school.
    package static let mostPieces = 4_096
    /// Most bytes of one piece: what an end of the program can cost at most.
    package static let pieceSize: Int64 = 8 << 20
}

/// Why an upload is not begun or not continued; what has come stays as it was.
package enum UploadRefusal: Error, Hashable, Sendable {
    /// No partner of that account's organisation is on file.
    case notAPartner
    case tooLarge(limit: Int64)
    /// The organisation has too much on its way, or sent too much today.
    case quotaUsedUp
    /// The next byte belongs elsewhere.
    case wrongOffset(expected: Int64)
    /// The length differs from what was said before, or more has come than it says.
    case lengthContradicted
    /// It was finished and answered.
    case finished
    case tooManyPieces
}

/// Uploads that are under way or were answered lately; encrypted by whoever implements this.
package protocol UploadShelf {
    func partialUpload(_ id: PartialUpload.ID) throws -> PartialUpload?
    /// Oldest first.
    func partialUploads(of organization: OrganizationID) throws -> [PartialUpload]
    /// Whose time is over at `instant`, earliest first.
    func partialUploads(expiredBy instant: Instant, limit: Int) throws -> [PartialUpload]
    /// Inserts or replaces.
    func save(_ upload: PartialUpload) throws
    /// With its pieces.
    func deletePartialUpload(_ id: PartialUpload.ID) throws
    /// In the order they came.
    func pieces(of upload: PartialUpload.ID) throws -> [PartialUpload.Piece]
    /// Throws `StoreConflict` where there is one of that number.
    func append(
        _ piece: PartialUpload.Piece,
        numbered number: Int,
        to upload: PartialUpload.ID
    ) throws
    func deletePieces(of upload: PartialUpload.ID) throws
}
