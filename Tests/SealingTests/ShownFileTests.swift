import Foundation
import Sealing
import Testing
import Vocabulary

/// Files that are looked at once.
// One at a time: each has a name for a moment.
@Suite("A file that somebody shows", .serialized) struct ShownFileTests {
    private func shown(_ bytes: [UInt8], in size: Int = 65_536) throws -> ShownFile.Content {
        let file = try ShownFile()
        for start in stride(from: 0, to: bytes.count, by: size) {
            try bytes[start..<min(bytes.count, start + size)].withUnsafeBytes { try file.write($0) }
        }
        return try file.finish()
    }

    @Test(arguments: [0, 1, 15, 16, 17, 100_000, 24 << 20])
    func `it is read back as it came, and its digest is right`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let content = try shown(bytes)
        #expect(content.byteCount == Int64(count))
        #expect(content.beginning == Array(bytes.prefix(16)))
        #expect(content.digest == (try BytesReader(bytes).digest()))
        let reader = try #require(content.reader)
        #expect(reader.byteCount == Int64(count))
        #expect(try reader.read(from: 0, upTo: count) == bytes)
    }

    @Test func `what is too large is hashed to its end, and nothing of it is kept`() throws {
        let bytes = [UInt8](repeating: 7, count: (24 << 20) + 1)
        let content = try shown(bytes, in: 1 << 20)
        #expect(content.reader == nil)
        #expect(content.byteCount == Int64(bytes.count))
        #expect(content.digest == (try BytesReader(bytes).digest()))
    }

    @Test func `it has no name while it is there, and can be read on after it is done`() throws {
        let content = try shown(Array("secret".utf8))
        let names = try FileManager.default.contentsOfDirectory(atPath: "/dev/shm")
        #expect(!names.contains { $0.hasPrefix("mochila-") })
        #expect(try content.reader?.read(from: 0, upTo: 6) == Array("secret".utf8))
    }

    @Test func `it is done once`() throws {
        let file = try ShownFile()
        _ = try file.finish()
        #expect(throws: (any Error).self) { try file.finish() }
        #expect(throws: (any Error).self) { try [UInt8(1)].withUnsafeBytes { try file.write($0) } }
    }
}
