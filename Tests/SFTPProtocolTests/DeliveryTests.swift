import SFTPProtocol
import Testing

/// A file of the tests', and its way to a server.
struct SampleDelivery {
    let content: [UInt8]

    init(count: Int) {
        content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    }

    func run(
        to server: FakeServer,
        folder: String = "/in",
        readable: Int = .max
    ) -> FileDelivery.Ending {
        let client = SFTPClient(line: server)
        do throws(ClientProblem) { try client.greet() } catch {
            if case .line(let end) = error { return .line(end) }
            return .broken
        }
        return FileDelivery(
            client: client,
            folder: folder,
            name: "a.cms",
            length: UInt64(content.count)
        ) { [content] offset, bytes in
            let start = Int(offset)
            guard start + bytes.count <= min(content.count, readable) else { return false }
            bytes.copyBytes(from: content[start..<(start + bytes.count)])
            return true
        }.run()
    }
}

@Suite("The delivery of a file") struct DeliveryTests {
    private let sample = SampleDelivery(count: 100_000)

    @Test(arguments: [1, 32_767, 32_768, 32_769, 5_000_000], [1, 7, Int.max])
    func `a file stands under its name, whole, and nothing else is left`(
        count: Int,
        pieces: Int
    ) {
        let sample = SampleDelivery(count: count)
        let server = FakeServer()
        server.pieces = pieces
        #expect(sample.run(to: server) == .delivered)
        #expect(server.files == ["/in/a.cms": sample.content])
    }

    @Test func `it is on the disk and its size is known before it gets its name`() throws {
        let server = FakeServer()
        #expect(sample.run(to: server) == .delivered)
        // OPEN, FSTAT, four WRITEs, fsync, FSTAT, CLOSE, RENAME.
        #expect(server.requests.map(\.kind) == [1, 17, 3, 8, 6, 6, 6, 6, 200, 8, 4, 18])
    }

    @Test func `answers to writes may come in another order`() {
        let sample = SampleDelivery(count: 3_000_000)
        let server = FakeServer()
        server.isPile = true
        #expect(sample.run(to: server) == .delivered)
        #expect(server.files["/in/a.cms"] == sample.content)
    }

    @Test func `the folder is made where it is missing`() {
        let server = FakeServer()
        #expect(sample.run(to: server, folder: "/in/2026 mayo/ñ") == .delivered)
        #expect(server.files == ["/in/2026 mayo/ñ/a.cms": sample.content])
        #expect(server.folders == ["/", "/in", "/in/2026 mayo", "/in/2026 mayo/ñ"])
        let deaf = FakeServer()
        deaf.refusals[14] = 3
        #expect(sample.run(to: deaf, folder: "/no/where") == .noFolder)
    }

    @Test func `a file of the same name and size is this one, delivered before`() {
        let server = FakeServer()
        server.files["/in/a.cms"] = sample.content
        #expect(sample.run(to: server) == .delivered)
        #expect(server.count(3) == 0)
    }

    @Test(arguments: [0, 99_999, 100_001])
    func `another file of its name is never touched`(count: Int) {
        let server = FakeServer()
        let other = [UInt8](repeating: 7, count: count)
        server.files["/in/a.cms"] = other
        #expect(sample.run(to: server) == .otherFile)
        #expect(server.files == ["/in/a.cms": other])
        #expect(server.count(3) == 0)
    }

    @Test(arguments: [0, 1, 2_500_000, 4_999_999, 5_000_000])
    func `what a cut left is taken up, and its last part sent again`(left: Int) {
        let sample = SampleDelivery(count: 5_000_000)
        let server = FakeServer()
        // A server that writes several pieces at once can leave a hole.
        let hole = max(0, left - 2 << 20)..<max(0, left - 100)
        var part = Array(sample.content.prefix(left))
        part.replaceSubrange(hole, with: [UInt8](repeating: 0, count: hole.count))
        server.files["/in/a.cms.part"] = part
        #expect(sample.run(to: server) == .delivered)
        #expect(server.files == ["/in/a.cms": sample.content])
        #expect(server.firstWrite == UInt64(max(0, left - 2 << 20)))
    }

    @Test(arguments: [100_001, 3_000_000])
    func `a part that is too long is begun again`(left: Int) {
        let server = FakeServer()
        server.files["/in/a.cms.part"] = [UInt8](repeating: 7, count: left)
        #expect(sample.run(to: server) == .delivered)
        #expect(server.files == ["/in/a.cms": sample.content])
    }

