import Casework
import Foundation
import HostileInput
import Sealing
import SeededNumbers
import Testing
import Vocabulary

@Suite("Files at rest") struct FileVaultTests {
    private let folder: TemporaryFolder
    private let vault = FileVault(keys: .ephemeral())
    private static let chunk = 1 << 16
    private static let header = 80

    init() throws { folder = try TemporaryFolder() }

    private static let sizes = [
        0, 1, 15, 16, 17, 1_000, chunk - 1, chunk, chunk + 1, 2 * chunk - 1, 2 * chunk,
        3 * chunk + 5,
    ]

    @Test(arguments: sizes, [1, 1_000, chunk, 1 << 20])
    func `what is written comes back, however it was cut`(size: Int, step: Int) throws {
        guard size < 2_000 || step > 1 else { return }
        let bytes = Self.content(size)
        let result = try write(bytes, step: step)

        #expect(result.bytes == Int64(size))
        #expect(result.digest == (try BytesReader(bytes).digest()))
        let reader = try vault.makeReader(of: folder.file("a"))
        #expect(reader.byteCount == Int64(size))
        #expect(try reader.read(from: 0, upTo: size + 10) == bytes)
        #expect(try reader.read(from: Int64(size), upTo: 10).isEmpty)
    }

    @Test func `any range reads as it does in memory`() throws {
        let bytes = Self.content(3 * Self.chunk + 77)
        _ = try write(bytes)
        let reader = try vault.makeReader(of: folder.file("a"))
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<500 {
            let start = Int.random(in: 0...bytes.count, using: &generator)
            let count = Int.random(in: 0...150_000, using: &generator)
            let expected = Array(bytes[start..<min(bytes.count, start + count)])
            #expect(try reader.read(from: Int64(start), upTo: count) == expected)
        }
    }

    @Test func `nothing of the content stands on the disk`() throws {
        let secret = Array("Maria Reyes Olmos, born on a synthetic day".utf8)
        _ = try write(secret + Self.content(100_000) + secret)
        #expect(try folder.read("a").firstRange(of: secret) == nil)
        #expect(try folder.read("a").firstRange(of: secret.prefix(8)) == nil)
    }

    @Test func `the same content twice shares not one block`() throws {
        let bytes = [UInt8](repeating: 0, count: 4_096)
        _ = try write(bytes, to: "a")
        _ = try write(bytes, to: "b")
        let first = try folder.read("a")[Self.header...]
        let second = try folder.read("b")[Self.header...]
        #expect(zip(first, second).filter(==).count < 64)
    }

