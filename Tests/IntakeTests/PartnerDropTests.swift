import DropJournal
import DropLayout
import Foundation
import Glibc
import Intake
import SFTPProtocol
import Testing
import Vocabulary

@Suite("The gateway's side of the drop") struct PartnerDropTests {
    private let scratch: Scratch
    private let drop: PartnerDrop
    private let account: PartnerAccount
    private let bundles: SealedBundleDrop

    init() throws {
        scratch = try Scratch()
        drop = PartnerDrop(root: scratch.path + "/drop")
        account = try #require(PartnerAccount("maple"))
        bundles = try SealedBundleDrop(
            directory: scratch.path + "/bundles",
            secrets: SeededSecrets()
        )
        try drop.prepare(account, limits: .standard)
    }

    private var partner: PartnerPlaces { drop.places.partner(account) }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    private func submit(_ name: String, _ text: String, at nanoseconds: UInt64 = 1) throws {
        let name = try DropName(name.utf8)
        let stamp = Stamp(nanoseconds: nanoseconds, process: 1)
        try write(text, to: "\(partner.queue)/\(StoredEntry.queued(name, stamp: stamp).entry)")
        try write("", to: "\(partner.incoming)/\(StoredEntry.sent(name).entry)")
    }

    private func queuedEntry() throws -> String {
        try #require(try scratch.entries("drop/partners/maple/queue").first)
    }

    private func copy(_ file: SubmittedFile) throws -> String? {
        let sink = try bundles.create()
        guard let copied = try drop.copy(file, into: sink) else { return nil }
        return try String(contentsOfFile: bundles.path(of: copied.id), encoding: .utf8)
    }

    @Test func `an account has its folders and limits, for its owner only`() throws {
        for folder in partner.folders {
            var status = stat()
            #expect(stat(folder, &status) == 0 && status.st_mode & 0o7777 == 0o700)
        }
        var limits = DropLimits.standard
        limits.filesPerDay = 7
        try drop.prepare(account, limits: limits)
        let text = try String(contentsOfFile: partner.limits, encoding: .utf8)
        #expect(DropLimits(text: text) == limits)
        #expect(try drop.accounts() == [account])
    }

    @Test func `a shared drop passes its group on`() throws {
        let shared = PartnerDrop(root: scratch.path + "/shared")
        #expect(mkdir(shared.places.root, 0o700) == 0 && chmod(shared.places.root, 0o2770) == 0)
        try shared.prepare(account, limits: .standard)
        try shared.write(authorizedKeys: ["restrict ssh-ed25519 AAAA"])
        var status = stat()
        #expect(stat(shared.places.partner(account).queue, &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o2770)
        #expect(stat(shared.places.authorizedKeys, &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o640)
    }

    @Test func `keys replace the ones before`() throws {
        try drop.write(authorizedKeys: ["a", "b"])
        try drop.write(authorizedKeys: ["c"])
        #expect(try String(contentsOfFile: drop.places.authorizedKeys, encoding: .utf8) == "c\n")
        var status = stat()
        #expect(stat(drop.places.authorizedKeys, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test func `a bell is heard once`() throws {
        try write("", to: drop.places.bell(of: account))
        try write("", to: drop.places.bell + "/NOT-OURS")
        #expect(try drop.rung() == [account])
        #expect(try drop.rung().isEmpty)
    }

    @Test func `what was submitted comes oldest first and is copied whole`() throws {
        try submit("b.cms", "second", at: 2)
        try submit("a.cms", "third", at: 3)
        try submit("c.cms", "first", at: 1)
        try write("x", to: "\(partner.queue)/not ours")
        let waiting = try drop.waiting(in: account)
        #expect(waiting.map(\.name.text) == ["c.cms", "b.cms", "a.cms"])
        #expect(try waiting.map { try copy($0) } == ["first", "second", "third"])
        try drop.settle(waiting[0])
        try drop.settle(waiting[0])
        #expect(try drop.waiting(in: account) == Array(waiting[1...]))
        #expect(try copy(waiting[0]) == nil)
    }

    @Test func `what shows that a file was sent keeps its size and time, and no bytes`() throws {
        try submit("a.cms", String(repeating: "x", count: 10_000))
        let file = try #require(try drop.waiting(in: account).first)
        let queued = "\(partner.queue)/\(try queuedEntry())"
        let mark = "\(partner.incoming)/\(StoredEntry.sent(file.name).entry)"
        unlink(mark)
        #expect(link(queued, mark) == 0)
        let times = [timespec(tv_sec: 1_000, tv_nsec: 0), timespec(tv_sec: 2_000, tv_nsec: 0)]
        #expect(utimensat(AT_FDCWD, mark, times, 0) == 0)

        try drop.settle(file)

        var status = stat()
        #expect(lstat(mark, &status) == 0)
        #expect(status.st_size == 10_000)
        #expect(status.st_blocks == 0)
        #expect(status.st_mtim.tv_sec == 2_000)
        #expect(try drop.waiting(in: account).isEmpty)
    }

