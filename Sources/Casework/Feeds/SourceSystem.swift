package import RecordExchange
package import Vocabulary

/// A state or district system whose extracts become locator entries.
package struct SourceSystem: Hashable, Sendable, Codable {
    package typealias ID = Identifier<SourceSystem>

    package let id: ID
    /// Unique; lower-case letters, digits and hyphens, such as `texas-peims`.
    package let name: String
    /// Whose schools it may report, and whose people may upload.
    package let owner: OrganizationID
    package var mapping: FeedMapping
    /// School numbers of the state with the directory's, where the mapping goes by them.
    package var schoolNumbers: [String: SchoolID]
    /// Counts the mappings it had, from 1: a file read by another mapping is another file.
    package var mappingVersion: Int
    /// Makes entry numbers and digests out of rows, so that neither can be guessed from a row.
    package let secret: [UInt8]
    package let registeredAt: Instant
    /// The last upload that was applied to the end.
    package var lastApplied: FeedUpload.ID?
    /// The day of the last applied snapshot: every entry it still has was seen on it.
    package var lastSnapshotOn: CivilDate?

    package init(
        id: ID,
        name: String,
        owner: OrganizationID,
        mapping: FeedMapping,
        schoolNumbers: [String: SchoolID] = [:],
        secret: [UInt8],
        registeredAt: Instant
    ) {
        self.id = id
        self.name = name
        self.owner = owner
        self.mapping = mapping
        self.schoolNumbers = schoolNumbers
        mappingVersion = 1
        self.secret = secret
        self.registeredAt = registeredAt
    }

    /// Whether `text` can name a source system.
    package static func isName(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: "-")
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "-")
            }
    }
}

/// What an upload says of the entries it does not name.
package enum FeedMode: String, Sendable, CaseIterable, Codable {
    /// All there is: what it does not name is withdrawn.
    case snapshot
    /// What changed: what it does not name stays.
    case changes
}

/// What an upload did or would do.
package struct FeedCounts: Hashable, Sendable, Codable {
    package var rows = 0
    package var added = 0
    package var changed = 0
    package var unchanged = 0
    package var withdrawn = 0
    /// Rows, not reasons: a row may be refused for several.
    package var refused = 0
    /// Fields that were encoded twice somewhere on their way and were put right.
    package var repaired = 0

    package init() {}
}

/// One reason why a row was refused; says where and why, never what stood there.
package struct RefusedRow: Hashable, Sendable, Codable {
    /// Why.
    package enum Reason: String, Hashable, Sendable, CaseIterable, Codable {
        case missing
        case notADate
        case dateInFuture
        case notInCodeList
        case tooLong
        case controlCharacter
        /// Letters that look alike of two alphabets, such as a Cyrillic а in a Latin name.
        case mixedAlphabets
        /// A character was lost before the file reached us.
        case lostCharacter
        case wrongColumnCount
        /// Something stands after the closing quotation mark of a column.
        case textAfterQuote
        case schoolUnknown
        /// Several schools have this name; a city would tell them apart.
        case schoolAmbiguous
        /// The school belongs to somebody else than the source system.
        case schoolOfAnother
        /// An earlier row of the file has the same key.
        case repeatedKey
        case endsBeforeItBegins
    }

    /// Counts the rows of the file from 1, its header among them.
    package let row: Int
    /// As the file calls it; empty where the whole row is meant.
    package let column: String
    package let reason: Reason

    package init(row: Int, column: String, reason: Reason) {
        self.row = row
        self.column = column
        self.reason = reason
    }
}

/// One file of a source system, and what became of it.
package struct FeedUpload: Hashable, Sendable, Codable {
    package typealias ID = Identifier<FeedUpload>

    /// How far it came.
    package enum Status: String, Sendable, CaseIterable, Codable {
        /// Rows are going in; what was cut off here goes on with the same file.
        case applying
        case applied
    }

    package let id: ID
    package let source: SourceSystem.ID
    package let mode: FeedMode
    /// As its uploader called it.
    package let fileName: String
    package let digest: SHA256Digest
    package let mappingVersion: Int
    /// As the audit log writes who it was.
    package let by: String
    package let startedAt: Instant
    package var finishedAt: Instant?
    package var status: Status
    package var counts: FeedCounts
    /// The first of them; the uploader was shown all.
    package var refusals: [RefusedRow]

    /// The most refusals that are kept.
    package static let mostRefusalsKept = 2_000

    package init(
        id: ID,
        source: SourceSystem.ID,
        mode: FeedMode,
        fileName: String,
        digest: SHA256Digest,
        mappingVersion: Int,
        by: String,
        startedAt: Instant
    ) {
        self.id = id
        self.source = source
        self.mode = mode
        self.fileName = fileName
        self.digest = digest
        self.mappingVersion = mappingVersion
        self.by = by
        self.startedAt = startedAt
        status = .applying
        counts = FeedCounts()
        refusals = []
    }
}
