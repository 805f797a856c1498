import DropLayout
import Foundation
import Glibc
import PartnerSpool
import SFTPProtocol
import Testing

@Suite("A partner's files on disk") struct SpoolTests {
    @Test func `a file counts when it was closed, and stays visible with its size`() throws {
        let bench = try Bench()
        let files = bench.files()
        let name = try DropName.of("María's \"one\".cms")
        let upload = try files.receive(name, .fresh)
        try upload.write(seal(100), at: 0)
        #expect(try files.entry(name, in: .incoming).size == 115)
        #expect(try bench.queue().isEmpty)
        try upload.finish()
        #expect(try bench.queue().map(\.bytes) == [seal(100)])
        #expect(bench.hasRung)
        #expect(try files.list(.incoming).map(\.size) == [115])
        #expect(try bench.files().entry(name, in: .incoming).size == 115)
    }

    @Test func `a connection that ends submits nothing, and what came can be resumed`() throws {
        let bench = try Bench()
        let name = try DropName.of("a.cms")
        let cut = try bench.files().receive(name, .fresh)
        try cut.write(seal(50), at: 0)
        cut.abandon()
        #expect(try bench.queue().isEmpty)
        let files = bench.files()
        #expect(try files.entry(name, in: .incoming).size == 65)
        let upload = try files.receive(name, .resumed)
        #expect(upload.entry.size == 65)
        try upload.write([8, 8], at: 65)
        try upload.finish()
        #expect(try bench.queue().map(\.bytes) == [seal(50) + [8, 8]])
    }

