import BundleFormat
import Vocabulary

/// One message between the gateway and the confined program: a letter, a length of four bytes,
/// big-endian, and that many bytes.
struct OpeningFrame {
    enum Kind: UInt8 {
        // To the program.
        case seal = 0x53
        case archive = 0x41
        case signature = 0x56
        case identifier = 0x49
        case key = 0x4B
        case content = 0x43
        case root = 0x52
        case instant = 0x54
        case exercise = 0x45
        case go = 0x47

        // From it.
        case confinement = 0x63
        case recipients = 0x72
        case file = 0x66
        case data = 0x64
        case end = 0x65
        case done = 0x6F
        case refusal = 0x78
    }

    let kind: Kind
    let payload: [UInt8]

    static let headerSize = 5
    /// Of what the program says.
    static let largestAnswer = 1 << 18
    /// Of what it is told: a manifest.
    static let largestOrder = BundleLimits.manifestBytes
    /// Of what a signature is checked over, in as many messages as that takes.
    static let largestContent = Int(SignedPaper.longest)

    static func header(_ kind: Kind, _ count: Int) -> [UInt8] {
        [kind.rawValue] + UInt32(count).bigEndianBytes
    }
}

extension FixedWidthInteger {
    var bigEndianBytes: [UInt8] {
        withUnsafeBytes(of: bigEndian) { Array($0) }
    }

    /// `nil` unless there are exactly as many bytes as the number has.
    init?(bigEndianBytes bytes: some Collection<UInt8>) {
        guard bytes.count == Self.bitWidth / 8 else { return nil }
        self = bytes.reduce(0) { $0 << 8 | Self(truncatingIfNeeded: $1) }
    }
}

/// The failures that the program may name, as it writes them.
///
/// Only what parsing and decrypting can find: about signatures, recipients and expectations the
/// gateway makes up its own mind.
enum OpeningRefusal {
    private static let plain: [String: BundleFailure] = [
        "not-a-bundle": .notABundle, "truncated": .truncated, "too-large": .tooLarge,
        "wrong-key": .wrongKey, "tampered": .tampered, "unsafe-name": .unsafeName,
        "unreadable": .unreadable,
    ]

    static func text(of failure: BundleFailure) -> String {
        switch failure {
        case .weakSeal(let refusal): "seal:\(refusal)"
        case .archive(let refusal): "archive:\(refusal)"
        default: plain[failure.key] == nil ? "unreadable" : failure.key
        }
    }

    static func failure(for text: String) -> BundleFailure {
        if let failure = plain[text] { return failure }
        let seals = SealRefusal.allCases.map(BundleFailure.weakSeal)
        let archives = ArchiveRefusal.allCases.map(BundleFailure.archive)
        return (seals + archives).first { Self.text(of: $0) == text } ?? .opener(.garbage)
    }
}
