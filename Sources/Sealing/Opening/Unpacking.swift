import BundleFormat
import Casework
import Vocabulary

/// Takes what comes out of a bundle, in order.
///
/// What it is told may come from a process that hostile bytes have taken over: it believes only
/// what it can check itself.
protocol UnpackedSink {
    /// The seal's recipients, and which of the offered keys opened it; before any file.
    mutating func recipients(_ identifiers: [SHA256Digest], opener: Int) throws
    mutating func begin(_ name: ArchiveName, byteCount: Int64) throws
    mutating func data(_ bytes: UnsafeRawBufferPointer) throws
    mutating func end() throws
}

/// A private key as it is handed to whoever opens.
struct OpeningKey: Sendable {
    /// DER of IssuerAndSerialNumber.
    let identifier: [UInt8]
    /// DER.
    let key: Redacted<[UInt8]>

    init(_ pair: KeyPair) throws {
        identifier = try pair.certificate.issuerAndSerial
        key = pair.key
    }

    init(identifier: [UInt8], key: [UInt8]) {
        self.identifier = identifier
        self.key = Redacted(key)
    }
}

/// The dangerous part of opening: parsing, decrypting and unzipping what somebody sent.
enum Unpacking {
    /// A sealed file.
    static func seal(
        _ reader: any ProtectedFileReader,
        keys: [OpeningKey],
        into sink: inout some UnpackedSink
    ) throws {
        let check = try sealCheck(of: reader)
        guard let (recipient, opener) = match(check.recipients, keys) else {
            throw BundleFailure.wrongKey
        }
        guard let key = ContentKey(recipient.wrappedKey, with: keys[opener].key.revealed) else {
            throw BundleFailure.wrongKey
        }
        let content = try SealedContent(reader, check, key: key)
        try sink.recipients(try check.recipients.map { try sha256($0.identifier) }, opener: opener)
        try archive(content, into: &sink)
    }

    /// The archive that was in a seal.
    static func archive(
        _ reader: any ProtectedFileReader,
        into sink: inout some UnpackedSink
    ) throws {
        let checked = try archiveCheck(of: reader)
        var archive = try ArchiveReader(reader, checked: checked)
        while let entry = try archive.next() {
            try sink.begin(entry.name, byteCount: entry.byteCount)
            try archive.read(entry) { try sink.data($0) }
            try sink.end()
        }
    }

    private static func match(
        _ recipients: [SealRecipient],
        _ keys: [OpeningKey]
    ) -> (SealRecipient, Int)? {
        for (position, key) in keys.enumerated() {
            if let found = recipients.first(where: { $0.identifier == key.identifier }) {
                return (found, position)
            }
        }
        return nil
    }

    private static func sealCheck(of reader: any ProtectedFileReader) throws -> SealCheck {
        do {
            return try SealCheck(source(reader))
        } catch {
            throw BundleFailure(error)
        }
    }

    private static func archiveCheck(of reader: any ProtectedFileReader) throws -> ArchiveCheck {
        do {
            return try ArchiveCheck(source(reader))
        } catch {
            throw BundleFailure(error)
        }
    }

    private static func source(_ reader: any ProtectedFileReader) -> SeekableBytes {
        SeekableBytes(byteCount: reader.byteCount) { offset, maximum in
            try? reader.read(from: offset, upTo: maximum)
        }
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
