import DropJournal
import DropLayout
import Foundation
import Glibc
import PartnerSpool
import SFTPProtocol
import Testing

@Suite("Small files over one connection") struct SpoolJournalTests {
    private let bench: Bench
    private let boot: BootIdentity
    private let next: BootIdentity

    init() throws {
        bench = try Bench()
        boot = try #require(BootIdentity([UInt8](repeating: 65, count: 36)))
        next = try #require(BootIdentity([UInt8](repeating: 66, count: 36)))
    }

    private func journal(_ boot: BootIdentity?) -> SpoolJournal {
        SpoolJournal(slot: 0, of: bench.partner, in: bench.places, boot: boot)
    }

    private func files(_ journal: SpoolJournal) -> SpoolFiles {
        var number: UInt64 = 0
        return SpoolFiles(
            places: bench.places,
            account: bench.account,
            limits: .standard,
            journal: journal
        ) {
            number += 1
            return 1_700_000_000_000_000_000 + number
        }
    }

    private func put(_ count: Int, _ size: Int, _ files: SpoolFiles) throws {
        for number in 0..<count {
            let upload = try files.receive(try .of("\(number).cms"), .fresh)
            try upload.write(seal(size, UInt8(number & 255)), at: 0)
            try upload.finish()
        }
    }

    /// What a file system may lose that was never told to flush.
    private func cutPower(sparing spared: Int) throws {
        for name in try bench.names(bench.partner.queue).dropFirst(spared) {
            unlink("\(bench.partner.queue)/\(name)")
        }
    }

    @Test func `everything acknowledged is there after a power cut, of hundreds of files`() throws {
        // More than the journal has room for at once.
        try put(300, 4_000, files(journal(boot)))
        #expect(try bench.queue().count == 300)
        // What was settled when it was full is durable, and so is the first file.
        let journals = try Data(
            contentsOf: URL(fileURLWithPath: bench.partner.journal(ofSlot: 0))
        )
        #expect(journals.count == 1 << 20)
        try cutPower(sparing: 255)
        _ = journal(next)
        let queue = try bench.queue()
        #expect(queue.map(\.name) == (0..<300).map { "\($0).cms" })
        #expect(queue.map(\.bytes) == (0..<300).map { seal(4_000, UInt8($0 & 255)) })
        #expect(try bench.files().list(.incoming).count == 300)
    }

    @Test func `one file alone, a large one and an extract need no journal`() throws {
        let journal = journal(boot)
        let files = files(journal)
        try put(1, 100, files)
        try put(3, JournalRecord.mostBytes + 1, files)
        #expect(access(bench.partner.journal(ofSlot: 0), F_OK) != 0)
        #expect(try bench.queue().count == 4)
    }

    @Test func `without knowing the kernel's run each file is flushed by itself`() throws {
        try put(4, 10, files(journal(nil)))
        #expect(access(bench.partner.journal(ofSlot: 0), F_OK) != 0)
    }

    @Test func `what is taken back or renamed does not come back`() throws {
        let files = files(journal(boot))
        try put(5, 10, files)
        try files.remove(try .of("2.cms"), from: .incoming)
        try files.rename(try .of("3.cms"), to: try .of("x.cms"), replacing: false)
        let resumed = try files.receive(try .of("4.cms"), .resumed)
        try resumed.write([1], at: Int(resumed.entry.size))
        resumed.abandon()
        _ = journal(next)
        #expect(try bench.queue().map(\.name) == ["0.cms", "1.cms", "x.cms"])
        #expect(try files.entry(try .of("4.cms"), in: .incoming).size == 26)
    }
}
