import BundleFormat
import CArchive
import Casework
import Glibc
import Vocabulary

/// What the confined program does: one order, answered, and the end.
///
/// Descriptor 0 is the bundle; descriptor 3 is the line to the gateway.
package struct OpeningWorker {
    private static let input: Int32 = 0
    private static let line: Int32 = 3

    /// Bytes of memory beyond what the program has when it starts.
    package static let memory: UInt64 = 64 << 20

    /// Seconds of processor time for a file of this size.
    package static func processorSeconds(for byteCount: Int64) -> UInt32 {
        20 + UInt32(clamping: byteCount >> 23)
    }

    /// The bundle; `nil` where there is none.
    private let bundle: PlainFileReader?

    /// Size of the bundle, or 0 where there is none.
    package var byteCount: Int64 { bundle?.byteCount ?? 0 }

    /// To be made before the process is confined: makes the libraries look for their files while
    /// there are any.
    package init() {
        _ = try? sha256([])
        _ = SystemSecrets.randomBytes(1)
        mochila_zip_prepare()
        bundle = try? PlainFileReader(adopting: Self.input)
    }

    /// Takes the order and answers it.
    ///
    /// `exercise` tries what a confined process must not be able to do, by number, and answers
    /// what came of it.
    package func run(
        confinement: Confinement,
        exercise: (UInt8) -> Bool
    ) throws {
        var sink = LineSink(line: Self.line)
        try sink.send(.confinement, confinement.rawValue.bigEndianBytes)
        let order = try Order(readingFrom: Self.line)
        do {
            switch order.kind {
            case .seal:
                try Unpacking.seal(try source(), keys: order.keys, into: &sink)
                try sink.send(.done, [])
            case .archive:
                try Unpacking.archive(try source(), into: &sink)
                try sink.send(.done, [])
            case .signature:
                try sink.send(.done, order.verdict)
            default:
                try sink.send(.done, [exercise(order.number) ? 1 : 0])
            }
        } catch let failure as LineFailure {
            throw failure
        } catch {
            let text = OpeningRefusal.text(of: BundleFailure(any: error))
            try sink.send(.refusal, Array(text.utf8))
        }
    }

    private func source() throws -> PlainFileReader {
        guard let bundle else { throw BundleFailure.unreadable }
        return bundle
    }
}

/// The line broke: nobody listens any more.
struct LineFailure: Error {}

/// What the gateway asked for.
private struct Order {
    var kind = OpeningFrame.Kind.go
    var keys: [OpeningKey] = []
    private var identifier: [UInt8] = []
    private var content: [UInt8] = []
    private var signature: [UInt8] = []
    private var roots: [[UInt8]] = []
    private var instant = Instant(millisecondsSince1970: 0)
    var number: UInt8 = 0

    init(readingFrom line: Int32) throws {
        while true {
            let header = try Self.read(OpeningFrame.headerSize, from: line)
            guard let kind = OpeningFrame.Kind(rawValue: header[0]),
                let count = UInt32(bigEndianBytes: header[1...]),
                count <= OpeningFrame.largestOrder
            else { throw LineFailure() }
            let payload = try Self.read(Int(count), from: line)
            switch kind {
            case .go: return
            case .seal, .archive: self.kind = kind
            case .signature:
                self.kind = kind
                signature = payload
            case .exercise:
                self.kind = kind
                number = payload.first ?? 0
            case .identifier: identifier = payload
            case .key: keys.append(OpeningKey(identifier: identifier, key: payload))
            case .content:
                guard content.count + payload.count <= OpeningFrame.largestContent else {
                    throw LineFailure()
                }
                content += payload
            case .root: roots.append(payload)
            case .instant:
                guard let time = Int64(bigEndianBytes: payload) else { throw LineFailure() }
                instant = Instant(millisecondsSince1970: time)
            default: throw LineFailure()
            }
        }
    }

    /// A zero, eight bytes of seconds (0, or when it was signed where that is over) and the
    /// signer's certificate; or one more than the number of the problem.
    var verdict: [UInt8] {
        switch DetachedSignature.check(signature, over: content, trust: roots, at: instant) {
        case .good(let signer):
            let seconds = (signer.signedAt?.millisecondsSince1970 ?? 0) / 1_000
            return [0] + seconds.bigEndianBytes + signer.certificate.der
        case .bad(let problem):
            let number = BundleFailure.SignatureProblem.allCases.firstIndex(of: problem) ?? 0
            return [UInt8(number + 1)]
        }
    }

    private static func read(_ count: Int, from line: Int32) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes {
                Glibc.read(line, $0.baseAddress?.advanced(by: filled), count - filled)
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw LineFailure() }
            filled += got
        }
        return bytes
    }
}

/// Writes what comes out of a bundle to the gateway.
private struct LineSink: UnpackedSink {
    let line: Int32

    func recipients(_ identifiers: [SHA256Digest], opener: Int) throws {
        try send(.recipients, [UInt8(opener)] + identifiers.flatMap(\.bytes))
    }

    func begin(_ name: ArchiveName, byteCount: Int64) throws {
        try send(.file, byteCount.bigEndianBytes + name.description.utf8)
    }

    func data(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = min(rest.count, OpeningFrame.largestAnswer)
            try send(.data, UnsafeRawBufferPointer(rebasing: rest[..<count]))
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    func end() throws { try send(.end, []) }

    func send(_ kind: OpeningFrame.Kind, _ payload: [UInt8]) throws {
        try payload.withUnsafeBytes { try send(kind, $0) }
    }

    private func send(_ kind: OpeningFrame.Kind, _ payload: UnsafeRawBufferPointer) throws {
        try OpeningFrame.header(kind, payload.count).withUnsafeBytes { try write($0) }
        try write(payload)
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(line, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw LineFailure() }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }
}
