import BundleFormat
import Casework
import Vocabulary

/// Reads a bundle's archive once, in order, and checks all of it.
struct BundleReading {
    let trust: [Certificate]
    let instant: Instant

    /// Verifies the signature, asks `accept`, then hands each file to `destination` (where there is
    /// one) while it is hashed.
    ///
    /// Neither publishes nor abandons.
    func read(
        _ reader: any ProtectedFileReader,
        into destination: (any OpenedFiles)?,
        accept: (SignedManifest) throws -> Void
    ) throws -> SignedManifest {
        let checked = try check(reader)
        var archive = try ArchiveReader(reader, checked: checked)
        let manifestBytes = try first(.manifest, in: &archive, limit: BundleLimits.manifestBytes)
        let signature = try first(.signature, in: &archive, limit: BundleLimits.signatureBytes)
        let signed = try ManifestVerifier(trust: trust, instant: instant)
            .verify(manifestBytes, signature: signature)
        try accept(signed)
        try Self.write(manifestBytes, .manifest, destination)
        try Self.write(signature, .signature, destination)

        var expected = try FileList(signed.manifest)
        while let entry = try archive.next() {
            let file = try expected.take(entry.name, byteCount: entry.byteCount)
            try copy(entry, from: &archive, expecting: file, into: destination)
        }
        try expected.requireComplete()
        return signed
    }

    private func check(_ reader: any ProtectedFileReader) throws -> ArchiveCheck {
        let source = SeekableBytes(byteCount: reader.byteCount) { offset, maximum in
            try? reader.read(from: offset, upTo: maximum)
        }
        do {
            return try ArchiveCheck(source)
        } catch {
            throw BundleFailure(error)
        }
    }

    private func first(
        _ name: ArchiveName,
        in archive: inout ArchiveReader,
        limit: Int
    ) throws -> [UInt8] {
        guard let entry = try archive.next(), entry.name == name else {
            throw BundleFailure.files(.order)
        }
        guard entry.byteCount <= Int64(limit) else { throw BundleFailure.tooLarge }
        return try archive.bytes(of: entry)
    }

    private func copy(
        _ entry: ArchiveCheck.Entry,
        from archive: inout ArchiveReader,
        expecting file: BundleManifest.File,
        into destination: (any OpenedFiles)?
    ) throws {
        guard let destination else {
            var hasher = try StreamHasher()
            try archive.read(entry) { try hasher.update($0) }
            guard try hasher.finish() == file.digest else { throw BundleFailure.files(.changed) }
            return
        }
        let writer = try atDestination { try destination.makeWriter(for: entry.name) }
        do {
            try archive.read(entry) { piece in try atDestination { try writer.write(piece) } }
            guard try atDestination({ try writer.finish().digest }) == file.digest else {
                throw BundleFailure.files(.changed)
            }
        } catch {
            writer.abandon()
            throw error
        }
    }

    private static func write(
        _ bytes: [UInt8],
        _ name: ArchiveName,
        _ destination: (any OpenedFiles)?
    ) throws {
        guard let destination else { return }
        try atDestination {
            let writer = try destination.makeWriter(for: name)
            try bytes.withUnsafeBytes { try writer.write($0) }
            _ = try writer.finish()
        }
    }
}

/// The files that a manifest signs, ticked off one by one.
struct FileList {
    private var rest: [ArchiveName: BundleManifest.File]

    init(_ manifest: BundleManifest) throws {
        rest = Dictionary(manifest.files.map { ($0.name, $0) }) { first, _ in first }
        // `SHA256SUMS` is signed by its digest; that it also says the truth is checked here.
        let listed = manifest.files.filter { $0.name != .checksums }
        let text = Array(ChecksumList.text(for: listed).utf8)
        guard try sha256(text) == rest[.checksums]?.digest else {
            throw BundleFailure.files(.changed)
        }
    }

    mutating func take(_ name: ArchiveName, byteCount: Int64) throws -> BundleManifest.File {
        guard let file = rest.removeValue(forKey: name) else { throw BundleFailure.files(.added) }
        guard file.byteCount == byteCount else { throw BundleFailure.files(.changed) }
        return file
    }

    func requireComplete() throws {
        guard rest.isEmpty else { throw BundleFailure.files(.missing) }
    }
}
