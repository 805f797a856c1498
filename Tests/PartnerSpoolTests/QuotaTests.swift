import DropLayout
import Foundation
import Glibc
import PartnerSpool
import SFTPProtocol
import Testing

@Suite("A partner's limits") struct QuotaTests {
    private func send(_ files: SpoolFiles, _ name: String, _ count: Int) throws {
        let upload = try files.receive(try .of(name), .fresh)
        do {
            try upload.write(seal(count), at: 0)
            try upload.finish()
        } catch {
            upload.abandon()
            throw error
        }
    }

    @Test func `a file may not be longer than its limit`() throws {
        let bench = try Bench()
        let files = bench.files { $0.fileBytes = 100 }
        try send(files, "a.cms", 85)
        #expect(throws: Refusal.self) { try send(files, "b.cms", 86) }
        let upload = try files.receive(try .of("c.cms"), .fresh)
        try upload.write(seal(0), at: 0)
        #expect(throws: Refusal.self) { try upload.write([1], at: 100) }
        #expect(throws: Refusal.self) { try upload.write([1], at: Int.max) }
    }

    @Test(arguments: ["a.cms", "a.cms.part"])
    func `a file of which bytes were refused is not submitted by its end, and can be resumed`(
        text: String
    ) throws {
        let bench = try Bench()
        let name = try DropName.of(text)
        let upload = try bench.files { $0.fileBytes = 100 }.receive(name, .fresh)
        try upload.write(seal(65), at: 0)
        #expect(throws: Refusal.self) { try upload.write([UInt8](repeating: 7, count: 21), at: 80) }
        // What was on its way behind it, and would have found room.
        #expect(throws: Refusal.self) { try upload.write([7], at: 90) }
        #expect(throws: Refusal.self) { try upload.flush() }
        #expect(throws: Refusal.self) { try upload.finish() }
        #expect(try bench.queue().isEmpty)
        #expect(!bench.hasRung)

        let more = try bench.files().receive(name, .resumed)
        #expect(more.entry.size == 80)
        try more.write([UInt8](repeating: 7, count: 21), at: 80)
        try more.finish()
        if name.isUnfinished {
            try bench.files().rename(name, to: .of("a.cms"), replacing: false)
        }
        #expect(try bench.queue().map(\.bytes) == [seal(86)])
    }

    @Test func `a file refused at its first bytes leaves nothing`() throws {
        let bench = try Bench()
        let upload = try bench.files { $0.fileBytes = 10 }.receive(.of("a.cms"), .fresh)
        #expect(throws: Refusal.self) { try upload.write(seal(0), at: 0) }
        #expect(throws: Refusal.self) { try upload.finish() }
        #expect(try bench.names(bench.partner.incoming).isEmpty)
        #expect(try bench.queue().isEmpty)
    }

    @Test func `files under way are counted over all connections`() throws {
        let bench = try Bench()
        try send(bench.files { $0.filesUnderWay = 2 }, "a.cms", 1)
        try send(bench.files { $0.filesUnderWay = 2 }, "b.cms", 1)
        #expect(throws: Refusal.self) { try send(bench.files { $0.filesUnderWay = 2 }, "c.cms", 1) }
        // The gateway took one.
        let first = try #require(try bench.names(bench.partner.queue).first)
        try FileManager.default.removeItem(atPath: "\(bench.partner.queue)/\(first)")
        try send(bench.files { $0.filesUnderWay = 2 }, "c.cms", 1)
    }

