import DropLayout
import Foundation
import PartnerSpool
import SFTPProtocol
import Testing

@Suite("Extracts among a partner's files") struct FeedSpoolTests {
    private static let rows = Array("0id,given\n1,Luz\n and enough of it".utf8)

    @Test(arguments: [1, 7, 1_000])
    func `an extract of an own system is taken, whatever the pieces`(piece: Int) throws {
        let bench = try Bench()
        let upload = try bench.files(feeds: ["texas"]).receive(.of("texas.snapshot.csv"), .fresh)
        for start in stride(from: 0, to: Self.rows.count, by: piece) {
            let end = min(Self.rows.count, start + piece)
            try upload.write(Array(Self.rows[start..<end]), at: start)
        }
        try upload.finish()
        #expect(try bench.queue().map(\.bytes) == [Self.rows])
        #expect(try bench.queue().map(\.name) == ["texas.snapshot.csv"])
    }

    @Test(arguments: ["other.snapshot.csv", "texas.csv", "texas.all.csv", "students.csv"])
    func `an extract under any other name never reaches the disk`(text: String) throws {
        let bench = try Bench()
        let upload = try bench.files(feeds: ["texas"]).receive(.of(text), .fresh)
        #expect(throws: Refusal.self) { try upload.write(Self.rows, at: 0) }
        #expect(try bench.names(bench.partner.incoming).isEmpty)
    }

    @Test func `without a system of its own an account drops bundles only`() throws {
        let bench = try Bench()
        let upload = try bench.files().receive(.of("texas.snapshot.csv"), .fresh)
        #expect(throws: Refusal.self) { try upload.write(Self.rows, at: 0) }
        #expect(try bench.queue().isEmpty)
    }

    @Test func `a sealed bundle under an extract's name is refused`() throws {
        let bench = try Bench()
        let upload = try bench.files(feeds: ["texas"]).receive(.of("texas.changes.csv"), .fresh)
        #expect(throws: Refusal.self) { try upload.write(seal(100), at: 0) }
        #expect(try bench.names(bench.partner.incoming).isEmpty)
        // A bundle under a name of its own goes on as ever.
        let bundle = try bench.files(feeds: ["texas"]).receive(.of("a.cms"), .fresh)
        try bundle.write(seal(100), at: 0)
        try bundle.finish()
        #expect(try bench.queue().map(\.name) == ["a.cms"])
    }

    @Test func `no rename makes one of the other`() throws {
        let bench = try Bench()
        let files = bench.files(feeds: ["texas"])
        let part = try DropName.of("texas.changes.csv.part")
        let extract = try files.receive(part, .fresh)
        try extract.write(Self.rows, at: 0)
        try extract.finish()
        #expect(throws: Refusal.self) {
            try files.rename(part, to: .of("a.cms"), replacing: false)
        }
        try files.rename(part, to: .of("texas.changes.csv"), replacing: false)
        #expect(try bench.queue().map(\.name) == ["texas.changes.csv"])

        let bundle = try files.receive(.of("b.cms"), .fresh)
        try bundle.write(seal(100), at: 0)
        try bundle.finish()
        for old in ["b.cms"] {
            #expect(throws: Refusal.self) {
                try files.rename(.of(old), to: .of("texas.snapshot.csv"), replacing: true)
            }
        }
        #expect(throws: Refusal.self) {
            try files.rename(.of("texas.changes.csv"), to: .of("c.cms"), replacing: true)
        }
        #expect(Set(try bench.queue().map(\.name)) == ["texas.changes.csv", "b.cms"])
    }

    @Test func `a file that may still become a seal is refused when it is closed`() throws {
        let bench = try Bench()
        let upload = try bench.files(feeds: ["texas"]).receive(.of("texas.changes.csv"), .fresh)
        try upload.write(Array(seal(0).prefix(6)), at: 0)
        #expect(throws: Refusal.self) { try upload.finish() }
        #expect(try bench.queue().isEmpty)
    }

    @Test func `an extract that was cut at a row's end by a limit is not applied`() throws {
        let bench = try Bench()
        let name = try DropName.of("texas.snapshot.csv")
        let files = bench.files(feeds: ["texas"]) { $0.fileBytes = Int64(Self.rows.count) + 3 }
        let upload = try files.receive(name, .fresh)
        try upload.write(Self.rows + [0x0A], at: 0)
        #expect(throws: Refusal.self) {
            try upload.write(Array("2,Ana\n".utf8), at: Self.rows.count + 1)
        }
        #expect(throws: Refusal.self) { try upload.finish() }
        #expect(try bench.queue().isEmpty)
        let more = try bench.files(feeds: ["texas"]).receive(name, .resumed)
        try more.write(Array("2,Ana\n".utf8), at: Self.rows.count + 1)
        try more.finish()
        #expect(try bench.queue().map(\.bytes) == [Self.rows + Array("\n2,Ana\n".utf8)])
    }
}
