import DropJournal
import DropLayout
import Foundation
import Glibc
import SFTPProtocol
import SeededNumbers
import Testing

/// A partner's folders, where a power cut can be played.
private final class Ground {
    let root: String
    let partner: PartnerPlaces
    let boot: BootIdentity
    let next: BootIdentity

    init() throws {
        root = NSTemporaryDirectory() + "mochila-journal-" + UUID().uuidString
        partner = DropPlaces(root: root).partner(try #require(PartnerAccount("maple")))
        boot = try #require(BootIdentity([UInt8](repeating: 65, count: 36)))
        next = try #require(BootIdentity([UInt8](repeating: 66, count: 36)))
        for folder in partner.folders {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func journal(_ slot: Int64 = 0) throws -> SubmissionJournal {
        try #require(SubmissionJournal(slot: slot, of: partner, boot: boot, mode: 0o600))
    }

    func recovery(_ boot: BootIdentity?) -> JournalRecovery {
        JournalRecovery(partner: partner, boot: boot, mode: 0o600)
    }

    func record(_ number: Int, _ content: [UInt8]) throws -> JournalRecord {
        let stamp = Stamp(nanoseconds: UInt64(number), process: 7)
        let name = try DropName("Ñ \(number).cms".utf8)
        return JournalRecord(entry: .queued(name, stamp: stamp), content: content)
    }

    func path(_ record: JournalRecord) -> String { "\(partner.queue)/\(record.entry.entry)" }

    func mark(_ record: JournalRecord) -> String {
        "\(partner.incoming)/\(StoredEntry.sent(record.entry.name).entry)"
    }

    /// As a connection does it: into the folder first, and then into the journal.
    func submit(_ record: JournalRecord, into journal: SubmissionJournal) throws {
        try write(record.content, to: path(record))
        try write([], to: mark(record))
        try journal.append(record)
    }

    func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Writes a record at a page of the journal without asking whether there is room.
    func forge(_ record: JournalRecord, at page: Int, position: Int) throws {
        let path = partner.journal(ofSlot: 0)
        var journal = try #require(content(path))
        let name = Array(record.entry.entry.utf8)
        var bytes = Array(journal[8..<16])
        for number in [position, name.count, record.content.count] {
            withUnsafeBytes(of: UInt32(number).bigEndian) { bytes.append(contentsOf: $0) }
        }
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes + name + record.content {
            sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        withUnsafeBytes(of: sum.bigEndian) { bytes.append(contentsOf: $0) }
        bytes += name
        bytes += record.content
        let start = page * 4_096
        let missing = max(0, start + bytes.count - journal.count)
        journal.append(contentsOf: repeatElement(0, count: missing))
        journal.replaceSubrange(start..<(start + bytes.count), with: bytes)
        try write(journal, to: path)
    }

    func content(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path).map { Array($0) }
    }
}

@Suite("The journal of small files") struct SubmissionJournalTests {
    @Test func `the kernel says which run of it this is`() throws {
        let boot = try #require(BootIdentity.current)
        #expect(boot == BootIdentity.current)
        #expect(BootIdentity([1, 2, 3]) == nil)
    }

    /// Whatever of the unflushed folders is lost, renamed back or cut, every record is there whole.
    @Test(arguments: 0..<30)
    func `after a power cut everything that was acknowledged is there`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) &+ 0x10B)
        let ground = try Ground()
        var records: [JournalRecord] = []
        let journal = try ground.journal()
        for number in 0..<Int.random(in: 1...12, using: &random) {
            let count = [0, 1, 15, 4_000, 4_096, 32_768].randomElement(using: &random) ?? 1
            let content = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            let record = try ground.record(number, content)
            try ground.submit(record, into: journal)
            records.append(record)
        }
        for record in records {
            let path = ground.path(record)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: unlink(path)
            case 1: truncate(path, off_t(record.content.count / 2))
            case 2:
                let part = StoredEntry.part(record.entry.name).entry
                rename(path, "\(ground.partner.incoming)/\(part)")
                unlink(ground.mark(record))
            default: break
            }
        }
        #expect(try ground.recovery(ground.next).recoverAll())
        let names = try FileManager.default.contentsOfDirectory(atPath: ground.partner.queue)
        #expect(Set(names) == Set(records.map(\.entry.entry)))
        for record in records {
            #expect(ground.content(ground.path(record)) == record.content)
            #expect(access(ground.mark(record), F_OK) == 0)
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: ground.partner.incoming)
        #expect(left.allSatisfy { $0.hasSuffix(".sent") })
        // Once: what the gateway deals with now does not come back.
        for record in records { unlink(ground.path(record)) }
        #expect(try ground.recovery(ground.next).recoverAll())
        #expect(try FileManager.default.contentsOfDirectory(atPath: ground.partner.queue).isEmpty)
    }

    @Test func `a process that was killed loses nothing, and what was dealt with stays so`() throws
    {
        let ground = try Ground()
        let (first, second) = (try ground.record(1, [1, 2]), try ground.record(2, [3]))
        let journal = try ground.journal()
        for record in [first, second] { try ground.submit(record, into: journal) }
        unlink(ground.path(first))
        // The gateway leaves a journal of this run of the kernel to its connection.
        #expect(try ground.recovery(ground.boot).recoverAll())
        try ground.recovery(ground.boot).recover(0)
        #expect(ground.content(ground.path(first)) == nil)
        #expect(ground.content(ground.path(second)) == [3])
        // Both are settled: a power cut now brings neither back.
        unlink(ground.path(second))
        #expect(try ground.recovery(ground.next).recoverAll())
        #expect(ground.content(ground.path(second)) == nil)
    }

    /// Somebody who broke out as the partners' login can make it longer, and as long as they like.
    @Test(arguments: [false, true])
    func `what stands behind a journal's last page is not read`(isBehind: Bool) throws {
        let ground = try Ground()
        let journal = try ground.journal()
        var records: [JournalRecord] = []
        while journal.hasRoom(for: 32_768) {
            records.append(try ground.record(records.count, [UInt8](repeating: 7, count: 32_768)))
            try ground.submit(records[records.count - 1], into: journal)
        }
        var page = 1 + records.count * 9
        while isBehind, journal.hasRoom(for: 1) {
            records.append(try ground.record(records.count, [7]))
            try ground.submit(records[records.count - 1], into: journal)
            page += 1
        }
        #expect(isBehind ? page == 256 : page < 256)
        let more = try ground.record(1_000, [1, 2, 3])
        try ground.forge(more, at: page, position: records.count)
        for record in records { unlink(ground.path(record)) }
        #expect(try ground.recovery(ground.next).recoverAll())
        for record in records { #expect(ground.content(ground.path(record)) == record.content) }
        let expected: [UInt8]? = isBehind ? nil : [1, 2, 3]
        #expect(ground.content(ground.path(more)) == expected)
    }

    @Test func `a journal that was settled brings nothing back`() throws {
        let ground = try Ground()
        let journal = try ground.journal()
        #expect(journal.isEmpty)
        let old = try ground.record(1, [9])
        try ground.submit(old, into: journal)
        #expect(!journal.isEmpty)
        journal.settle()
        #expect(journal.isEmpty && !journal.isBroken)
        let new = try ground.record(2, [8])
        try ground.submit(new, into: journal)
        for record in [old, new] { unlink(ground.path(record)) }
        #expect(try ground.recovery(ground.next).recoverAll())
        #expect(ground.content(ground.path(old)) == nil)
        #expect(ground.content(ground.path(new)) == [8])
    }

    @Test func `while a connection holds its slot nobody else reads its journal`() throws {
        let ground = try Ground()
        let record = try ground.record(1, [5])
        try ground.submit(record, into: try ground.journal(3))
        unlink(ground.path(record))
        let lock = open(ground.partner.slot(3), O_RDWR | O_CREAT, 0o600)
        #expect(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
        #expect(try !ground.recovery(ground.next).recoverAll())
        #expect(ground.content(ground.path(record)) == nil)
        close(lock)
        #expect(try ground.recovery(ground.next).recoverAll())
        #expect(ground.content(ground.path(record)) == [5])
    }

    @Test func `it says when it is full, and takes no more`() throws {
        let ground = try Ground()
        let journal = try ground.journal()
        var count = 0
        while journal.hasRoom(for: JournalRecord.mostBytes) {
            let content = [UInt8](repeating: 1, count: JournalRecord.mostBytes)
            try journal.append(try ground.record(count, content))
            count += 1
        }
        #expect(count > 20)
        #expect(throws: JournalFailure.self) {
            let content = [UInt8](repeating: 1, count: JournalRecord.mostBytes)
            try journal.append(try ground.record(count, content))
        }
        #expect(!journal.isBroken)
        #expect(try ground.recovery(ground.next).recoverAll())
        let names = try FileManager.default.contentsOfDirectory(atPath: ground.partner.queue)
        #expect(names.count == count)
    }

    /// Damage of any byte ends the reading there; what comes before is put back, and nothing else.
    @Test(arguments: 0..<60)
    func `a journal that is cut or damaged is read up to there`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) &+ 0xDA3)
        let ground = try Ground()
        let journal = try ground.journal()
        var records: [JournalRecord] = []
        for number in 0..<4 {
            let record = try ground.record(number, [UInt8](repeating: UInt8(number), count: 5_000))
            try journal.append(record)
            records.append(record)
        }
        let path = ground.partner.journal(ofSlot: 0)
        var bytes = try #require(ground.content(path))
        // Each takes two pages after the first one.
        let damaged = Int.random(in: 0..<4, using: &random)
        let start = 4_096 * (1 + 2 * damaged)
        if Bool.random(using: &random) {
            bytes[start + Int.random(in: 0..<5_000, using: &random)] ^= 0x10
        } else {
            bytes.removeLast(bytes.count - start - Int.random(in: 0..<5_000, using: &random))
        }
        try ground.write(bytes, to: path)
        #expect(try ground.recovery(ground.next).recoverAll())
        let names = try FileManager.default.contentsOfDirectory(atPath: ground.partner.queue)
        #expect(Set(names) == Set(records.prefix(damaged).map(\.entry.entry)))
    }

    @Test func `what is no journal is left alone`() throws {
        let ground = try Ground()
        for content in [[], [1, 2, 3], [UInt8](repeating: 0xFF, count: 9_000)] {
            try ground.write(content, to: ground.partner.journal(ofSlot: 0))
            #expect(try ground.recovery(nil).recoverAll())
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: ground.partner.queue).isEmpty)
        #expect(PartnerPlaces.slot(ofJournal: "7.journal") == 7)
        #expect(PartnerPlaces.slot(ofJournal: "journal") == nil)
        #expect(PartnerPlaces.slot(ofJournal: "x.journal") == nil)
    }
}
