package import BundleFormat
package import Casework
import Vocabulary

/// Makes bundles: signs the manifest, and streams the archive into a seal or out as it is.
///
/// All of it in constant memory and without plaintext on the disk. The calls block for as long as
/// the bytes take: run them on a thread of their own, not on the cooperative pool.
package struct BundleSealer: Sendable {
    private let signer: KeyPair

    package init(signer: KeyPair) {
        self.signer = signer
    }

    /// Seals a draft to certificates, each checked before anything is written.
    ///
    /// `recipients` are at least one: the gateway's own where the recipient has none. `write` takes
    /// the sealed file's bytes in order; what it throws is thrown on.
    package func seal(
        _ draft: BundleDraft,
        to recipients: [Certificate],
        write: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> SealedBundle {
        try Self.check(recipients, for: draft)
        let prepared = try PreparedBundle(draft, recipients: recipients, signer: signer)
        return try withoutActuallyEscaping(write) { write in
            let tally = try Tally(write)
            let stream = try SealStream(to: recipients) { try tally.take($0) }
            try Self.stream(prepared) { try stream.write($0) }
            try stream.finish()
            return SealedBundle(
                byteCount: tally.byteCount,
                digest: try tally.finish(),
                manifest: prepared.manifest,
                recipients: recipients.map(\.fingerprint)
            )
        }
    }

    /// Seals a draft into a new file that only we can read, flushed to the disk; the folder is the
    /// caller's to flush.
    ///
    /// Nothing stays behind after a failure.
    package func seal(
        _ draft: BundleDraft,
        to recipients: [Certificate],
        creating path: String
    ) throws -> SealedBundle {
        let file = try OpenFile(creating: path)
        do {
            let bundle = try seal(draft, to: recipients) { try file.write($0) }
            try file.synchronize()
            return bundle
        } catch {
            Folder.remove(path)
            throw error
        }
    }

    /// Streams the archive without a seal, for somebody who is signed in.
    ///
    /// Signatures are random, so two calls give different bytes: for downloads that may be resumed,
    /// write it into a protected file once and serve ranges of that.
    /// Returns the manifest that is in it.
    package func archive(
        _ draft: BundleDraft,
        write: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> BundleManifest {
        let prepared = try PreparedBundle(draft, recipients: [], signer: signer)
        try withoutActuallyEscaping(write) { try Self.stream(prepared, to: $0) }
        return prepared.manifest
    }

    /// Streams the archive into a writer and finishes it; abandons it after a failure.
    package func archive(
        _ draft: BundleDraft,
        into writer: any ProtectedFileWriter
    ) throws -> BundleManifest {
        do {
            let manifest = try archive(draft) { try writer.write($0) }
            _ = try writer.finish()
            return manifest
        } catch {
            writer.abandon()
            throw error
        }
    }

    private static func check(_ recipients: [Certificate], for draft: BundleDraft) throws {
        guard !recipients.isEmpty, recipients.count <= BundleLimits.recipients else {
            throw SealingFailure.recipientCount
        }
        guard Set(recipients).count == recipients.count else {
            throw SealingFailure.repeatedRecipient
        }
        for recipient in recipients {
            do {
                try recipient.requireRecipient(at: draft.madeAt)
            } catch {
                throw SealingFailure.recipient(name: recipient.commonName, error)
            }
        }
    }

    private static func stream(
        _ prepared: PreparedBundle,
        to write: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let time = prepared.manifest.madeAt
        let archive = ArchiveWriter(to: write)
        // The manifest and its signature come first, so that who reads the archive once knows
        // what to expect before the first file.
        try archive.add(.manifest, prepared.manifestBytes, modified: time)
        try archive.add(.signature, prepared.signature, modified: time)
        for page in prepared.pages { try archive.add(page.name, page.bytes, modified: time) }
        for (position, item) in prepared.attachments.enumerated() {
            let content = item.attachment.content
            let expected = item.attachment.digest
            // Another file than the one that arrived gives not one byte away.
            guard content.notedDigest ?? expected == expected else {
                throw SealingFailure.attachmentChanged(position: position)
            }
            try archive.begin(item.name, byteCount: content.byteCount, modified: time)
            guard try digest(of: content, to: archive) == expected else {
                throw SealingFailure.attachmentChanged(position: position)
            }
        }
        try archive.finish()
    }

    /// Writes the content, and says what it hashes to.
    private static func digest(
        of content: any ProtectedFileReader,
        to archive: ArchiveWriter
    ) throws -> SHA256Digest {
        // Noted when the content was written, and authenticated with it: a file that was damaged
        // does not open, and another one notes another digest. So it need not be hashed again.
        if let noted = content.notedDigest {
            try content.forEachPiece { try archive.write($0) }
            return noted
        }
        var hasher = try StreamHasher()
        try content.forEachPiece { piece in
            try hasher.update(piece)
            try archive.write(piece)
        }
        return try hasher.finish()
    }
}

/// Counts and hashes what goes by.
private final class Tally {
    private(set) var byteCount: Int64 = 0
    private var hasher: StreamHasher
    private let write: (UnsafeRawBufferPointer) throws -> Void

    init(_ write: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        self.write = write
        hasher = try StreamHasher()
    }

    func take(_ bytes: UnsafeRawBufferPointer) throws {
        try hasher.update(bytes)
        byteCount += Int64(bytes.count)
        try write(bytes)
    }

    func finish() throws -> SHA256Digest { try hasher.finish() }
}
