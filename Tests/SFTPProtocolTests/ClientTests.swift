import SFTPProtocol
import Testing

/// A server that says the same whatever is asked.
final class Monologue: PacketLine {
    private var words: [UInt8]
    private(set) var heard: [UInt8] = []

    init(_ words: [UInt8]) {
        self.words = words
    }

    func send(_ bytes: UnsafeRawBufferPointer) { heard += bytes }

    func receive(into bytes: UnsafeMutableRawBufferPointer) throws(LineEnd) -> Int {
        guard !words.isEmpty else { throw .silent }
        let some = words.prefix(bytes.count)
        bytes.copyBytes(from: some)
        words.removeFirst(some.count)
        return some.count
    }
}

@Suite("A client") struct ClientTests {
    private let version = Packet(2, be(3)).bytes

    /// What a request for a file's size gets from a server that answers `reply` to it.
    private func ask(_ reply: [UInt8]) throws -> FileAttributes {
        let client = SFTPClient(line: Monologue(version + reply))
        try client.greet()
        return try client.attributes(of: Array("/in/a".utf8))
    }

    @Test func `requests are written as the draft has them`() throws {
        func bytes(_ write: (inout PacketWriter) -> Void) -> [UInt8] {
            var writer = PacketWriter()
            write(&writer)
            return writer.withBytes { Array($0) }
        }
        let (path, handle) = (Array("/in/ñ".utf8), [0, 1, 2] as [UInt8])
        #expect(bytes { $0.hello() } == Packet.hello.bytes)
        #expect(
            bytes { $0.request(.status, 7, naming: path) }
                == Packet.onPath(17, 7, "/in/ñ").bytes
        )
        #expect(
            bytes {
                $0.open(9, path, [.write, .create], FileAttributes(permissions: 0o100644))
            } == Packet.open(9, "/in/ñ", 0x0A).bytes
        )
        #expect(bytes { $0.request(.close, 1, naming: handle) } == Packet.close(1, handle).bytes)
        #expect(
            bytes { $0.rename(3, from: path, to: Array("/b".utf8)) }
                == Packet.rename(3, "/in/ñ", "/b").bytes
        )
        #expect(
            bytes { $0.flush(4, handle) }
                == Packet.extended(4, "fsync@openssh.com", text(handle)).bytes
        )
        #expect(
            bytes { $0.makeFolder(5, path) } == Packet(14, be(5), text("/in/ñ"), be(0)).bytes
        )
        let written = bytes { writer in
            let isFilled = writer.write(6, handle, at: 1 << 40, 3) { place in
                place.copyBytes(from: [9, 8, 7])
                return true
            }
            #expect(isFilled)
        }
        #expect(written == Packet.write(6, handle, 1 << 40, [9, 8, 7]).bytes)
    }

    @Test func `our own server understands our own client`() throws {
        let visitor = try Visitor()
        let client = SFTPClient(line: SessionLine(visitor))
        try client.greet()
        #expect(client.flushes)
        let path = Array("/in/a.cms.part".utf8)
        let handle = try client.open(path, [.write, .create], permissions: 0o644)
        let content = [UInt8](repeating: 5, count: 200_000)
        try client.write(handle, 0..<200_000) { offset, bytes in
            bytes.copyBytes(from: content[Int(offset)..<(Int(offset) + bytes.count)])
            return true
        }
        try client.flush(handle)
        #expect(try client.attributes(ofHandle: handle).size == 200_000)
        try client.close(handle)
        try client.rename(path, to: Array("/in/a.cms".utf8))
        #expect(visitor.files.submitted == ["a.cms"])
        let name = try DropName.of("a.cms")
        #expect(visitor.files.incoming[name] == content)
        #expect(throws: ClientProblem.refused(code: 2)) { try client.attributes(of: path) }
        let folder = try client.openFolder(Array("/in".utf8))
        try client.close(folder)
    }

    @Test(
        arguments: [
            // Versions that we do not speak, and what is none.
            Packet(2, be(2)).bytes, Packet(2, be(4)).bytes, Packet(2, be(0)).bytes, Packet(2).bytes,
            Packet(101, be(3), be(0)).bytes, Packet(2, be(3), text("half")).bytes,
            Packet(2, be(3), be(9), [1]).bytes,
            // Lengths that no reply has.
            be(0), be(34_001) + [2], be(0xFFFF_FFFF) + [2], Array("SSH-2.0-OpenSSH\r\n".utf8),
            Array("Welcome to the server of Weslaco\n".utf8),
        ] as [[UInt8]]
    )
    func `what is no greeting is none`(words: [UInt8]) {
        let client = SFTPClient(line: Monologue(words))
        #expect(throws: ClientProblem.broken) { try client.greet() }
    }

    @Test(arguments: [[], [0], be(9), be(9) + [2, 0, 0]] as [[UInt8]])
    func `a server that does not end its greeting is silent`(words: [UInt8]) {
        let client = SFTPClient(line: Monologue(words))
        #expect(throws: ClientProblem.line(.silent)) { try client.greet() }
    }

    @Test(
        arguments: [
            // Of another request, of no request, of another kind.
            Packet(105, be(2), be(1), be64(5)).bytes, Packet(105, be(0), be(1), be64(5)).bytes,
            Packet(105).bytes, Packet(102, be(1), text("h")).bytes,
            Packet(103, be(1), text("d")).bytes,
            Packet(104, be(1), be(0)).bytes, Packet(201, be(1)).bytes, Packet(2, be(3)).bytes,
            Packet(17, be(1), text("/")).bytes, Packet(0, be(1)).bytes, Packet(255, be(1)).bytes,
            // Done, and nothing said.
            Packet(101, be(1), be(0), text(""), text("")).bytes,
            // A byte missing or left over.
            Packet(105, be(1), be(1), be64(5), [0]).bytes, Packet(105, be(1), be(5), be64(5)).bytes,
            Packet(105, be(1), be(0x8000_0001), be64(5), be(0xFFFF_FFFF)).bytes,
            Packet(101, be(1), be(4), text("said"), text("en"), [0]).bytes,
            Packet(101, be(1), be(4), be(99)).bytes, Packet(101, be(1), [0, 0]).bytes,
        ] as [[UInt8]]
    )
    func `a reply that is none to what was asked ends the conversation`(reply: [UInt8]) {
        #expect(throws: ClientProblem.broken) { try ask(reply) }
    }

    @Test func `a reply says what it says`() throws {
        #expect(try ask(Packet(105, be(1), be(1), be64(5)).bytes).size == 5)
        #expect(try ask(Packet(105, be(1), be(0)).bytes).size == nil)
        let extended = Packet(105, be(1), be(0x8000_0001), be64(6), be(1), text("a"), text("b"))
        #expect(try ask(extended.bytes).size == 6)
        for refusal in [
            Packet(101, be(1), be(2), text("no"), text("en")),
            Packet(101, be(1), be(2), text("no")),
            Packet(101, be(1), be(2)),
        ] {
            #expect(throws: ClientProblem.refused(code: 2)) { try ask(refusal.bytes) }
        }
    }

    @Test(arguments: [0, 257])
    func `a handle is as long as the draft lets it`(count: Int) throws {
        let reply = Packet(102, be(1), text([UInt8](repeating: 1, count: count))).bytes
        let client = SFTPClient(line: Monologue(version + reply))
        try client.greet()
        #expect(throws: ClientProblem.broken) {
            try client.open([47], [.write], permissions: 0o644)
        }
    }

    @Test func `an answer to a write that was answered before ends the conversation`() throws {
        let done = Packet(101, be(1), be(0)).bytes
        let client = SFTPClient(line: Monologue(version + done + done))
        try client.greet()
        #expect(throws: ClientProblem.broken) {
            try client.write([1], 0..<40_000) { _, _ in true }
        }
    }

    @Test func `as many writes are on their way as were meant, and no more`() throws {
        let line = Monologue(version)
        let client = SFTPClient(line: line)
        try client.greet()
        #expect(throws: ClientProblem.line(.silent)) {
            try client.write([1], 0..<(1 << 30)) { _, _ in true }
        }
        let writes = try #require(Packet.all(in: line.heard)).filter { $0.kind == 6 }
        #expect(writes.count == 64)
    }
}

/// Our own server, as a line.
private final class SessionLine: PacketLine {
    private let visitor: Visitor
    private var asked: [UInt8] = []
    private var said: [UInt8] = []

    init(_ visitor: Visitor) {
        self.visitor = visitor
    }

    func send(_ bytes: UnsafeRawBufferPointer) throws(LineEnd) {
        asked += bytes
        guard let step = try? visitor.exchange(asked) else { throw .closed }
        asked.removeFirst(step.taken)
        said += step.sent
    }

    func receive(into bytes: UnsafeMutableRawBufferPointer) throws(LineEnd) -> Int {
        guard !said.isEmpty else { throw .silent }
        let some = said.prefix(bytes.count)
        bytes.copyBytes(from: some)
        said.removeFirst(some.count)
        return some.count
    }
}