    @Test(arguments: [0, 1, 5_000])
    func `a file cut anywhere is refused`(size: Int) throws {
        _ = try write(Self.content(size))
        let whole = try folder.read("a")
        for count in 0..<whole.count {
            _ = try folder.write(Array(whole.prefix(count)), to: "cut")
            #expect(throws: FileFailure.self, "\(count)") {
                try vault.makeReader(of: folder.file("cut"))
            }
        }
    }

    @Test(arguments: [0, 1, 2, 3])
    func `a file cut at the end of a chunk is refused`(chunks: Int) throws {
        _ = try write(Self.content(3 * Self.chunk + 9))
        let whole = try folder.read("a")
        let count = Self.header + chunks * (Self.chunk + 16)
        _ = try folder.write(Array(whole.prefix(count)), to: "cut")
        #expect(throws: FileFailure.damaged) { try vault.makeReader(of: folder.file("cut")) }
    }

    @Test func `a file that grew is refused`() throws {
        _ = try write(Self.content(2 * Self.chunk))
        let whole = try folder.read("a")
        for extra in [1, 16, 17, Self.chunk + 16] {
            _ = try folder.write(whole + [UInt8](repeating: 0, count: extra), to: "long")
            #expect(throws: FileFailure.damaged) { try vault.makeReader(of: folder.file("long")) }
        }
        // The last chunk once more.
        _ = try folder.write(whole + whole.suffix(Self.chunk + 16), to: "long")
        #expect(throws: FileFailure.damaged) { try vault.makeReader(of: folder.file("long")) }
    }

    @Test func `chunks that changed places, came from elsewhere or were repeated are refused`()
        throws
    {
        let sealed = Self.chunk + 16
        _ = try write(Self.content(4 * Self.chunk), to: "a")
        _ = try write(Self.content(4 * Self.chunk), to: "b")
        let original = try folder.read("a")
        let other = try folder.read("b")
        func place(_ chunk: Int) -> Range<Int> {
            (Self.header + chunk * sealed)..<(Self.header + (chunk + 1) * sealed)
        }
        for (from, to) in [(0, 1), (1, 0), (2, 1), (0, 2), (3, 0)] {
            var bytes = original
            bytes.replaceSubrange(place(to), with: original[place(from)])
            try expectDamage(bytes, at: to)
        }
        var bytes = original
        bytes.replaceSubrange(place(1), with: other[place(1)])
        try expectDamage(bytes, at: 1)
        bytes = original
        bytes.removeSubrange(place(1))
        try expectDamage(bytes, at: 1)
        bytes = Array(other.prefix(Self.header) + original.dropFirst(Self.header))
        #expect(throws: FileFailure.damaged) { try open(bytes) }
    }

    @Test func `a flipped bit anywhere is refused before a byte of its chunk is released`() throws {
        let content = Self.content(300)
        _ = try write(content)
        let original = try folder.read("a")
        for place in original.indices {
            for bit in 0..<8 {
                var bytes = original
                bytes[place] ^= 1 << UInt8(bit)
                #expect(throws: FileFailure.self, "\(place).\(bit)") {
                    try open(bytes).read(from: 0, upTo: 300)
                }
            }
        }
    }

    @Test func `damage in one chunk leaves the others readable`() throws {
        let content = Self.content(3 * Self.chunk)
        _ = try write(content)
        var bytes = try folder.read("a")
        bytes[Self.header + Self.chunk + 16 + 5] ^= 1
        let reader = try open(bytes)
        #expect(try reader.read(from: 0, upTo: 100) == Array(content.prefix(100)))
        #expect(throws: FileFailure.damaged) {
            try reader.read(from: Int64(Self.chunk), upTo: 1)
        }
        #expect(throws: FileFailure.damaged) {
            try reader.read(from: Int64(Self.chunk) - 1, upTo: 2)
        }
        let last = Int64(2 * Self.chunk)
        #expect(
            try reader.read(from: last, upTo: 10) == Array(content[(2 * Self.chunk)...].prefix(10))
        )
    }

    @Test func `another key does not open it, and a missing one is named`() throws {
        _ = try write(Self.content(10))
        let same = FileVault(keys: .ephemeral())
        #expect(throws: FileFailure.damaged) { try same.makeReader(of: folder.file("a")) }
        let other = try #require(MasterKeys(keys: [9: [UInt8](repeating: 1, count: 32)]))
        #expect(throws: FileFailure.unknownKey(number: 1)) {
            try FileVault(keys: other).makeReader(of: folder.file("a"))
        }
    }

    @Test func `after a rotation old files open and new ones use the new key`() throws {
        let first = [UInt8](repeating: 1, count: 32)
        let second = [UInt8](repeating: 2, count: 32)
        let before = FileVault(keys: try #require(MasterKeys(keys: [1: first])))
        let after = FileVault(keys: try #require(MasterKeys(keys: [1: first, 2: second])))
        _ = try write([1, 2, 3], to: "old", in: before)
        _ = try write([4, 5, 6], to: "new", in: after)

        #expect(try after.makeReader(of: folder.file("old")).read(from: 0, upTo: 3) == [1, 2, 3])
        #expect(try folder.read("new")[8] == 2)
        #expect(throws: FileFailure.unknownKey(number: 2)) {
            try before.makeReader(of: folder.file("new"))
        }
    }

    @Test func `nothing is overwritten, and links are not followed`() throws {
        _ = try folder.write([1], to: "there")
        #expect(throws: FileFailure.exists) { try vault.makeWriter(creating: folder.file("there")) }
        #expect(try folder.read("there") == [1])
        _ = try folder.run("ln -s elsewhere link")
        #expect(throws: FileFailure.exists) { try vault.makeWriter(creating: folder.file("link")) }
        #expect(!folder.exists("elsewhere"))
        _ = try write([1], to: "real")
        _ = try folder.run("ln -s real alias; mkfifo pipe")
        #expect(throws: FileFailure.self) { try vault.makeReader(of: folder.file("alias")) }
        #expect(throws: FileFailure.self) { try vault.makeReader(of: folder.file("pipe")) }
        #expect(throws: FileFailure.self) { try vault.makeReader(of: folder.path) }
        #expect(throws: FileFailure.missing) { try vault.makeReader(of: folder.file("none")) }
    }

    @Test func `a file belongs to its owner alone`() throws {
        _ = try write([1])
        #expect(try folder.run("stat -c %a a").output == "600\n")
    }

    @Test func `an abandoned file is gone, and a closed one stays closed`() throws {
        let writer = try vault.makeWriter(creating: folder.file("a"))
        try [UInt8](repeating: 0, count: 10).withUnsafeBytes { try writer.write($0) }
        writer.abandon()
        #expect(folder.names.isEmpty)
        #expect(throws: FileFailure.misused) { try writer.finish() }
        #expect(throws: FileFailure.misused) {
            try [UInt8](repeating: 0, count: 1).withUnsafeBytes { try writer.write($0) }
        }

        let finished = try vault.makeWriter(creating: folder.file("b"))
        _ = try finished.finish()
        finished.abandon()
        #expect(folder.names == ["b"])
    }

    @Test func `a file that was never finished does not open`() throws {
        let writer = try vault.makeWriter(creating: folder.file("a"))
        try Self.content(2 * Self.chunk + 1).withUnsafeBytes { try writer.write($0) }
        #expect(throws: FileFailure.damaged) { try vault.makeReader(of: folder.file("a")) }
        writer.abandon()
    }

    @Test func `other files are told apart from damaged ones`() throws {
        let other = try folder.write(Array("%PDF-1.7".utf8) + Self.content(200), to: "other")
        #expect(throws: FileFailure.notProtected) { try vault.makeReader(of: other) }
    }

    @Test func `reading outside the file is refused`() throws {
        _ = try write([1, 2, 3])
        let reader = try vault.makeReader(of: folder.file("a"))
        #expect(throws: FileFailure.misused) { try reader.read(from: -1, upTo: 1) }
        #expect(throws: FileFailure.misused) { try reader.read(from: 4, upTo: 1) }
        #expect(throws: FileFailure.misused) { try reader.read(from: 0, upTo: -1) }
    }

    @Test(.enabled(if: canMount, "needs the right to mount a small disk"))
    func `a full disk is called that, by every writer`() throws {
        let small = folder.file("small")
        #expect(try folder.run("mkdir small && mount -t tmpfs -o size=1m none small").status == 0)
        defer { _ = try? folder.run("umount small") }
        let writers = [
            try vault.makeWriter(creating: "\(small)/a"),
            try PlainFileWriter(creating: "\(small)/b"),
        ]
        for writer in writers {
            #expect(throws: FileRefusal.diskFull) {
                for _ in 0..<40 {
                    try [UInt8](repeating: 7, count: 100_000).withUnsafeBytes {
                        try writer.write($0)
                    }
                }
            }
            writer.abandon()
        }
        #expect(try folder.run("ls small").output.isEmpty)
        let again = try vault.makeWriter(creating: "\(small)/a")
        #expect(throws: Never.self) { try again.finish() }
    }

    private static let canMount: Bool = {
        guard let folder = try? TemporaryFolder() else { return false }
        let command = "mkdir m && mount -t tmpfs -o size=1m none m && umount m"
        return (try? folder.run(command))?.status == 0
    }()

    // MARK: Helpers

    static func content(_ count: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: UInt64(count))
        return generator.bytes(count)
    }

    private func write(
        _ bytes: [UInt8],
        step: Int = 1 << 20,
        to name: String = "a",
        in other: FileVault? = nil
    ) throws -> (bytes: Int64, digest: SHA256Digest) {
        let writer = try (other ?? vault).makeWriter(creating: folder.file(name))
        var rest = bytes[...]
        while !rest.isEmpty {
            try rest.prefix(step).withUnsafeBytes { try writer.write($0) }
            rest = rest.dropFirst(step)
        }
        return try writer.finish()
    }

    private func open(_ bytes: [UInt8]) throws -> any ProtectedFileReader {
        try vault.makeReader(of: try folder.write(bytes, to: "changed"))
    }

    private func expectDamage(_ bytes: [UInt8], at chunk: Int) throws {
        #expect(throws: FileFailure.damaged) {
            try open(bytes).read(from: Int64(chunk * Self.chunk), upTo: 1)
        }
    }
}
