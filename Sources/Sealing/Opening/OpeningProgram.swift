import BundleFormat
import Casework
import Glibc
import Vocabulary

/// The confined program that parses, decrypts and unzips what partners send: `mochila-open`,
/// started once for each bundle.
package struct OpeningProgram: Hashable, Sendable {
    package let path: String
    /// Seconds that it may be silent.
    package var silence: Int64 = 30
    /// Seconds that it may take in all, beside one for each MiB.
    package var patience: Int64 = 60

    package static let name = "mochila-open"

    package init(path: String) {
        self.path = path
    }

    /// The one beside the running program; throws `BundleFailure.opener(.missing)`.
    package static func besideThisProgram() throws -> Self {
        guard let path = ConfinedRun.path(ofNeighbour: name) else {
            throw BundleFailure.opener(.missing)
        }
        return Self(path: path)
    }

    /// Starts it for nothing and asks what confines it.
    package func confinement() throws -> Confinement {
        var talk = try OpeningTalk(self, input: nil, byteCount: 0)
        try talk.send(.exercise, [0])
        try talk.send(.go, [])
        let (kind, _) = try talk.next()
        guard kind == .done else { throw BundleFailure.opener(.garbage) }
        return talk.confinement
    }

    /// Lets it try something that it must not be able to do, by its number; `nil` where it ended.
    ///
    /// For tests: see `mochila-open`.
    package func exercise(_ number: UInt8) throws -> Bool? {
        var talk = try OpeningTalk(self, input: nil, byteCount: 0)
        try talk.send(.exercise, [number])
        try talk.send(.go, [])
        do {
            let (kind, payload) = try talk.next()
            guard kind == .done, payload.count == 1 else { throw BundleFailure.opener(.garbage) }
            return payload == [1]
        } catch BundleFailure.opener(.crashed) {
            return nil
        }
    }

    enum Task {
        case seal([OpeningKey])
        case archive
    }

    func unpack(
        _ bundle: any ProtectedFileReader,
        _ task: Task,
        scratch: String,
        into sink: inout some UnpackedSink
    ) throws {
        // Refused here, so that nothing large is copied first.
        guard bundle.byteCount <= BundleLimits.sealedBytes else { throw BundleFailure.tooLarge }
        let plain = try Self.plainFile(bundle, scratch: scratch)
        let descriptor = try plain.duplicateDescriptor()
        defer { close(descriptor) }
        var talk = try OpeningTalk(self, input: descriptor, byteCount: bundle.byteCount)
        try talk.requireConfinement()
        switch task {
        case .seal(let keys):
            try talk.send(.seal, [])
            for key in keys {
                try talk.send(.identifier, key.identifier)
                try talk.send(.key, key.key.revealed)
            }
        case .archive: try talk.send(.archive, [])
        }
        try talk.send(.go, [])
        try Self.replay(&talk, into: &sink)
    }

    func check(
        _ signature: [UInt8],
        over content: [UInt8],
        upTo limit: Int = BundleLimits.manifestBytes,
        trust: [[UInt8]],
        at instant: Instant
    ) throws -> SignatureVerdict {
        guard signature.count <= BundleLimits.signatureBytes, content.count <= limit else {
            return .bad(.malformed)
        }
        var talk = try OpeningTalk(self, input: nil, byteCount: 0)
        try talk.requireConfinement()
        try talk.send(.signature, signature)
        for start in stride(from: 0, to: content.count, by: OpeningFrame.largestOrder) {
            let end = min(content.count, start + OpeningFrame.largestOrder)
            try talk.send(.content, Array(content[start..<end]))
        }
        for root in trust { try talk.send(.root, root) }
        try talk.send(.instant, instant.millisecondsSince1970.bigEndianBytes)
        try talk.send(.go, [])
        let (kind, payload) = try talk.next()
        guard kind == .done, let first = payload.first else {
            throw BundleFailure.opener(.garbage)
        }
        if first == 0 {
            guard let seconds = Int64(bigEndianBytes: payload.dropFirst().prefix(8)), seconds >= 0,
                seconds <= instant.millisecondsSince1970 / 1_000,
                let signer = try? Signer(der: Array(payload.dropFirst(9)), signedAt: seconds)
            else { throw BundleFailure.opener(.garbage) }
            return .good(signer)
        }
        let problems = BundleFailure.SignatureProblem.allCases
        guard payload.count == 1, Int(first) <= problems.count else {
            throw BundleFailure.opener(.garbage)
        }
        return .bad(problems[Int(first) - 1])
    }

    private static func replay(
        _ talk: inout OpeningTalk,
        into sink: inout some UnpackedSink
    ) throws {
        while true {
            let (kind, payload) = try talk.next()
            switch kind {
            case .recipients:
                guard let opener = payload.first, payload.count % 32 == 1 else {
                    throw BundleFailure.opener(.garbage)
                }
                let identifiers = stride(from: payload.startIndex + 1, to: payload.endIndex, by: 32)
                    .compactMap { SHA256Digest(bytes: Array(payload[$0..<($0 + 32)])) }
                try sink.recipients(identifiers, opener: Int(opener))
            case .file:
                guard let byteCount = Int64(bigEndianBytes: payload.prefix(8)) else {
                    throw BundleFailure.opener(.garbage)
                }
                let name: ArchiveName
                do { name = try ArchiveName(bytes: Array(payload.dropFirst(8))) } catch {
                    throw BundleFailure.opener(.garbage)
                }
                try sink.begin(name, byteCount: byteCount)
            case .data: try payload.withUnsafeBytes { try sink.data($0) }
            case .end: try sink.end()
            case .done: return
            case .refusal:
                throw OpeningRefusal.failure(for: String(decoding: payload, as: UTF8.self))
            default: throw BundleFailure.opener(.garbage)
            }
        }
    }

    /// The bundle where the program can read it: as it lies, or copied, still sealed, into a file
    /// without a name.
    private static func plainFile(
        _ bundle: any ProtectedFileReader,
        scratch: String
    ) throws -> PlainFileReader {
        if let plain = bundle as? PlainFileReader { return plain }
        let file = try OpenFile(creating: scratch)
        defer { Folder.remove(scratch) }
        try bundle.forEachPiece { try file.write($0) }
        return try PlainFileReader(path: scratch)
    }
}
