import BundleFormat
import COpenSSL
import Casework
import Vocabulary

/// A sealed file whose structure was checked.
struct SealedInput {
    private let reader: any ProtectedFileReader
    private let check: SealCheck

    init(_ reader: any ProtectedFileReader) throws {
        self.reader = reader
        let source = SeekableBytes(byteCount: reader.byteCount) { offset, maximum in
            try? reader.read(from: offset, upTo: maximum)
        }
        do {
            check = try SealCheck(source)
        } catch {
            throw BundleFailure(error)
        }
    }

    var recipients: [SealRecipient] { check.recipients }

    /// The first of these keys that the file is sealed to.
    func opener(among keys: [KeyPair]) throws -> KeyPair {
        let named = Set(check.recipients.map(\.identifier))
        for key in keys where named.contains(try key.certificate.issuerAndSerial) { return key }
        throw BundleFailure.wrongKey
    }

    /// Decrypts; what reached `write` must be thrown away unless this returns.
    func decrypt(
        with key: KeyPair,
        to write: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var ciphertext = CiphertextReader(reader, check.ciphertext)
        try withoutActuallyEscaping(write) { write in
            let sink = ByteSink(write)
            let source = ByteSource { _, capacity in try ciphertext.next(upTo: capacity) }
            let certificate = key.certificate.der
            let secret = key.key.revealed
            let outcome = withExtendedLifetime((source, sink)) {
                mochila_cms_open(
                    check.header,
                    check.header.count,
                    secret,
                    secret.count,
                    certificate,
                    certificate.count,
                    { context, buffer, capacity in
                        ByteSource.at(context)?.fillNext(buffer, capacity) ?? -1
                    },
                    source.context,
                    { context, bytes, count in ByteSink.at(context)?.take(bytes, count) ?? -1 },
                    sink.context
                )
            }
            switch Int(outcome) {
            case MOCHILA_OPEN_DONE: return
            case MOCHILA_OPEN_CALLBACK_FAILED:
                throw sink.failure ?? source.failure ?? BundleFailure.unreadable
            case MOCHILA_OPEN_WRONG_KEY: throw BundleFailure.wrongKey
            case MOCHILA_OPEN_TAMPERED: throw BundleFailure.tampered
            default: throw BundleFailure.notABundle
            }
        }
    }
}

/// Gives out ciphertext in order, without the headers of its segments.
private struct CiphertextReader {
    private let reader: any ProtectedFileReader
    private let layout: SealCheck.Ciphertext
    private var window: [UInt8] = []
    private var windowStart: Int64 = 0
    private var position: Int64
    private var segmentLeft: Int64

    private static let windowSize = 1 << 18

    init(_ reader: any ProtectedFileReader, _ layout: SealCheck.Ciphertext) {
        self.reader = reader
        self.layout = layout
        position = layout.start
        segmentLeft = layout.isSegmented ? 0 : layout.byteCount
    }

    /// Up to `maximum` bytes, across as many segments as fit; none at the end.
    mutating func next(upTo maximum: Int) throws -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(maximum)
        while result.count < maximum {
            if segmentLeft == 0, try !startSegment() { break }
            try load()
            let start = Int(position - windowStart)
            let count = Int(
                min(segmentLeft, Int64(min(maximum - result.count, window.count - start)))
            )
            result += window[start..<(start + count)]
            position += Int64(count)
            segmentLeft -= Int64(count)
        }
        return result
    }

    // The structure was checked before; whatever differs now does not get past the tag.
    private mutating func startSegment() throws -> Bool {
        guard layout.isSegmented else { return false }
        while segmentLeft == 0 {
            guard position < layout.end else { return false }
            guard try byte() == 0x04 else { throw BundleFailure.tampered }
            let first = try byte()
            var length = Int64(first)
            if first >= 0x80 {
                length = 0
                for _ in 0..<Int(first & 0x7F) {
                    length = length << 8 | Int64(try byte())
                    guard length <= layout.end else { throw BundleFailure.tampered }
                }
            }
            guard length <= layout.end - position else { throw BundleFailure.tampered }
            segmentLeft = length
        }
        return true
    }

    private mutating func byte() throws -> UInt8 {
        try load()
        defer { position += 1 }
        return window[Int(position - windowStart)]
    }

    private mutating func load() throws {
        guard position < windowStart || position >= windowStart + Int64(window.count) else {
            return
        }
        let left = layout.end - position
        window = try reader.read(from: position, upTo: Int(min(left, Int64(Self.windowSize))))
        windowStart = position
        guard !window.isEmpty else { throw BundleFailure.unreadable }
    }
}

extension BundleFailure {
    init(_ refusal: SealRefusal) {
        self =
            switch refusal {
            case .unreadable: .unreadable
            case .tooLarge: .tooLarge
            case .truncated: .truncated
            case .trailingBytes: .tampered
            case .notASeal: .notABundle
            case .otherContentType, .weakCipher, .shortTag, .forbiddenRecipient, .noRecipient,
                .tooManyRecipients, .unexpectedField, .badSegments:
                .weakSeal(refusal)
            }
    }

    init(_ refusal: ArchiveRefusal) {
        self =
            switch refusal {
            case .unreadable: .unreadable
            case .tooLarge: .tooLarge
            case .unsafeName: .unsafeName
            case .notAnArchive: .notABundle
            case .inconsistent, .tooManyFiles, .forbiddenFeature, .notAFile, .repeatedName, .bomb:
                .archive(refusal)
            }
    }
}
