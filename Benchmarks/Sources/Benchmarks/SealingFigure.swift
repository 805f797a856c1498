import BundleFormat
import Casework
import Glibc
import Sealing
import StudentRecords
import Synchronization
import TestSupport
import Vocabulary

/// Seals and opens one large attachment, memory to memory, with every digest; and out of the store
/// into a file and out of that into files, beside `cp`.
///
/// In memory the attachment says what it hashes to, as a file at rest does. The opener's scratch
/// file lies in /dev/shm, which is memory as well.
struct SealingFigure {
    /// On the disk that the store would be on.
    let disk: String
    let byteCount = 256 << 20
    let rounds = 5

    struct Result {
        var seal: Double
        var open: Double
        var floor: Double
        /// By the clock, with everything flushed: sealing, opening, and `cp` of the same bytes.
        /// `confined`: opening by the program that does it for the gateway.
        var files: (seal: Double, open: Double, confined: Double, copy: Double)
    }

    func run() throws -> Result {
        let folder = "/dev/shm/mochila-benchmark-\(getpid())"
        mkdir(folder, 0o700)
        defer { rmdir(folder) }
        let now = Instant.noon("2026-05-18")
        let keys = try GatewayKeys.create(
            in: "\(folder)/keys",
            organization: "Benchmark",
            at: now
        )
        defer { remove("\(folder)/keys") }
        let noise = Self.noise(byteCount)
        let content = NotedBytes(
            bytes: BytesReader(noise),
            notedDigest: try BytesReader(noise).digest()
        )
        let draft = try draft(with: content, at: now)
        let sealer = BundleSealer(signer: keys.signing)
        let opener = BundleOpener(trust: [keys.authority])

        var seals: [Double] = []
        var opens: [Double] = []
        var floors: [Double] = []
        for round in 0...rounds {
            var sealed: [UInt8] = []
            sealed.reserveCapacity(byteCount + (1 << 20))
            let sealing = try userTime {
                try sealer.seal(draft, to: [keys.encryption.certificate]) { piece in
                    sealed.append(contentsOf: piece)
                }
            }
            let reader = BytesReader(sealed)
            let opening = try userTime {
                let files = MemoryFiles(reserving: byteCount)
                _ = try opener.open(
                    reader,
                    with: keys.opening,
                    at: now,
                    scratch: "\(folder)/scratch",
                    into: files
                )
                precondition(files.largest == byteCount, "the attachment came out whole")
            }
            // The first round pays for what is made once.
            if round == 0 { continue }
            seals.append(sealing.seconds)
            opens.append(opening.seconds)
            floors.append(try OpenSSLSpeed.measured().seconds(for: byteCount))
        }
        return Result(
            seal: seals.median,
            open: opens.median,
            floor: floors.min() ?? 0,
            files: try files(noise, keys, at: now)
        )
    }

    private func files(
        _ noise: [UInt8],
        _ keys: GatewayKeys,
        at now: Instant
    ) throws -> (seal: Double, open: Double, confined: Double, copy: Double) {
        let vault = FileVault(keys: .ephemeral())
        let (stored, plain) = ("\(disk)/stored.vault", "\(disk)/plain")
        let (sealed, copied) = ("\(disk)/sealed.cms", "\(disk)/copied")
        for writer in [
            try vault.makeWriter(creating: stored), try PlainFileWriter(creating: plain),
        ] {
            try noise.withUnsafeBytes { try writer.write($0) }
            _ = try writer.finish()
        }
        defer { for path in [stored, plain] { unlink(path) } }
        let draft = try draft(with: try vault.makeReader(of: stored), at: now)
        let openers = [
            BundleOpener(trust: [keys.authority]),
            BundleOpener(trust: [keys.authority], program: try .besideThisProgram()),
        ]
        var (seals, copies): ([Double], [Double]) = ([], [])
        var opens: [[Double]] = [[], []]
        for round in 0...rounds {
            let seal = try clockTime {
                _ = try BundleSealer(signer: keys.signing)
                    .seal(draft, to: [keys.encryption.certificate], creating: sealed)
            }
            let opened = try openers.map { opener in
                defer { _ = try? shell("rm -rf \(disk)/opened && sync") }
                return try clockTime {
                    _ = try opener.open(
                        try PlainFileReader(path: sealed),
                        with: keys.opening,
                        at: now,
                        scratch: "\(disk)/scratch",
                        into: try OpenedFolder("\(disk)/opened")
                    )
                }
            }
            let copy = try clockTime {
                try shell("cp \(plain) \(copied) && sync \(copied)")
            }
            try shell("rm -r \(sealed) \(copied) && sync")
            if round == 0 { continue }
            seals.append(seal)
            copies.append(copy)
            for (place, seconds) in opened.enumerated() { opens[place].append(seconds) }
        }
        return (seals.median, opens[0].median, opens[1].median, copies.median)
    }