    @Test func `bytes under way are counted while they come`() throws {
        let bench = try Bench()
        let files = bench.files { $0.bytesUnderWay = 200 }
        try send(files, "a.cms", 85)
        #expect(throws: Refusal.self) { try send(files, "b.cms", 100) }
        #expect(throws: Refusal.self) {
            try send(bench.files { $0.bytesUnderWay = 200 }, "b.cms", 100)
        }
        bench.seconds += 2
        try send(files, "c.cms", 50)
    }

    @Test func `what is refused is said in words, and what is left in numbers`() throws {
        let bench = try Bench()
        var limits = DropLimits.standard
        limits.filesUnderWay = 2
        limits.bytesUnderWay = 10_000
        limits.bytesPerDay = 5_000
        var told: [String] = []
        let files = SpoolFiles(
            places: bench.places,
            account: bench.account,
            limits: limits,
            now: { bench.seconds * 1_000_000_000 },
            tell: { told.append($0) }
        )
        var room = try files.room()
        #expect([room.bytes, room.freeBytes, room.sendableBytes] == [10_000, 10_000, 5_000])
        #expect([room.files, room.freeFiles, room.sendableFiles] == [2, 2, 2])
        try send(files, "a.cms", 985)
        bench.seconds += 1
        try send(files, "b.cms", 485)
        bench.seconds += 1
        room = try files.room()
        #expect([room.bytes, room.freeBytes, room.sendableBytes] == [10_000, 8_500, 3_500])
        #expect([room.files, room.freeFiles, room.sendableFiles] == [2, 0, 0])
        let message =
            "No space: 2 files of yours wait to be taken, which is your limit. "
            + "Nothing was lost; try again later."
        #expect(throws: Refusal(.failure, message)) { try send(files, "c.cms", 1) }
        #expect(told == [message])
    }

    @Test func `a day's limit ends with the day`() throws {
        let bench = try Bench()
        let limits = { (limits: inout DropLimits) in limits.filesPerDay = 2 }
        try send(bench.files(limits), "a.cms", 1)
        try send(bench.files(limits), "b.cms", 1)
        #expect(throws: Refusal.self) { try send(bench.files(limits), "c.cms", 1) }
        bench.seconds += 86_400
        try send(bench.files(limits), "c.cms", 1)
        let byBytes = bench.files { $0.bytesPerDay = 30 }
        #expect(throws: Refusal.self) { try send(byBytes, "d.cms", 16) }
    }

    @Test func `what is unfinished counts as today's where another file would begin`() throws {
        let bench = try Bench()
        let limits = { (limits: inout DropLimits) in limits.bytesPerDay = 100 }
        let upload = try bench.files(limits).receive(.of("a.cms"), .fresh)
        try upload.write(seal(85), at: 0)
        #expect(throws: Refusal.self) { try bench.files(limits).receive(.of("b.cms"), .fresh) }
        #expect(try bench.files(limits).room().sendableBytes == 0)
        // It can be finished itself, and be gone on with after its connection broke.
        upload.abandon()
        let again = try bench.files(limits).receive(.of("a.cms"), .resumed)
        try again.write([7], at: 99)
        try again.finish()
        #expect(try bench.queue().map(\.name) == ["a.cms"])
    }

    @Test func `connections that grow side by side share one limit of bytes`() throws {
        for limit in [\DropLimits.bytesUnderWay, \DropLimits.bytesPerDay] {
            let bench = try Bench()
            let uploads = try (0..<10).map { number in
                try bench.files { $0[keyPath: limit] = 10_000 }
                    .receive(.of("\(number).cms"), .fresh)
            }
            var sizes = [Int](repeating: 0, count: uploads.count)
            // Nobody needs to open or close anything for the others to hear of it.
            rounds: for _ in 0..<100 {
                for (number, upload) in uploads.enumerated() {
                    bench.seconds += 1
                    let piece = sizes[number] == 0 ? seal(485) : [UInt8](repeating: 7, count: 500)
                    do { try upload.write(piece, at: sizes[number]) } catch { break rounds }
                    sizes[number] += piece.count
                }
            }
            #expect(sizes.reduce(0, +) == 10_000)
        }
    }

    @Test func `a file does not grow into what the disk keeps for others, and goes on later`()
        throws
    {
        let bench = try Bench()
        var free: UInt64 = 40 << 20
        var taken: UInt64 = 0
        let disk = { (_: String) -> DiskRoom? in DiskRoom(bytes: free - min(free, taken)) }
        let name = try DropName.of("a.cms")
        let upload = try bench.files(disk: disk).receive(name, .fresh)
        let piece = seal((1 << 20) - 15)
        #expect(throws: Refusal(.failure, Self.diskFull)) {
            for number in 0..<100 {
                try upload.write(piece, at: number << 20)
                taken += 1 << 20
            }
        }
        #expect(taken == free)
        #expect(throws: Refusal(.failure, Self.diskFull)) { try upload.finish() }
        #expect(try bench.queue().isEmpty)

        free += 1 << 20
        bench.seconds += 1
        let more = try bench.files(disk: disk).receive(name, .resumed)
        #expect(more.entry.size == taken)
        try more.write(piece, at: Int(taken))
        try more.finish()
        #expect(try bench.queue().map(\.bytes.count) == [41 << 20])
    }

    @Test func `small pieces do not creep into it either`() throws {
        let bench = try Bench()
        var asked = 0
        let files = bench.files(disk: { _ in
            asked += 1
            return DiskRoom(bytes: asked < 3 ? 1 << 30 : 0)
        })
        let upload = try files.receive(.of("a.cms"), .fresh)
        try upload.write(seal(985), at: 0)
        var size = 1_000
        #expect(throws: Refusal.self) {
            while size < 1 << 20 {
                try upload.write([UInt8](repeating: 7, count: 1_000), at: size)
                size += 1_000
            }
        }
        #expect(size <= 256 << 10)
    }

    private static let diskFull =
        "No space: the gateway's disk is full. Nothing was lost; try again later."
}
