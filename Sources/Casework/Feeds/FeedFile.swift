package import Tabular

/// A file that somebody hands in: by page, by command, by a drop.
///
/// It is read from its beginning more than once: first to see that it is whole, then to apply it.
package protocol FeedFile: Sendable {
    /// As its uploader called it; without a folder.
    var name: String { get }
    var byteCount: Int64 { get }
    /// Up to `maximum` bytes from `offset`; empty only at the end.
    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8]
}

/// A file in memory.
package struct FeedBytes: FeedFile {
    package let name: String
    private let bytes: [UInt8]

    package init(name: String, _ bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    package var byteCount: Int64 { Int64(bytes.count) }

    package func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        guard offset < bytes.count else { return [] }
        let start = Int(offset)
        return Array(bytes[start..<min(bytes.count, start + maximum)])
    }
}

/// Why a file was refused as a whole; nothing of it was applied.
package enum FeedFailure: Error, Hashable, Sendable, Codable {
    /// There is no such source system, or not for this person.
    case systemUnknown
    case notAllowed
    case nameUnusable
    case mappingUnusable([MappingProblem])
    case unreadable(EncodingScan.Unreadable)
    /// The mapping says one encoding, the bytes are another.
    case encodingDiffers(found: TextEncoding)
    /// The header lacks these columns of the mapping.
    case columnsMissing([String])
    case columnRepeated(String)
    /// No row could be used: a snapshot of nothing would withdraw everything.
    case noRows
    /// It was cut off, or is not delimited text.
    case malformed(DelimitedReader.Malformed)
    /// The last row ends early: the file was cut off in it.
    case lastRowShort(row: Int, columns: Int, of: Int)
    case trailerMissing
    case trailerCountDiffers(said: Int, found: Int)
    case rowAfterTrailer(row: Int)
    /// What a snapshot does not name would be withdrawn, and that looks wrong.
    case needsConfirmation(FeedConfirmation)
    case changedWhileRead
    /// Another upload of the same system began; this one stopped between two batches.
    case overtaken
    /// Dropped while many others of the system wait.
    case tooManyWait
}

/// What a person must confirm before a snapshot withdraws entries.
package struct FeedConfirmation: Hashable, Sendable, Codable {
    /// Why it looks wrong.
    package enum Ground: Hashable, Sendable, Codable {
        /// More than the mapping's share.
        case tooMany
        /// Refused rows whose key could not be read: their entries would be withdrawn.
        case unreadableKeys(Int)
        /// The last row has no line end though all others have: perhaps the rest is missing.
        case endsWithoutLineEnd
        /// More refused rows than the mapping's share, in a file that nobody watches.
        case manyRefused(Int)
        /// Fewer rows than were there, and no trailer that says how many there are: a file that was
        /// cut at a row's end looks like that too.
        case fewerRows(found: Int, before: Int)
    }

    package let withdrawals: Int
    /// Entries the system has now.
    package let entries: Int
    package let grounds: [Ground]
}
