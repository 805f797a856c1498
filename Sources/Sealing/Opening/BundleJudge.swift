import BundleFormat
import Casework
import Synchronization
import Vocabulary

/// Checks what comes out of a bundle while it comes: signature, recipients, expectations and every
/// digest, none of it on the word of whoever unpacked it.
///
/// Neither publishes nor abandons the destination.
final class BundleJudge: UnpackedSink {
    private let verifier: ManifestVerifier
    /// The pairs whose keys were offered; `nil` where there is no seal.
    private let keys: [KeyPair]?
    private let accept: (SignedManifest) throws -> Void
    private let destination: any OpenedFiles

    private var sealedTo: (identifiers: [SHA256Digest], opener: Certificate)?
    private var manifestBytes: [UInt8] = []
    private var expected: FileList?
    private var signed: SignedManifest?
    private var current: Current?

    private struct Current {
        let name: ArchiveName
        let byteCount: Int64
        var received: Int64 = 0
        /// Of the first two files, which are judged before anything is written.
        var bytes: [UInt8] = []
        var writer: (any ProtectedFileWriter)?
        var file: BundleManifest.File?
    }

    init(
        verifier: ManifestVerifier,
        keys: [KeyPair]?,
        destination: (any OpenedFiles)?,
        accept: @escaping (SignedManifest) throws -> Void
    ) {
        self.verifier = verifier
        self.keys = keys
        self.destination = destination ?? Forgetful()
        self.accept = accept
    }

    func recipients(_ identifiers: [SHA256Digest], opener: Int) throws {
        guard let keys, keys.indices.contains(opener), sealedTo == nil, current == nil,
            (1...BundleLimits.recipients).contains(identifiers.count)
        else { throw BundleFailure.opener(.garbage) }
        sealedTo = (identifiers, keys[opener].certificate)
    }

    func begin(_ name: ArchiveName, byteCount: Int64) throws {
        guard current == nil, (keys == nil) == (sealedTo == nil), byteCount >= 0 else {
            throw BundleFailure.opener(.garbage)
        }
        var next = Current(name: name, byteCount: byteCount)
        if signed == nil {
            let isManifest = manifestBytes.isEmpty
            guard name == (isManifest ? .manifest : .signature) else {
                throw BundleFailure.files(.order)
            }
            let limit = isManifest ? BundleLimits.manifestBytes : BundleLimits.signatureBytes
            guard byteCount <= Int64(limit) else { throw BundleFailure.tooLarge }
        } else {
            next.file = try expected?.take(name, byteCount: byteCount)
            next.writer = try atDestination { try destination.makeWriter(for: name) }
        }
        current = next
    }

    func data(_ bytes: UnsafeRawBufferPointer) throws {
        guard var now = current.take() else { throw BundleFailure.opener(.garbage) }
        defer { current = now }
        now.received += Int64(bytes.count)
        guard now.received <= now.byteCount else { throw BundleFailure.opener(.garbage) }
        if let writer = now.writer {
            try atDestination { try writer.write(bytes) }
        } else {
            now.bytes += bytes
        }
    }

    func end() throws {
        guard let done = current, done.received == done.byteCount else {
            throw BundleFailure.opener(.garbage)
        }
        if let writer = done.writer {
            guard try atDestination({ try writer.finish().digest }) == done.file?.digest else {
                throw BundleFailure.files(.changed)
            }
        } else if manifestBytes.isEmpty {
            guard !done.bytes.isEmpty else { throw BundleFailure.manifest([]) }
            manifestBytes = done.bytes
        } else {
            try judge(signature: done.bytes)
        }
        current = nil
    }

    /// What was signed, after everything that was signed has come.
    func finish() throws -> SignedManifest {
        guard current == nil else { throw BundleFailure.opener(.garbage) }
        guard let signed else { throw BundleFailure.files(.order) }
        try expected?.requireComplete()
        return signed
    }

    /// Closes what is half-written.
    func abandon() {
        current?.writer?.abandon()
        current = nil
    }

    private func judge(signature: [UInt8]) throws {
        let signed = try verifier.verify(manifestBytes, signature: signature)
        try checkRecipients(signed.manifest)
        try accept(signed)
        try write(manifestBytes, .manifest)
        try write(signature, .signature)
        expected = try FileList(signed.manifest)
        self.signed = signed
    }

    /// The seal's recipients must be exactly those the sender signed: else somebody who received
    /// the record has sealed it again, or somebody else can read along.
    private func checkRecipients(_ manifest: BundleManifest) throws {
        guard keys != nil else { return }
        let named = manifest.certificates.map(\.identifier)
        guard let sealedTo, Set(sealedTo.identifiers) == Set(named),
            sealedTo.identifiers.count == named.count,
            manifest.certificates.contains(try sealedTo.opener.recipientEntry())
        else { throw BundleFailure.recipientsDiffer }
    }

    private func write(_ bytes: [UInt8], _ name: ArchiveName) throws {
        try atDestination {
            let writer = try destination.makeWriter(for: name)
            try bytes.withUnsafeBytes { try writer.write($0) }
            _ = try writer.finish()
        }
    }
}

/// Where files go that are only to be checked.
private struct Forgetful: OpenedFiles {
    func makeWriter(for name: ArchiveName) throws -> any ProtectedFileWriter { try Hashing() }
    func publish() {}
    func abandon() {}

    private final class Hashing: ProtectedFileWriter {
        private let state: Mutex<State>

        private struct State: ~Copyable {
            var hasher: StreamHasher
            var byteCount: Int64 = 0
        }

        init() throws {
            state = Mutex(State(hasher: try StreamHasher()))
        }

        func write(_ bytes: UnsafeRawBufferPointer) throws {
            try state.withLock { state in
                try state.hasher.update(bytes)
                state.byteCount += Int64(bytes.count)
            }
        }

        func finish() throws -> (bytes: Int64, digest: SHA256Digest) {
            try state.withLock { ($0.byteCount, try $0.hasher.finish()) }
        }

        func abandon() {}
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
