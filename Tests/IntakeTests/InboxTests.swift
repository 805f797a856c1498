import Casework
import Foundation
import Glibc
import Intake
import Synchronization
import Testing
import Vocabulary

@Suite("Inbox")
struct InboxTests {
    private let scratch: Scratch
    private let secrets = SeededSecrets()

    init() throws {
        scratch = try Scratch()
    }

    @Test
    func `a file that arrived whole can be read back`() async throws {
        let inbox = try makeInbox()
        let content = Samples.text("%PDF-1.7\n") + [UInt8](repeating: 9, count: 700_000)

        let incoming = try await inbox.receive(name: "a/b/grades.pdf", limit: 1 << 20)
        try await incoming.write(content)
        let file = try await incoming.finish()

        #expect(file.name == "grades.pdf")
        #expect(file.mediaType == "application/pdf")
        #expect(file.byteCount == Int64(content.count))
        #expect(file.digest == SeededSecrets.weakDigest(of: content))
        let reader = try inbox.open(file.id)
        #expect(try reader.read(from: 0, upTo: 1 << 20) == content)
    }

    @Test(arguments: [
        [0x4C, 0x75, 0xF1, 0x6F, 0x2C, 0x0A], [0xFF, 0xFE, 0x4C, 0x00, 0x2C, 0x00],
        [0x50, 0x4B, 0x03, 0x04, 0x00, 0x00], [0x23, 0x21, 0x2F, 0x62],
    ])
    func `extracts are taken in any encoding, answers are not`(content: [UInt8]) async throws {
        let inbox = try makeInbox()
        let extract = try await inbox.ofAnyBytes.receive(name: "students.csv", limit: 1 << 20)
        try await extract.write(content)
        let file = try await extract.finish()

        #expect(file.name == "students.csv")
        #expect(try inbox.open(file.id).read(from: 0, upTo: 1 << 20) == content)
        await #expect(throws: FileRefusal.self) {
            let answer = try await inbox.receive(name: "students.csv", limit: 1 << 20)
            try await answer.write(content)
            _ = try await answer.finish()
        }
        // Nothing is not an extract, and too much is too much.
        await #expect(throws: FileRefusal.empty(name: "students.csv")) {
            try await inbox.ofAnyBytes.receive(name: "students.csv", limit: 1).finish()
        }
        await #expect(throws: FileRefusal.tooLarge(name: "students.csv", limit: 1)) {
            let large = try await inbox.ofAnyBytes.receive(name: "students.csv", limit: 1)
            try await large.write(content)
        }
    }

    @Test
    func `until it is finished a file stands under an arriving name only`() async throws {
        let inbox = try makeInbox()

        let incoming = try await inbox.receive(name: "x.pdf", limit: 1 << 20)
        try await incoming.write(Samples.bytes(of: .pdf))
        #expect(try scratch.entries("in").allSatisfy { $0.hasSuffix(".part") })
        let file = try await incoming.finish()

        #expect(try scratch.entries("in") == ["\(file.id).file"])
    }

    @Test(arguments: [
        "../../x.pdf", "x\0y.pdf", "/etc/passwd", "\u{202E}fdp.exe", "CON",
        String(repeating: "a", count: 9_000),
    ])
    func `nothing of the sender's name reaches the disk`(name: String) async throws {
        let inbox = try makeInbox()

        let incoming = try await inbox.receive(name: name, limit: 1 << 20)
        try await incoming.write(Samples.bytes(of: .pdf))
        let file = try await incoming.finish()

        #expect(try scratch.entries() == ["in"])
        #expect(try scratch.entries("in") == ["\(file.id).file"])
    }

    @Test
    func `only the owner can read the folder`() throws {
        _ = try makeInbox()

        var status = stat()
        #expect(stat(scratch.path + "/in", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o700)
    }

    @Test
    func `an empty file is refused and leaves nothing`() async throws {
        let incoming = try await makeInbox().receive(name: "x.pdf", limit: 10)

        await #expect(throws: FileRefusal.empty(name: "x.pdf")) { try await incoming.finish() }
        #expect(try scratch.entries("in").isEmpty)
    }

    @Test(arguments: [1, 7, 1_000, 1 << 20])
    func `a file over the limit is refused at the byte that is too many`(piece: Int) async throws {
        let inbox = try makeInbox()
        let content = Samples.text("%PDF-") + [UInt8](repeating: 1, count: 995)

        let exact = try await inbox.receive(name: "x.pdf", limit: 1_000)
        try await exact.write(content, piece: piece)
        #expect(try await exact.finish().byteCount == 1_000)

        let over = try await inbox.receive(name: "dir/x.pdf", limit: 999)
        await #expect(throws: FileRefusal.tooLarge(name: "x.pdf", limit: 999)) {
            try await over.write(content, piece: piece)
        }
        #expect(try scratch.entries("in").count == 1)
    }

    @Test
    func `a type that is not taken is refused with its cleaned name`() async throws {
        let incoming = try await makeInbox().receive(name: "C:\\run me.exe", limit: 1 << 20)

        await #expect(throws: FileRefusal.typeNotAllowed(name: "run me.exe")) {
            try await incoming.write(
                Samples.text("MZ\u{90}\u{0}") + [UInt8](repeating: 0, count: 99)
            )
        }
        #expect(try scratch.entries("in").isEmpty)
    }

    @Test
    func `a table of an older spreadsheet is kept as it came, without the name of an encoding`()
        async throws
    {
        let inbox = try makeInbox()
        let content: [UInt8] =
            Samples.text("course,teacher\nArt,Mu") + [0xF1] + Samples.text("oz\n")
        let incoming = try await inbox.receive(name: "grades.csv", limit: 1 << 20)
        try await incoming.write(content)
        let file = try await incoming.finish()

        #expect(file.mediaType == "text/csv")
        #expect(file.name == "grades.csv")
        #expect(try inbox.open(file.id).read(from: 0, upTo: 1 << 20) == content)
    }

    @Test
    func `a text whose letters are unsure is refused in words of its own`() async throws {
        let incoming = try await makeInbox().receive(name: "notes.txt", limit: 1 << 20)
        try await incoming.write(Samples.text("Nombre: Mu") + [0xF1] + Samples.text("oz y otros"))

        await #expect(throws: FileRefusal.lettersNotKnown(name: "notes.txt")) {
            try await incoming.finish()
        }
        #expect(try scratch.entries("in").isEmpty)
    }

    @Test
    func `an abandoned file is gone and takes nothing more`() async throws {
        let incoming = try await makeInbox().receive(name: "x.pdf", limit: 1 << 20)
        try await incoming.write(Samples.bytes(of: .pdf))

        await incoming.abandon()
        await incoming.abandon()

        #expect(try scratch.entries("in").isEmpty)
        await #expect(throws: FileRefusal.cutShort(name: "x.pdf")) {
            try await incoming.write(Samples.bytes(of: .pdf))
        }
        await #expect(throws: FileRefusal.cutShort(name: "x.pdf")) { try await incoming.finish() }
    }

    @Test
    func `a full disk is called by its name, while writing and at the end`() async throws {
        let full = FileSystemFailure(operation: "write", code: ENOSPC)
        let content = Samples.text("%PDF-") + [UInt8](repeating: 1, count: 900_000)

        let writing = try await makeInbox(
            PlainProtection(failsAfter: 300_000, failure: { full })
        ).receive(name: "x.pdf", limit: 1 << 20)
        await #expect(throws: FileRefusal.diskFull) { try await writing.write(content) }

        let ending = try await makeInbox(PlainProtection(failure: { full }, failsAtFinish: true))
            .receive(name: "x.pdf", limit: 1 << 20)
        try await ending.write(content)
        await #expect(throws: FileRefusal.diskFull) { try await ending.finish() }
        #expect(try scratch.entries("in").isEmpty)
    }

    @Test
    func `another fault of the disk is not called full`() async throws {
        let broken = FileSystemFailure(operation: "fsync", code: EIO)
        let incoming = try await makeInbox(
            PlainProtection(failure: { broken }, failsAtFinish: true)
        ).receive(name: "x.pdf", limit: 1 << 20)
        try await incoming.write(Samples.bytes(of: .pdf))

        await #expect(throws: broken) { try await incoming.finish() }
        #expect(try scratch.entries("in").isEmpty)
    }

    @Test
    func `no upload begins in the last of the space`() async throws {
        let inbox = try Inbox(
            directory: scratch.path + "/in",
            protection: PlainProtection(),
            secrets: secrets,
            reserve: .max
        )

        await #expect(throws: FileRefusal.diskFull) {
            try await inbox.receive(name: "x.pdf", limit: 1)
        }
    }

    @Test
    func `a file that grows into the last of the space is refused, and leaves nothing`()
        async throws
    {
        let free = Mutex<Int64>(3 << 20)
        let inbox = try Inbox(
            directory: scratch.path + "/in",
            protection: PlainProtection(),
            secrets: secrets,
            reserve: 2 << 20,
            free: { free.withLock { $0 } }
        )
        let piece = Samples.text("%PDF-") + [UInt8](repeating: 1, count: (256 << 10) - 5)
        let growing = try await inbox.receive(name: "x.pdf", limit: 1 << 30)
        await #expect(throws: FileRefusal.diskFull) {
            for _ in 0..<100 {
                try await growing.write(piece, piece: piece.count)
                free.withLock { $0 -= Int64(piece.count) }
            }
        }
        #expect(free.withLock { $0 } == 2 << 20)
        #expect(try scratch.entries("in").isEmpty)

        // Room is back: the same file is taken, without a restart.
        free.withLock { $0 += 1 << 20 }
        let again = try await inbox.receive(name: "x.pdf", limit: 1 << 30)
        try await again.write(piece)
        #expect(try await again.finish().byteCount == Int64(piece.count))
    }

    @Test
    func `a sweep removes what nobody answered with, and only what is old`() async throws {
        let inbox = try makeInbox()
        let kept = try await put("kept.pdf", into: inbox)
        let forgotten = try await put("forgotten.pdf", into: inbox)
        let arriving = try await inbox.receive(name: "slow.pdf", limit: 1 << 20)
        try await arriving.write(Samples.bytes(of: .pdf))
        try Data([1]).write(to: URL(fileURLWithPath: scratch.path + "/in/note.txt"))
        let now = Instant(millisecondsSince1970: Int64(Date().timeIntervalSince1970 * 1_000))

        let early = try inbox.sweep(olderThan: now.advanced(bySeconds: -3_600), keeping: [])
        #expect(early == 0)
        let swept = try inbox.sweep(
            olderThan: now.advanced(bySeconds: 3_600),
            keeping: [kept.id]
        )

        #expect(swept == 2)
        #expect(try scratch.entries("in") == ["\(kept.id).file", "note.txt"].sorted())
        #expect(throws: (any Error).self) { try inbox.open(forgotten.id) }
    }

    @Test
    func `a file that is locked away is not found until it is unlocked, and is kept`() async throws
    {
        let inbox = try makeInbox()
        let file = try await put("x.pdf", into: inbox)

        for _ in 0..<2 { try inbox.lockAway(file.id) }
        #expect(throws: (any Error).self) { try inbox.open(file.id) }
        #expect(try scratch.entries("in") == ["\(file.id).held"])
        let late = Instant(millisecondsSince1970: 9_000_000_000_000)
        #expect(try inbox.sweep(olderThan: late, keeping: [file.id]) == 0)

        for _ in 0..<2 { try inbox.unlock(file.id) }
        #expect(try inbox.open(file.id).byteCount == file.byteCount)

        try inbox.lockAway(file.id)
        #expect(try inbox.sweep(olderThan: late, keeping: []) == 1)
        #expect(try scratch.entries("in").isEmpty)
        // One that never was is neither locked nor found.
        try inbox.lockAway(file.id)
        #expect(try scratch.entries("in").isEmpty)
    }

    @Test
    func `what is locked away can be removed`() async throws {
        let inbox = try makeInbox()
        let file = try await put("x.pdf", into: inbox)
        try inbox.lockAway(file.id)

        try inbox.remove(file.id)

        #expect(try scratch.entries("in").isEmpty)
    }

    @Test
    func `a removed file is gone, and removing it again is no fault`() async throws {
        let inbox = try makeInbox()
        let file = try await put("x.pdf", into: inbox)

        try inbox.remove(file.id)
        try inbox.remove(file.id)

        #expect(try scratch.entries("in").isEmpty)
    }

    @Test
    func `many files arrive at the same time`() async throws {
        let inbox = try makeInbox()

        let files = try await withThrowingTaskGroup(of: DroppedFile.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let incoming = try await inbox.receive(name: "\(number).pdf", limit: 1 << 20)
                    try await incoming.write(Samples.text("%PDF-\(number)"), piece: 3)
                    return try await incoming.finish()
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(Set(files.map(\.id)).count == 20)
        for file in files {
            let content = try inbox.open(file.id).read(from: 0, upTo: 100)
            #expect("\(String(decoding: content.dropFirst(5), as: UTF8.self)).pdf" == file.name)
        }
    }

    @Test
    func `a path that is a file cannot be an inbox`() throws {
        try Data([1]).write(to: URL(fileURLWithPath: scratch.path + "/in"))

        #expect(throws: FileSystemFailure.self) { try makeInbox() }
    }

    @Test
    func `what is unpacked beside the inbox leaves the database its room`() throws {
        let left = Mutex<Int64>(1_000)
        let inbox = try Inbox(
            directory: scratch.path + "/in",
            protection: PlainProtection(),
            secrets: secrets,
            reserve: 600,
            free: { left.withLock(\.self) }
        )
        let path = scratch.path + "/unpacked"
        let writer = inbox.sparing(try PlainProtection().makeWriter(creating: path))
        let piece = [UInt8](repeating: 1, count: 300)
        try piece.withUnsafeBytes { try writer.write($0) }
        left.withLock { $0 -= 300 }
        #expect(throws: FileRefusal.diskFull) {
            try piece.withUnsafeBytes { try writer.write($0) }
        }
        writer.abandon()
        #expect(access(path, F_OK) != 0)
        // With room again it is written whole.
        left.withLock { $0 = 10_000 }
        let whole = inbox.sparing(try PlainProtection().makeWriter(creating: path))
        try piece.withUnsafeBytes { try whole.write($0) }
        #expect(try whole.finish().bytes == 300)
    }

    private func makeInbox(_ protection: PlainProtection = .init()) throws -> Inbox {
        try Inbox(
            directory: scratch.path + "/in",
            protection: protection,
            secrets: secrets,
            reserve: 0
        )
    }

    private func put(_ name: String, into inbox: Inbox) async throws -> DroppedFile {
        let incoming = try await inbox.receive(name: name, limit: 1 << 20)
        try await incoming.write(Samples.bytes(of: .pdf))
        return try await incoming.finish()
    }
}