    @Test func `a server that offers no fsync is not asked for it`() {
        let server = FakeServer()
        server.extensions = [("fsync@openssh.com", "2"), ("fsync@elsewhere.example", "1")]
        #expect(sample.run(to: server) == .delivered)
        #expect(server.count(200) == 0)
    }

    @Test func `a server that cannot put it on its disk gets no file of that name`() {
        let server = FakeServer()
        server.refusals[200] = 4
        #expect(sample.run(to: server) == .notOnDisk)
        #expect(server.files == ["/in/a.cms.part": sample.content])
        server.refusals[200] = 8
        #expect(sample.run(to: server) == .delivered)
    }

    @Test(arguments: [0, 99_999, 100_001] as [UInt64])
    func `a server that says another size gets no file of that name`(size: UInt64) {
        let server = FakeServer()
        server.claimedSize = size
        #expect(sample.run(to: server) == .otherSize)
        #expect(server.files["/in/a.cms"] == nil)
        #expect(server.count(18) == 0)
    }

    @Test func `where a handle says nothing of its file the path is asked`() {
        let server = FakeServer()
        server.refusals[8] = 8
        #expect(sample.run(to: server) == .delivered)
        #expect(server.count(17) == 3)
    }

    @Test func `a rename that is refused is not done, or was done before`() {
        let server = FakeServer()
        server.refusals[18] = 4
        #expect(sample.run(to: server) == .notRenamed)
        #expect(server.files == ["/in/a.cms.part": sample.content])
        // Somebody else's file came meanwhile.
        server.refusals[18] = nil
        server.change = { [unowned server] reply in
            if server.requests.last?.kind == 4 { server.files["/in/a.cms"] = [1] }
            return reply.bytes
        }
        #expect(sample.run(to: server) == .otherFile)
        #expect(server.files["/in/a.cms"] == [1])
    }

    @Test func `a folder that we may write and not read is no hindrance`() {
        let server = FakeServer()
        server.refusals[17] = 3
        #expect(sample.run(to: server) == .delivered)
    }

    @Test(
        arguments: [
            (3, 2, .noFolder), (3, 3, .denied), (3, 4, .refused(code: 4)), (3, 14, .diskFull),
            (6, 4, .refused(code: 4)), (6, 14, .diskFull), (6, 15, .diskFull), (6, 3, .denied),
            (4, 4, .refused(code: 4)), (17, 4, .refused(code: 4)), (8, 3, .delivered),
        ] as [(UInt8, UInt32, FileDelivery.Ending)]
    )
    func `each no has its meaning`(kind: UInt8, code: UInt32, ending: FileDelivery.Ending) {
        let server = FakeServer()
        server.refusals[kind] = code
        #expect(sample.run(to: server) == ending)
        #expect((server.files["/in/a.cms"] == sample.content) == (ending == .delivered))
    }

    @Test func `a file that ends early is not sent as if it were whole`() {
        let server = FakeServer()
        #expect(sample.run(to: server, readable: 70_000) == .noContent)
        #expect(server.files["/in/a.cms"] == nil)
    }

    @Test func `wherever the line breaks, the next attempt ends what was begun`() {
        let whole = FakeServer()
        #expect(sample.run(to: whole) == .delivered)
        let asked = whole.requests.reduce(0) { $0 + $1.bytes.count }
        // At every byte of the small packets, and here and there in the large ones.
        let cuts =
            Array(1...200) + Array(stride(from: 201, to: asked, by: 1_987))
            + Array((asked - 150)...asked)
        for cut in cuts {
            let server = FakeServer()
            server.takes = cut
            if cut < asked { #expect(sample.run(to: server) == .line(.closed)) }
            server.takes = .max
            again(server, "\(cut) of \(asked)")
        }
        for cut in 1...400 {
            let server = FakeServer()
            server.gives = cut
            let first = sample.run(to: server)
            #expect(first == .line(.closed) || first == .delivered)
            server.gives = .max
            again(server, "reply \(cut)")
        }
    }

    /// A new connection to a server on which something may have been left.
    private func again(_ old: FakeServer, _ place: String) {
        if let file = old.files["/in/a.cms"] { #expect(file == sample.content) }
        let server = FakeServer()
        server.files = old.files
        #expect(sample.run(to: server) == .delivered, "\(place)")
        #expect(server.files == ["/in/a.cms": sample.content], "\(place)")
    }
}
