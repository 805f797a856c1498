import BundleFormat
import Casework
import Foundation
import Sealing
import Synchronization
import Testing
import Vocabulary

/// A file of any size that lies nowhere.
struct Endless: ProtectedFileReader {
    let byteCount: Int64

    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        [UInt8](repeating: 7, count: Int(min(Int64(maximum), byteCount - offset)))
    }
}

/// A file whose disk broke.
struct Failing: ProtectedFileReader {
    struct Broken: Error {}
    var byteCount: Int64 { 1_000 }
    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] { throw Broken() }
}

/// The most memory that this process had at any sample.
final class PeakMemory: Sendable {
    private let peak = Mutex(0)

    /// In bytes.
    var highest: Int { peak.withLock { $0 } }

    func sample() throws {
        let resident = try Self.resident()
        peak.withLock { $0 = max($0, resident) }
    }

    /// Bytes of this process that are in memory.
    static func resident() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        let pages = try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        return pages * 4_096
    }
}

/// Where files go to be written, hashed and forgotten while memory is watched.
struct Watched: OpenedFiles {
    let memory: PeakMemory
    let folder: TemporaryFolder

    func makeWriter(for name: ArchiveName) throws -> any ProtectedFileWriter {
        let path = folder.file("watched-\(name.lastComponent)")
        return WatchedWriter(inner: try PlainFileWriter(creating: path), memory: memory)
    }

    func publish() throws {}
    func abandon() {}
}

private struct WatchedWriter: ProtectedFileWriter {
    let inner: PlainFileWriter
    let memory: PeakMemory

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        try memory.sample()
        try inner.write(bytes)
    }

    func finish() throws -> (bytes: Int64, digest: SHA256Digest) { try inner.finish() }
    func abandon() { inner.abandon() }
}