    @Test func `what its sender has taken back meanwhile keeps its bytes`() throws {
        try submit("a.cms", "half of it")
        let file = try #require(try drop.waiting(in: account).first)
        let part = "\(partner.incoming)/\(StoredEntry.part(file.name).entry)"
        #expect(rename("\(partner.queue)/\(try queuedEntry())", part) == 0)
        try drop.settle(file)
        #expect(try String(contentsOfFile: part, encoding: .utf8) == "half of it")
    }

    @Test func `a link or a folder in the queue is never followed`() throws {
        try write("secret", to: scratch.path + "/secret")
        for (number, name) in ["link", "folder"].enumerated() {
            let entry = StoredEntry.queued(
                try DropName(name.utf8),
                stamp: Stamp(nanoseconds: UInt64(number), process: 1)
            ).entry
            if name == "link" {
                #expect(symlink(scratch.path + "/secret", "\(partner.queue)/\(entry)") == 0)
            } else {
                #expect(mkdir("\(partner.queue)/\(entry)", 0o700) == 0)
            }
        }
        for file in try drop.waiting(in: account) {
            #expect(throws: FileSystemFailure.self) { try copy(file) }
        }
    }

    @Test func `what ended too early is given back under its name`() throws {
        try submit("a.cms", "half")
        let file = try #require(try drop.waiting(in: account).first)
        try drop.giveBack(file)
        #expect(try drop.waiting(in: account).isEmpty)
        let part = "\(partner.incoming)/\(StoredEntry.part(file.name).entry)"
        #expect(try String(contentsOfFile: part, encoding: .utf8) == "half")
        #expect(
            try scratch.entries("drop/partners/maple/in") == [StoredEntry.part(file.name).entry]
        )
        // Its sender has begun again meanwhile: that one stays.
        try submit("a.cms", "other half")
        try drop.giveBack(try #require(try drop.waiting(in: account).first))
        #expect(try String(contentsOfFile: part, encoding: .utf8) == "half")
    }

    @Test func `a receipt and its signature stand under the file's name`() throws {
        try submit("María.cms", "x")
        let file = try #require(try drop.waiting(in: account).first)
        try drop.write(receipt: "{}", signature: [1], for: file)
        try drop.write(receipt: "{ }", signature: [2, 3], for: file)
        let name = StoredEntry.plain(try DropName("María.cms.receipt.json".utf8)).entry
        let second = StoredEntry.plain(try DropName("María.cms.receipt.json.p7s".utf8)).entry
        #expect(Set(try scratch.entries("drop/partners/maple/receipts")) == [name, second])
        let signature = try Data(contentsOf: URL(filePath: "\(partner.receipts)/\(second)"))
        #expect(Array(signature) == [2, 3])
        let text = try String(contentsOfFile: "\(partner.receipts)/\(name)", encoding: .utf8)
        #expect(text == "{ }")
    }

