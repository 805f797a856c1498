import Casework
import PaperFormat
import RecordExchange
import Synchronization
import TestSupport
import Vocabulary
import WebGateway

/// Takes whatever comes, and says what it was.
final class IntakeSpy: SealedIntake {
    let taken = Mutex<[[UInt8]]>([])
    /// Whether there is no room to open anything.
    let isFull = Mutex(false)

    func take(
        _ sealed: any ProtectedFileReader,
        from partner: Partner.ID
    ) async throws -> SealedReceiptText {
        guard !isFull.withLock(\.self) else { throw FileRefusal.diskFull }
        let bytes = try Self.all(of: sealed)
        taken.withLock { $0.append(bytes) }
        return SealedReceiptText(
            verdict: bytes.first == 0 ? .refused : .accepted,
            reason: nil,
            explanation: "why",
            text: "{}",
            signature: "c2ln"
        )
    }

    func digest(of file: any ProtectedFileReader) async throws -> SHA256Digest {
        ReferenceSHA256.digest(of: try Self.all(of: file))
    }

    private static func all(of file: any ProtectedFileReader) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let piece = try file.read(from: Int64(bytes.count), upTo: 7_000)
            if piece.isEmpty { return bytes }
            bytes += piece
        }
    }
}

/// Has no file of any bundle.
struct NoFiles: RecordFiles {
    func file(_ file: RecordBundle.File) throws -> any ProtectedFileReader {
        throw GatewayFailure.notFound
    }
    func sealed(_ bundle: RecordBundle) throws -> any ProtectedFileReader {
        throw GatewayFailure.notFound
    }
    func printed(_ record: PrintedRecord) async throws -> [UInt8]? { nil }
    func archive(
        _ order: BundleOrder
    ) async throws -> (reader: any ProtectedFileReader, digest: SHA256Digest) {
        throw GatewayFailure.notFound
    }
}