    private func remove(_ path: String) {
        for name in [
            "ca.pem", "ca.key", "signing.pem", "signing.key", "encryption.pem", "encryption.key",
            "master-1.key",
        ] { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    private func draft(with content: any ProtectedFileReader, at now: Instant) throws -> BundleDraft
    {
        BundleDraft(
            bundle: .numbered(1),
            request: RequestNumber(bits: 1),
            madeAt: now,
            sender: .init(organization: "school:060000200002", name: "Maple School"),
            certification: .init(by: .signedInStaff, name: "Rosa Registro", title: ""),
            recipient: .init(organization: "school:480000100001", name: "Oak School"),
            legalBasis: "enrollment",
            parts: [],
            attachments: [
                BundleAttachment(
                    parts: [],
                    name: "large.pdf",
                    mediaType: "application/pdf",
                    digest: try content.notedDigest ?? content.digest(),
                    content: content
                )
            ],
            recordPage: StandaloneBundles.page(listing: ["large.pdf"])
        )
    }

    /// Bytes that do not compress, always the same.
    private static func noise(_ count: Int) -> [UInt8] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let words = UnsafeMutableRawBufferPointer(buffer).bindMemory(to: UInt64.self)
            for position in words.indices {
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                words[position] = state
            }
            initialized = count
        }
    }
}

/// Bytes that say what they hash to, as a file at rest does.
private struct NotedBytes: ProtectedFileReader {
    let bytes: BytesReader
    let notedDigest: SHA256Digest?

    var byteCount: Int64 { bytes.byteCount }

    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        try bytes.read(from: offset, upTo: maximum)
    }

    func withBytes(
        from offset: Int64,
        upTo maximum: Int,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Int {
        try bytes.withBytes(from: offset, upTo: maximum, body)
    }
}

/// Opened files kept in memory, hashed as every destination must.
private final class MemoryFiles: OpenedFiles {
    private var writers: [MemoryWriter] = []
    private let byteCount: Int

    /// What the largest will have, so that growing is not measured.
    init(reserving byteCount: Int) {
        self.byteCount = byteCount
    }

    var largest: Int { writers.map(\.byteCount).max() ?? 0 }

    func makeWriter(for name: ArchiveName) throws -> any ProtectedFileWriter {
        let writer = MemoryWriter(
            reserving: name.description.hasPrefix("files/") ? byteCount : 0
        )
        writers.append(writer)
        return writer
    }

    func publish() {}
    func abandon() {}
}

private final class MemoryWriter: ProtectedFileWriter {
    private let bytes: Mutex<[UInt8]>

    init(reserving byteCount: Int) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        self.bytes = Mutex(bytes)
    }

    var byteCount: Int { bytes.withLock(\.count) }

    func write(_ piece: UnsafeRawBufferPointer) {
        bytes.withLock { $0.append(contentsOf: piece) }
    }

    func finish() throws -> (bytes: Int64, digest: SHA256Digest) {
        let reader = BytesReader(bytes.withLock(\.self))
        return (reader.byteCount, try reader.digest())
    }

    func abandon() {}
}
