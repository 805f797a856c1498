import Casework
import Foundation
import Glibc
import SeededNumbers
import Synchronization
import Vocabulary

/// A directory of its own for one test, removed at the end.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "mochila-intake-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func entries(_ folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder).sorted()
    }
}

/// Random bits by seed, and digests that are good enough to tell test files apart.
final class SeededSecrets: SecretSource {
    private let generator: Mutex<SeededGenerator>

    init(seed: UInt64 = 1) {
        generator = Mutex(SeededGenerator(seed: seed))
    }

    func randomBits() -> UInt128 {
        generator.withLock { UInt128($0.next()) << 64 | UInt128($0.next()) }
    }

    func digest(of bytes: [UInt8]) -> SHA256Digest { Self.weakDigest(of: bytes) }

    static func weakDigest(of bytes: [UInt8]) -> SHA256Digest {
        let words = (1...4).map { salt in
            bytes.reduce(UInt64(salt) &* 0x9E37_79B9_7F4A_7C15) { hash, byte in
                (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        let all = words.flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
        guard let digest = SHA256Digest(bytes: all) else { preconditionFailure("32 bytes") }
        return digest
    }
}

/// Stores plaintext, and fails where a test wants it to.
struct PlainProtection: FileProtection {
    enum Fault: Error { case refused }

    var failsAfter: Int64 = .max
    var failure: @Sendable () -> any Error = { Fault.refused }
    var failsAtFinish = false

    func makeWriter(creating path: String) throws -> any ProtectedFileWriter {
        try PlainWriter(path: path, protection: self)
    }

    func makeReader(of path: String) throws -> any ProtectedFileReader {
        PlainReader(bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    }
}

private final class PlainWriter: ProtectedFileWriter {
    private let path: String
    private let protection: PlainProtection
    private let bytes = Mutex<[UInt8]>([])

    init(path: String, protection: PlainProtection) throws {
        self.path = path
        self.protection = protection
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw PlainProtection.Fault.refused }
        close(descriptor)
    }

    func write(_ piece: UnsafeRawBufferPointer) throws {
        try bytes.withLock { bytes in
            guard Int64(bytes.count + piece.count) <= protection.failsAfter else {
                throw protection.failure()
            }
            bytes.append(contentsOf: piece)
        }
    }

    func finish() throws -> (bytes: Int64, digest: SHA256Digest) {
        guard !protection.failsAtFinish else { throw protection.failure() }
        let all = bytes.withLock { $0 }
        try Data(all).write(to: URL(fileURLWithPath: path))
        return (Int64(all.count), SeededSecrets.weakDigest(of: all))
    }

    func abandon() { unlink(path) }
}

private struct PlainReader: ProtectedFileReader {
    let bytes: [UInt8]
    var byteCount: Int64 { Int64(bytes.count) }

    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        guard offset < byteCount else { return [] }
        return Array(bytes[Int(offset)...].prefix(maximum))
    }
}

extension IncomingFile {
    /// Writes in pieces, as a connection would bring them.
    func write(_ bytes: [UInt8], piece: Int = 10_000) async throws {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, piece), alignment: 1)
        defer { memory.deallocate() }
        for start in stride(from: 0, to: bytes.count, by: piece) {
            let part = bytes[start..<min(start + piece, bytes.count)]
            memory.copyBytes(from: part)
            try await write(UnsafeRawBufferPointer(rebasing: memory[..<part.count]))
        }
    }
}
