package import Vocabulary

/// A file that arrived whole: encrypted, hashed, flushed to disk, and not yet part of anything.
package struct DroppedFile: Hashable, Sendable, Codable {
    package typealias ID = Identifier<DroppedFile>

    package let id: ID
    /// The name the sender gave it, cleaned for display and for the bundle; never used as a path.
    package let name: String
    package let mediaType: String
    package let byteCount: Int64
    package let digest: SHA256Digest

    package init(
        id: ID,
        name: String,
        mediaType: String,
        byteCount: Int64,
        digest: SHA256Digest
    ) {
        self.id = id
        self.name = name
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.digest = digest
    }
}

/// Why a dropped file was refused; the sender is told, and nothing of it is kept.
package enum FileRefusal: Error, Hashable, Sendable {
    case empty(name: String)
    case tooLarge(name: String, limit: Int64)
    /// Its first bytes are not of a type we take, whatever its name says.
    case typeNotAllowed(name: String)
    /// A text whose encoding is none that we take: its letters would be guessed.
    case lettersNotKnown(name: String)
    /// The connection ended before the file did.
    case cutShort(name: String)
    case diskFull
}

/// A file on its way in.
///
/// One task uses it at a time.
package protocol IncomingFile: Sendable {
    /// Writes the next bytes; throws `FileRefusal` as soon as the file cannot be taken.
    func write(_ bytes: UnsafeRawBufferPointer) async throws
    /// Makes it durable: checked, flushed, renamed, folder flushed.
    func finish() async throws -> DroppedFile
    /// Removes what was written.
    func abandon() async
}

/// Where files that come from outside are received, whatever becomes of them.
package protocol FileReceiver: Sendable {
    /// `limit` in bytes.
    func receive(name: String, limit: Int64) async throws -> any IncomingFile
}

/// Where uploaded files land and stay, encrypted.
package protocol FileDrop: FileReceiver {
    func open(_ file: DroppedFile.ID) throws -> any ProtectedFileReader
    /// Also where it is locked away.
    func remove(_ file: DroppedFile.ID) throws
    /// Moves a file to where `open` does not find it; one that lies there, or nowhere, stays so.
    func lockAway(_ file: DroppedFile.ID) throws
    /// Moves it back.
    func unlock(_ file: DroppedFile.ID) throws
    /// Removes every file that is older than `instant` and not in `kept`: uploads that were never
    /// answered with.
    func sweep(olderThan instant: Instant, keeping kept: Set<DroppedFile.ID>) throws -> Int
}