    @Test func `a bundle is offered, fetched and withdrawn`() throws {
        let name = try DropName("RQ-1.cms".utf8)
        try write("sealed", to: scratch.path + "/sealed")
        try drop.offer(scratch.path + "/sealed", as: name, to: account)
        try drop.offer(scratch.path + "/sealed", as: name, to: account)
        let entry = StoredEntry.plain(name).entry
        let path = "\(partner.outgoing)/\(entry)"
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "sealed")
        #expect(try drop.fetched(by: account).isEmpty)
        try write("0-3", to: "\(partner.fetched)/\(entry)")
        #expect(try drop.fetched(by: account).isEmpty)
        try write("0-6", to: "\(partner.fetched)/\(entry)")
        #expect(try drop.fetched(by: account) == [name])
        unlink("\(partner.fetched)/\(entry)")
        try write(FetchLog.line(name, 5), to: "\(partner.fetched)/20000.log")
        #expect(try drop.fetched(by: account).isEmpty)
        try write(FetchLog.line(name, 6), to: "\(partner.fetched)/20001.log")
        #expect(try drop.fetched(by: account) == [name])
        drop.withdraw(name, from: account)
        #expect(access(path, F_OK) != 0)
        #expect(access(scratch.path + "/sealed", F_OK) == 0)
    }

    @Test func `what nobody needs any more is swept, and what waits never`() throws {
        let names = try ["a.cms", "b.cms"].map { try DropName($0.utf8) }
        try submit("a.cms", "waiting")
        try write("half", to: "\(partner.incoming)/\(StoredEntry.part(names[1]).entry)")
        try write("r", to: "\(partner.receipts)/\(StoredEntry.plain(names[0]).entry)")
        try write("", to: "\(partner.days)/20000")
        try write("sealed", to: scratch.path + "/sealed")
        for name in names { try drop.offer(scratch.path + "/sealed", as: name, to: account) }
        try write(FetchLog.line(names[0], 6), to: "\(partner.fetched)/20000.log")
        let now = Instant(millisecondsSince1970: Int64(time(nil)) * 1_000)
        func left(after days: Int64) throws -> [Int] {
            try drop.sweep(at: now.advanced(bySeconds: days * 86_400 + 60))
            return try ["in", "queue", "out", "receipts", "days", "fetched"]
                .map { try scratch.entries("drop/partners/maple/\($0)").count }
        }
        #expect(try left(after: 0) == [2, 1, 2, 1, 1, 1])
        #expect(try left(after: 1) == [1, 1, 2, 1, 1, 1])
        #expect(try left(after: 7) == [0, 1, 1, 1, 0, 0])
        #expect(try left(after: 90) == [0, 1, 1, 0, 0, 0])
        #expect(try drop.offered(to: account) == [names[1]])
    }

    @Test func `what lies in out under a name that was fetched before stays`() throws {
        let name = try DropName("a.cms".utf8)
        try write("sealed", to: scratch.path + "/sealed")
        try drop.offer(scratch.path + "/sealed", as: name, to: account)
        try write(FetchLog.line(name, 5), to: "\(partner.fetched)/20000.log")
        let now = Instant(millisecondsSince1970: Int64(time(nil)) * 1_000)
        try drop.sweep(at: now.advanced(bySeconds: 8 * 86_400))
        #expect(try drop.offered(to: account) == [name])
        #expect(try scratch.entries("drop/partners/maple/fetched").isEmpty)
    }

    @Test func `what a partner uses of its limits is counted`() throws {
        try submit("a.cms", "1234")
        let part = try DropName("b.cms".utf8)
        try write("12", to: "\(partner.incoming)/\(StoredEntry.part(part).entry)")
        try write("10\n5\n", to: "\(partner.days)/100")
        let use = try drop.use(by: account, at: Instant(millisecondsSince1970: 100 * 86_400_000))
        #expect(use.filesUnderWay == 2 && use.bytesUnderWay == 6)
        #expect(use.filesToday == 2 && use.bytesToday == 15)
        let words = DropLimits.words.map { use.used(of: $0.word) }
        #expect(words == [nil, nil, 2, 6, 2, 15])
    }

    @Test func `a shared drop gets a copy of a bundle and not the file itself`() throws {
        let shared = PartnerDrop(root: scratch.path + "/shared")
        #expect(mkdir(shared.places.root, 0o700) == 0 && chmod(shared.places.root, 0o2770) == 0)
        try shared.prepare(account, limits: .standard)
        try write("sealed", to: scratch.path + "/sealed")
        let name = try DropName("RQ-1.cms".utf8)
        try shared.offer(scratch.path + "/sealed", as: name, to: account)
        let path = "\(shared.places.partner(account).outgoing)/\(StoredEntry.plain(name).entry)"
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_nlink == 1 && status.st_size == 6)
    }

    @Test func `a link planted in a shared drop leads to no file of the gateway's`() throws {
        let shared = PartnerDrop(root: scratch.path + "/shared")
        #expect(mkdir(shared.places.root, 0o700) == 0 && chmod(shared.places.root, 0o2770) == 0)
        try shared.prepare(account, limits: .standard)
        try write("sealed", to: scratch.path + "/sealed")
        try write("the database", to: scratch.path + "/own")
        let outgoing = shared.places.partner(account).outgoing
        #expect(symlink(scratch.path + "/own", "\(outgoing)/.\(getpid()).new") == 0)
        let name = try DropName("RQ-1.cms".utf8)
        try shared.offer(scratch.path + "/sealed", as: name, to: account)
        var status = stat()
        #expect(lstat(scratch.path + "/own", &status) == 0 && status.st_size == 12)
        let path = "\(outgoing)/\(StoredEntry.plain(name).entry)"
        #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG)
        #expect(status.st_size == 6)
    }

    @Test func `what a power cut took from the queue is put back before anybody looks`() throws {
        let boots = try [65, 66].map {
            try #require(BootIdentity([UInt8](repeating: $0, count: 36)))
        }
        let record = JournalRecord(
            entry: .queued(try DropName("a.cms".utf8), stamp: Stamp(nanoseconds: 5, process: 1)),
            content: [1, 2, 3]
        )
        let slot = open(partner.slot(0), O_RDWR | O_CREAT, 0o600)
        #expect(slot >= 0 && flock(slot, LOCK_EX | LOCK_NB) == 0)
        let journal = SubmissionJournal(slot: 0, of: partner, boot: boots[0], mode: 0o600)
        try #require(journal).append(record)
        try submit("b.cms", "b")
        #expect(try drop.waiting(in: account, boot: boots[0]).map(\.name.text) == ["b.cms"])
        // Somebody is at it: what lies there may be cut, so nothing is looked at.
        #expect(try drop.waiting(in: account, boot: boots[1]).isEmpty)
        close(slot)
        let waiting = try drop.waiting(in: account, boot: boots[1])
        #expect(waiting.map(\.name.text) == ["b.cms", "a.cms"])
        #expect(try copy(try #require(waiting.last)) == "\u{1}\u{2}\u{3}")
    }
}
