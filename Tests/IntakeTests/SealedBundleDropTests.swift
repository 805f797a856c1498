import Casework
import Foundation
import Glibc
import Intake
import Testing
import Vocabulary

@Suite("Sealed bundle drop")
struct SealedBundleDropTests {
    private let scratch: Scratch
    private let drop: SealedBundleDrop

    init() throws {
        scratch = try Scratch()
        drop = try SealedBundleDrop(directory: scratch.path + "/out", secrets: SeededSecrets())
    }

    @Test
    func `a finished bundle can be read from any position`() throws {
        let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let bundle = try put(content)

        let reader = try drop.open(bundle.id)

        #expect(bundle.byteCount == 300_000)
        #expect(reader.byteCount == 300_000)
        for (offset, count) in [(0, 10), (1, 300_000), (299_999, 5), (300_000, 5), (123, 70_000)] {
            let expected = content.dropFirst(offset).prefix(count)
            #expect(try reader.read(from: Int64(offset), upTo: count) == Array(expected))
        }
        #expect(try reader.read(from: -1, upTo: 5).isEmpty)
    }

    @Test
    func `an unfinished bundle is not visible, and an abandoned one is gone`() throws {
        let sink = try drop.create()
        try [1, 2, 3].withUnsafeBytes { try sink.write($0) }

        #expect(try scratch.entries("out").allSatisfy { $0.hasSuffix(".part") })
        #expect(throws: FileSystemFailure.self) { try drop.open(sink.id) }
        sink.abandon()
        sink.abandon()

        #expect(try scratch.entries("out").isEmpty)
        #expect(throws: FileSystemFailure.self) { try sink.finish() }
        #expect(throws: FileSystemFailure.self) {
            try [1].withUnsafeBytes { try sink.write($0) }
        }
    }

    @Test
    func `what would take the database's room is not written, and the rest of it is gone`() throws {
        let tight = try SealedBundleDrop(
            directory: scratch.path + "/out",
            secrets: SeededSecrets(),
            reserve: 100,
            free: { 103 }
        )
        let sink = try tight.create()
        try [1, 2, 3].map { UInt8($0) }.withUnsafeBytes { try sink.write($0) }
        #expect(throws: FileSystemFailure(operation: "write", code: ENOSPC)) {
            try [UInt8](repeating: 4, count: 4).withUnsafeBytes { try sink.write($0) }
        }
        sink.abandon()
        #expect(try scratch.entries("out").isEmpty)
    }

    @Test(arguments: [
        (ENOSPC, true), (EDQUOT, true), (EIO, false), (EROFS, false),
    ])
    func `only a disk that is full is called full`(code: Int32, isFull: Bool) {
        let failure = FileSystemFailure(operation: "write", code: code)
        let meant = SealedBundleDrop.refusal(for: failure)
        #expect(((meant as? FileRefusal) == .diskFull) == isFull)
        #expect(((meant as? FileSystemFailure) == failure) == !isFull)
    }

    @Test
    func `a sink that is dropped leaves nothing`() throws {
        do {
            let sink = try drop.create()
            try [1, 2, 3].withUnsafeBytes { try sink.write($0) }
        }

        #expect(try scratch.entries("out").isEmpty)
    }

    @Test
    func `abandoning after the end changes nothing`() throws {
        let sink = try drop.create()
        try [1, 2, 3].withUnsafeBytes { try sink.write($0) }
        let bundle = try sink.finish()

        sink.abandon()

        #expect(try scratch.entries("out") == ["\(bundle.id).cms"])
        #expect(drop.path(of: bundle.id).hasSuffix("/out/\(bundle.id).cms"))
    }

    @Test
    func `only the owner can read a bundle`() throws {
        let bundle = try put([1])

        var status = stat()
        #expect(stat(drop.path(of: bundle.id), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test
    func `a sweep keeps what is in use and what is not a bundle`() throws {
        let kept = try put([1])
        let old = try put([2])
        let foreign = scratch.path + "/out/\(Identifier<DroppedFile>(rawValue: 5)).file"
        try Data([3]).write(to: URL(fileURLWithPath: foreign))
        let later = Instant(
            millisecondsSince1970: Int64(Date().timeIntervalSince1970 * 1_000) + 3_600_000
        )

        #expect(try drop.sweep(olderThan: later, keeping: [kept.id]) == 1)

        #expect(throws: FileSystemFailure.self) { try drop.open(old.id) }
        #expect(try scratch.entries("out").count == 2)
        try drop.remove(kept.id)
        try drop.remove(kept.id)
        #expect(try scratch.entries("out").count == 1)
    }

    @Test
    func `a link in the place of a bundle is not followed`() throws {
        let id = SealedBundleFile.ID(rawValue: 77)
        #expect(symlink("/etc/passwd", drop.path(of: id)) == 0)

        #expect(throws: FileSystemFailure.self) { try drop.open(id) }
    }

    private func put(_ content: [UInt8]) throws -> SealedBundleFile {
        let sink = try drop.create()
        for start in stride(from: 0, to: content.count, by: 9_999) {
            let piece = Array(content[start..<min(start + 9_999, content.count)])
            try piece.withUnsafeBytes { try sink.write($0) }
        }
        return try sink.finish()
    }
}