    @Test(arguments: [1, 5, 14, 15, 16, 1_000])
    func `what is no sealed bundle never reaches the disk`(piece: Int) throws {
        let bench = try Bench()
        let files = bench.files()
        let name = try DropName.of("record.pdf")
        let upload = try files.receive(name, .fresh)
        let plain = Array("0 is how this record of a child begins, in plain text".utf8)
        #expect(throws: Refusal.self) {
            for start in stride(from: 0, to: plain.count, by: piece) {
                try upload.write(Array(plain[start..<min(plain.count, start + piece)]), at: start)
            }
        }
        #expect(try bench.names(bench.partner.incoming).isEmpty)
        #expect(throws: Refusal.self) { try upload.write(seal(5), at: 0) }
        #expect(throws: Refusal.self) { try upload.finish() }
        #expect(throws: Refusal.noSuchFile) { try files.entry(name, in: .incoming) }
        #expect(try bench.queue().isEmpty)
    }

    @Test(arguments: [1, 3, 14])
    func `small first pieces are put together`(piece: Int) throws {
        let bench = try Bench()
        let upload = try bench.files().receive(try .of("a.cms"), .fresh)
        let bytes = seal(40)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try upload.write(Array(bytes[start..<min(bytes.count, start + piece)]), at: start)
        }
        try upload.finish()
        #expect(try bench.queue().map(\.bytes) == [bytes])
    }

    @Test func `an empty file and a beginning are refused when they are closed`() throws {
        let bench = try Bench()
        for count in [0, 1, 14] {
            let upload = try bench.files().receive(try .of("a.cms"), .fresh)
            if count > 0 { try upload.write(Array(seal(0).prefix(count)), at: 0) }
            #expect(throws: Refusal.self) { try upload.finish() }
            #expect(try bench.names(bench.partner.incoming).isEmpty)
        }
    }

    private static let plain = Array("0 is how this record of a child begins, in plain text".utf8)

    @Test(arguments: [0, 1, 5, 14])
    func `a beginning that was right is not written over with something else`(
        offset: Int
    ) throws {
        let bench = try Bench()
        let files = bench.files()
        let name = try DropName.of("a.cms")
        let upload = try files.receive(name, .fresh)
        try upload.write(seal(100), at: 0)
        #expect(throws: Refusal.self) { try upload.write(Self.plain, at: offset) }
        #expect(throws: Refusal.self) { try upload.finish() }
        #expect(try bench.names(bench.partner.incoming).isEmpty)
        #expect(throws: Refusal.noSuchFile) { try files.entry(name, in: .incoming) }
        #expect(try bench.queue().isEmpty)
    }

    @Test func `the same bytes may be sent again from the beginning`() throws {
        let bench = try Bench()
        let upload = try bench.files().receive(try .of("a.cms"), .fresh)
        let bytes = seal(100)
        for (start, count) in [(0, 60), (0, 30), (3, 40), (14, 101)] {
            try upload.write(Array(bytes[start..<(start + count)]), at: start)
        }
        try upload.finish()
        #expect(try bench.queue().map(\.bytes) == [bytes])
    }

    @Test(arguments: [0, 1, 14])
    func `a file that is cut back to its beginning is judged anew`(size: Int) throws {
        let bench = try Bench()
        let upload = try bench.files().receive(try .of("a.cms"), .fresh)
        try upload.write(seal(100), at: 0)
        try upload.truncate(to: UInt64(size))
        #expect(upload.entry.size == UInt64(size))
        #expect(throws: Refusal.self) { try upload.write(Self.plain, at: size) }
        #expect(try bench.names(bench.partner.incoming).isEmpty)

        let again = try bench.files().receive(try .of("a.cms"), .fresh)
        try again.write(seal(100), at: 0)
        try again.truncate(to: UInt64(size))
        for (place, byte) in seal(40).enumerated().dropFirst(size) {
            try again.write([byte], at: place)
        }
        try again.finish()
        #expect(try bench.queue().map(\.bytes) == [seal(40)])
    }

    /// What lies on the disk where a client of an earlier time wrote over its own beginning.
    private func leave(_ bytes: [UInt8], as name: String, in bench: Bench) throws {
        let entry = StoredEntry.part(try .of(name)).entry
        try Data(bytes).write(to: URL(fileURLWithPath: "\(bench.partner.incoming)/\(entry)"))
    }

    @Test(arguments: ["a.cms", "a.cms.part"])
    func `what is gone on with is judged when it is closed`(name: String) throws {
        let bench = try Bench()
        try leave(Self.plain, as: name, in: bench)
        let upload = try bench.files().receive(try .of(name), .resumed)
        try upload.write([1, 2], at: Self.plain.count)
        #expect(throws: Refusal.self) { try upload.finish() }
        #expect(try bench.names(bench.partner.incoming).isEmpty)
        #expect(try bench.queue().isEmpty)
    }

    @Test func `what is renamed is judged, though nobody closed it`() throws {
        let bench = try Bench()
        let files = bench.files()
        try leave(Self.plain, as: "a.cms.part", in: bench)
        #expect(throws: Refusal.self) {
            try files.rename(try .of("a.cms.part"), to: try .of("a.cms"), replacing: false)
        }
        #expect(try bench.names(bench.partner.incoming).isEmpty)
        #expect(try bench.queue().isEmpty)
    }

    @Test func `an unfinished name is submitted by its rename`() throws {
        let bench = try Bench()
        let files = bench.files()
        let upload = try files.receive(try .of("a.cms.part"), .fresh)
        try upload.write(seal(1), at: 0)
        try upload.finish()
        #expect(try bench.queue().isEmpty)
        try files.rename(try .of("a.cms.part"), to: try .of("b.cms.part"), replacing: false)
        #expect(try bench.queue().isEmpty)
        try files.rename(try .of("b.cms.part"), to: try .of("a.cms"), replacing: false)
        #expect(try bench.queue().map(\.name) == ["a.cms"])
        #expect(try files.list(.incoming).map(\.name.text) == ["a.cms"])
        #expect(throws: Refusal.self) {
            try files.rename(try .of("a.cms"), to: try .of("a.cms.part"), replacing: true)
        }
        try files.rename(try .of("a.cms"), to: try .of("c.cms"), replacing: false)
        #expect(try bench.queue().map(\.name) == ["c.cms"])
        #expect(try files.list(.incoming).map(\.name.text) == ["c.cms"])
    }

    @Test func `two files of one name are both submitted`() throws {
        let bench = try Bench()
        for byte in [1, 2] as [UInt8] {
            bench.seconds += 1
            let upload = try bench.files().receive(try .of("a.cms"), .fresh)
            try upload.write(seal(9, byte), at: 0)
            try upload.finish()
        }
        #expect(try bench.queue().map(\.bytes) == [seal(9, 1), seal(9, 2)])
        #expect(try bench.files().list(.incoming).count == 1)
    }

    @Test func `a second connection that starts afresh takes the name over`() throws {
        let bench = try Bench()
        let name = try DropName.of("a.cms")
        let first = try bench.files().receive(name, .fresh)
        try first.write(seal(9, 1), at: 0)
        let second = try bench.files().receive(name, .fresh)
        try second.write(seal(5, 2), at: 0)
        try first.write([1, 1], at: 24)
        #expect(throws: Refusal.self) { try first.finish() }
        try second.finish()
        #expect(try bench.queue().map(\.bytes) == [seal(5, 2)])
    }

    @Test func `what waits in the queue is taken back by its sender who has more`() throws {
        let bench = try Bench()
        let files = bench.files()
        let name = try DropName.of("a.cms")
        let upload = try files.receive(name, .fresh)
        try upload.write(seal(9), at: 0)
        try upload.finish()
        let more = try files.receive(name, .resumed)
        #expect(more.entry.size == 24)
        #expect(try bench.queue().isEmpty)
        try more.write([1], at: 24)
        try more.finish()
        #expect(try bench.queue().map(\.bytes) == [seal(9) + [1]])
    }

    @Test func `what was sent is one file under two names until its sender goes on with it`() throws
    {
        let bench = try Bench()
        let files = bench.files()
        let name = try DropName.of("a.cms")
        let upload = try files.receive(name, .fresh)
        try upload.write(seal(9), at: 0)
        try upload.finish()
        func number(_ folder: String) throws -> (file: UInt64, links: UInt64, size: Int64) {
            var status = stat()
            let entry = try #require(try bench.names(folder).first)
            #expect(lstat("\(folder)/\(entry)", &status) == 0)
            return (UInt64(status.st_ino), UInt64(status.st_nlink), Int64(status.st_size))
        }
        let (shown, waiting) = try (number(bench.partner.incoming), number(bench.partner.queue))
        #expect(shown.file == waiting.file)
        #expect(shown.links == 2)

        let more = try files.receive(name, .resumed)
        try more.write([1, 2], at: 24)
        more.abandon()
        #expect(try files.list(.incoming).map(\.size) == [26])
        try files.remove(name, from: .incoming)
        // What shows that something was sent still says how long that was.
        #expect(try files.list(.incoming).map(\.size) == [24])
        #expect(try number(bench.partner.incoming).links == 1)
        #expect(try bench.queue().isEmpty)
    }

    @Test func `what is removed before it was taken is not submitted`() throws {
        let bench = try Bench()
        let files = bench.files()
        let upload = try files.receive(try .of("a.cms"), .fresh)
        try upload.write(seal(9), at: 0)
        try upload.finish()
        try files.remove(try .of("a.cms"), from: .incoming)
        #expect(try bench.queue().isEmpty)
        #expect(try files.list(.incoming).isEmpty)
        #expect(throws: Refusal.noSuchFile) { try files.remove(try .of("a.cms"), from: .incoming) }
    }

    @Test func `a bundle counts as fetched when all of it was read and closed`() throws {
        let bench = try Bench()
        try bench.put(out: "RQ.cms", [UInt8](0..<100))
        let files = bench.files()
        let name = try DropName.of("RQ.cms")
        #expect(throws: Refusal.self) { try files.remove(name, from: .outgoing) }
        let cut = try files.fetch(name, from: .outgoing)
        #expect(try cut.read(0..<60) == [UInt8](0..<60))
        cut.abandon()
        #expect(!bench.hasRung)
        let rest = try bench.files().fetch(name, from: .outgoing)
        #expect(try rest.read(50..<200) == [UInt8](50..<100))
        #expect(throws: Refusal.self) { try rest.read(100..<101) }
        rest.close()
        #expect(try bench.progress("RQ.cms") == "0-60")
        #expect(try bench.fetchLog().isWhole(name, of: 100))
        #expect(bench.hasRung)
        try files.remove(name, from: .outgoing)
        #expect(try files.list(.outgoing).isEmpty)
    }

    @Test func `each bundle of hundreds that was fetched is noted, over two connections`() throws {
        let bench = try Bench()
        for number in 0..<300 { try bench.put(out: "\(number).cms", [1, 2]) }
        let connections = [bench.files(), bench.files()]
        for number in 0..<300 where number % 3 != 0 {
            let name = try DropName.of("\(number).cms")
            let fetch = try connections[number % 2].fetch(name, from: .outgoing)
            _ = try fetch.read(0..<2)
            fetch.close()
        }
        let log = try bench.fetchLog()
        for number in 0..<300 {
            let name = try DropName.of("\(number).cms")
            #expect(log.isWhole(name, of: 2) == (number % 3 != 0))
        }
        #expect(throws: Refusal.self) {
            try connections[0].remove(try .of("0.cms"), from: .outgoing)
        }
        try connections[0].remove(try .of("1.cms"), from: .outgoing)
    }

    @Test func `bytes under way when a connection breaks do not make a bundle fetched`() throws {
        let bench = try Bench()
        try bench.put(out: "RQ.cms", [UInt8](0..<100))
        let fetch = try bench.files().fetch(try .of("RQ.cms"), from: .outgoing)
        _ = try fetch.read(0..<100)
        fetch.abandon()
        #expect(!bench.hasRung)
        #expect(throws: Refusal.self) {
            try bench.files().remove(try .of("RQ.cms"), from: .outgoing)
        }
    }

    @Test(arguments: [false, true])
    func `a file that is taken back while it is read breaks off, and counts for nothing`(
        again: Bool
    ) throws {
        let bench = try Bench()
        let bytes = [UInt8](repeating: 3, count: 3 << 20)
        try bench.put(out: "RQ.cms", bytes)
        let name = try DropName.of("RQ.cms")
        let fetch = try bench.files().fetch(name, from: .outgoing)
        #expect(try fetch.read(0..<65_536).count == 65_536)
        let path = "\(bench.partner.outgoing)/\(StoredEntry.plain(name).entry)"
        // The open file keeps its number from another that comes under its name.
        try FileManager.default.removeItem(atPath: path)
        if again { try bench.put(out: "RQ.cms", bytes) }
        var came = 65_536
        #expect(throws: Refusal.self) {
            while came < bytes.count { came += try fetch.read(came..<(came + 65_536)).count }
        }
        // Not more than a mebibyte later.
        #expect(came <= (1 << 20) + 65_536)
        // Nor its last bytes, wherever it goes on.
        #expect(throws: Refusal.self) { try fetch.read((bytes.count - 10)..<bytes.count) }
        fetch.close()
        #expect(try bench.progress("RQ.cms") == nil)
        #expect(!bench.hasRung)
    }

    @Test func `a link in a folder is nobody's file`() throws {
        let bench = try Bench()
        let entry = StoredEntry.plain(try .of("x")).entry
        for folder in [bench.partner.outgoing, bench.partner.receipts] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/\(entry)",
                withDestinationPath: "/etc/passwd"
            )
        }
        let files = bench.files()
        for folder in [DropFolder.outgoing, .receipts] {
            #expect(throws: Refusal.self) { try files.fetch(try .of("x"), from: folder) }
            #expect(try files.list(folder).isEmpty)
        }
    }
}
