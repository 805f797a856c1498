import SFTPProtocol
import Testing

@Suite("A session") struct SessionTests {
    private let put: UInt32 = 0x1A
    private let ok: UInt32 = 0

    @Test(arguments: [3, 4, 6, 0] as [UInt32])
    func `version 3 is answered to whatever version a client offers`(offered: UInt32) throws {
        let visitor = try Visitor()
        let replies = try visitor.send([Packet(1, be(offered))])
        guard case .version(3, let extensions)? = replies.first else {
            Issue.record("\(replies)")
            return
        }
        #expect(
            extensions == [
                "posix-rename@openssh.com": "1", "fsync@openssh.com": "1",
                "limits@openssh.com": "1", "statvfs@openssh.com": "2",
                "fstatvfs@openssh.com": "2",
            ]
        )
    }

    @Test func `a packet before INIT ends the connection`() {
        let session = SFTPSession(files: MemoryFiles(), readme: [], now: 0)
        #expect(throws: SFTPSession.End.notGreeted) {
            try Packet.onPath(17, 1, "/").bytes.withUnsafeBytes { _ = try session.receive($0) }
        }
    }

    @Test(arguments: [0, 262_145, 0xFFFF_FFFF] as [UInt32])
    func `a length that no packet has ends the connection`(length: UInt32) throws {
        let visitor = try Visitor()
        #expect(throws: SFTPSession.End.badFrame) {
            _ = try visitor.exchange(be(length) + [17, 0, 0, 0, 1])
        }
    }

    @Test func `the root shows three folders and the readme`() throws {
        let visitor = try Visitor()
        guard case .handle(_, let handle) = try visitor.send({ .onPath(11, $0, "/") }),
            case .names(_, let names) = try visitor.send({ Packet(12, be($0), text(handle)) })
        else {
            Issue.record("no list")
            return
        }
        #expect(names.map(\.name) == ["README.txt", "in", "out", "receipts"])
        #expect(
            names[0].line == "-r--r--r-- 1 partner  mochila             8 Nov 14 22:13 README.txt"
        )
        #expect(names[1].line.hasPrefix("drwxr-xr-x "))
        #expect(try visitor.send { Packet(12, be($0), text(handle)) }.code == 1)
        #expect(try visitor.send { .close($0, handle) }.code == ok)
        #expect(try visitor.send { .close($0, handle) }.code == 4)
    }

    @Test func `a file is sent in pieces and counts when it is closed`() throws {
        let visitor = try Visitor()
        let handle = try visitor.open("/in/María it's \"one\".cms", put)
        #expect(try visitor.send { .write($0, handle, 0, [1, 2, 3]) }.code == ok)
        #expect(try visitor.send { .write($0, handle, 3, [4]) }.code == ok)
        guard
            case .attributes(_, let attributes) = try visitor.send({
                Packet(8, be($0), text(handle))
            })
        else {
            Issue.record("no attributes")
            return
        }
        #expect(attributes.size == 4)
        #expect(visitor.files.submitted.isEmpty)
        #expect(try visitor.send { .close($0, handle) }.code == ok)
        #expect(visitor.files.submitted == ["María it's \"one\".cms"])
        #expect(visitor.files.incoming.values.first == [1, 2, 3, 4])
    }

    @Test func `a connection that ends before the close is an abort`() throws {
        let visitor = try Visitor()
        let handle = try visitor.open("/in/a.cms", put)
        _ = try visitor.send { .write($0, handle, 0, [1]) }
        visitor.session.end()
        #expect(visitor.files.submitted.isEmpty)
        #expect(visitor.files.abandoned == ["a.cms"])
    }

    @Test func `an unfinished name waits for its rename`() throws {
        let visitor = try Visitor()
        let handle = try visitor.open("/in/a.cms.part", put)
        _ = try visitor.send { .write($0, handle, 0, [1]) }
        #expect(try visitor.send { .rename($0, "/in/a.cms.part", "/in/a.cms") }.code == 4)
        _ = try visitor.send { .close($0, handle) }
        #expect(visitor.files.submitted.isEmpty)
        #expect(try visitor.send { .rename($0, "/in/a.cms.part", "/in/a.cms") }.code == ok)
        #expect(visitor.files.submitted == ["a.cms"])
    }

    @Test func `a file is read in pieces to its end`() throws {
        let visitor = try Visitor()
        let content = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        visitor.files.outgoing[try .of("b.cms")] = content
        let handle = try visitor.open("/out/b.cms", 1)
        var read: [UInt8] = []
        while case .data(_, let piece) = try visitor.send({
            .read($0, handle, UInt64(read.count), 300_000)
        }) {
            #expect(piece.count <= PacketLimits.dataBytes)
            read += piece
        }
        #expect(read == content)
        #expect(try visitor.send { .read($0, handle, 600_000, 10) }.code == 1)
        #expect(try visitor.send { .read($0, handle, .max, 10) }.code == 1)
        _ = try visitor.send { .close($0, handle) }
        #expect(visitor.files.fetched == ["b.cms"])
    }

    @Test func `what was sent is seen with its size and not read back`() throws {
        let visitor = try Visitor()
        visitor.files.incoming[try .of("a.cms")] = [1, 2, 3]
        for kind in [7, 17] as [UInt8] {
            guard
                case .attributes(_, let seen) = try visitor.send({ .onPath(kind, $0, "in/a.cms") })
            else {
                Issue.record("no attributes")
                continue
            }
            #expect(seen == Reply.Attributes(size: 3, permissions: 0o100644, time: 1_000))
        }
        #expect(try visitor.send { .open($0, "/in/a.cms", 1) }.code == 3)
    }

    @Test func `setting times, sizes and permissions is answered and changes nothing`() throws {
        let visitor = try Visitor()
        visitor.files.incoming[try .of("a.cms")] = [1, 2, 3]
        for path in ["/", "/in", "/in/a.cms", "/README.txt"] {
            let reply = try visitor.send {
                Packet(9, be($0), text(path), be(13), be64(0), be(0), be(1), be(2))
            }
            #expect(reply.code == ok)
        }
        #expect(visitor.files.incoming.values.first == [1, 2, 3])
        let missing = try visitor.send { Packet(9, be($0), text("/in/none"), be(0)) }
        #expect(missing.code == 2)
    }

    @Test(arguments: [0, 3, 1_000] as [UInt64])
    func `what is opened to append grows at its end, whatever place is named`(
        offset: UInt64
    ) throws {
        let visitor = try Visitor()
        visitor.files.incoming[try .of("a.cms")] = [1, 2, 3]
        let handle = try visitor.open("/in/a.cms", 0x06)
        _ = try visitor.send { .write($0, handle, offset, [4]) }
        _ = try visitor.send { .write($0, handle, offset + 1, [5, 6]) }
        _ = try visitor.send { .close($0, handle) }
        #expect(visitor.files.incoming.values.first == [1, 2, 3, 4, 5, 6])
    }

    @Test func `the size set on an open upload cuts what was longer`() throws {
        let visitor = try Visitor()
        visitor.files.incoming[try .of("a.cms")] = [9, 9, 9, 9]
        let handle = try visitor.open("/in/a.cms", 0x0A)
        _ = try visitor.send { .write($0, handle, 0, [1, 2]) }
        let reply = try visitor.send { Packet(10, be($0), text(handle), be(1), be64(2)) }
        #expect(reply.code == ok)
        _ = try visitor.send { .close($0, handle) }
        #expect(visitor.files.incoming.values.first == [1, 2])
    }

    @Test(
        arguments: [
            (Packet(19, be(7), text("/in/a")), 8),
            (Packet(20, be(7), text("/in/a"), text("/etc")), 8),
            (Packet.extended(7, "hardlink@openssh.com", text("/in/a"), text("/in/b")), 8),
            (Packet.extended(7, "lsetstat@openssh.com", text("/in/a")), 8),
            (Packet(99, be(7)), 8), (Packet(255, be(7), [1, 2, 3]), 8), (Packet(101, be(7)), 8),
            (Packet.onPath(14, 7, "/in/new"), 3), (Packet.onPath(14, 7, "/in"), 4),
            (Packet.onPath(15, 7, "/in"), 3), (Packet.onPath(13, 7, "/README.txt"), 3),
            (Packet.onPath(13, 7, "/in/none"), 2), (Packet.onPath(17, 7, "/etc/passwd"), 2),
            (Packet.open(7, "/etc/passwd", 1), 2), (Packet.open(7, "/etc/passwd", 0x1A), 3),
            (Packet.open(7, "/out/x", 0x1A), 3), (Packet.open(7, "/receipts/x", 0x1A), 3),
            (Packet.open(7, "/README.txt", 0x02), 3), (Packet.open(7, "/in", 1), 4),
            (Packet.open(7, "/in/none.cms", 0x06), 2), (Packet.open(7, "/in/sub/a.cms", 0x1A), 3),
            (Packet.rename(7, "/in/none", "/in/a"), 2), (Packet.rename(7, "/in/a", "/out/a"), 3),
            (Packet.rename(7, "/README.txt", "/in/a"), 3), (Packet.close(7, [0, 0, 0, 9]), 4),
            (Packet.close(7, []), 4), (Packet.read(7, Array("none".utf8), 0, 1), 4),
            (Packet.onPath(11, 7, "/in/none"), 4), (Packet.onPath(11, 7, "/nowhere"), 2),
            (Packet(3, be(7)), 5), (Packet(6, be(7), be(0xFFFF_FFFF)), 5),
            (Packet(17, be(7), be(100), [1]), 5), (Packet(200, be(7)), 5),
        ] as [(Packet, UInt32)]
    )
    func `what is not offered is refused and the session goes on`(
        packet: Packet,
        code: UInt32
    ) throws {
        let visitor = try Visitor()
        let replies = try visitor.send([packet, .onPath(16, 8, ".")])
        #expect(replies.first?.id == 7)
        #expect(replies.first?.code == code)
        #expect(
            replies.last
                == .names(
                    8,
                    [.init(name: "/", line: "/", attributes: .init())]
                )
        )
    }

    @Test func `a packet without a number is not answered`() throws {
        let visitor = try Visitor()
        #expect(try visitor.send([Packet(17, [1, 2])]).isEmpty)
    }

    @Test func `limits say what OpenSSH's own server says`() throws {
        let visitor = try Visitor()
        #expect(
            try visitor.send { .extended($0, "limits@openssh.com") }
                == .limits(101, [262_144, 261_120, 261_120, 64])
        )
    }

    @Test func `room is what the partner's limits leave`() throws {
        let visitor = try Visitor()
        let expected: [UInt64] = [1_024, 1_024, 10, 4, 1, 9, 5, 3, 0, 0, 160]
        let space = "statvfs@openssh.com"
        for path in ["/", "in", "/README.txt"] {
            #expect(try visitor.send { .extended($0, space, text(path)) }.values == expected)
        }
        #expect(try visitor.send { .extended($0, space, text("/nowhere")) }.code == 2)
        let handle = try visitor.open("/README.txt", 1)
        let ofHandle = "fstatvfs@openssh.com"
        #expect(try visitor.send { .extended($0, ofHandle, text(handle)) }.values == expected)
        #expect(try visitor.send { .extended($0, ofHandle, text("none")) }.code == 4)
    }

    @Test func `more handles than the limit are refused until one is closed`() throws {
        let visitor = try Visitor()
        let handles = try (0..<64).map { _ in try visitor.open("/README.txt", 1) }
        #expect(Set(handles).count == 64)
        #expect(try visitor.send { .open($0, "/README.txt", 1) }.code == 4)
        #expect(try visitor.send { .onPath(11, $0, "/") }.code == 4)
        _ = try visitor.send { .close($0, handles[5]) }
        #expect(!handles.contains(try visitor.open("/README.txt", 1)))
    }

    @Test func `a folder of many long names comes in packets that fit`() throws {
        let visitor = try Visitor()
        for number in 0..<1_000 {
            let name = "\(number)" + String(repeating: "ñ", count: 76)
            visitor.files.receipts[try .of(name)] = []
        }
        guard case .handle(_, let handle) = try visitor.send({ .onPath(11, $0, "/receipts") })
        else {
            Issue.record("no handle")
            return
        }
        var seen: Set<String> = []
        while true {
            let (_, sent) = try visitor.exchange(Packet(12, be(5), text(handle)).bytes)
            #expect(sent.count <= PacketLimits.packetBytes)
            guard let packet = Packet.all(in: sent)?.first,
                case .names(_, let names)? = Reply(packet)
            else { break }
            seen.formUnion(names.map(\.name))
        }
        #expect(seen.count == 1_000)
    }
}
