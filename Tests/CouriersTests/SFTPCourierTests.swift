import Casework
import Couriers
import Foundation
import RecordExchange
import Testing

/// Against the system's own sshd on the loopback.
@Suite("SFTP courier", .serialized) struct SFTPCourierTests {
    private let engine: CurlEngine
    private let work: TemporaryFolder

    init() throws {
        engine = try CurlEngine()
        work = try TemporaryFolder()
    }

    private func destination(
        _ peer: Peer,
        port: Int? = nil,
        folder: String = "",
        hostKey: String? = nil,
        keyName: String = "partner"
    ) -> SFTPDestination {
        SFTPDestination(
            host: "127.0.0.1",
            port: port ?? peer.port,
            user: peer["user"],
            folder: peer["folder"] + folder,
            hostKey: hostKey ?? peer["host_key"],
            keyName: keyName
        )
    }

    private func courier(
        _ peer: Peer,
        deadlines: Deadlines = Deadlines(
            connect: .seconds(10),
            stall: .seconds(10),
            total: .seconds(60)
        )
    ) -> SFTPCourier {
        SFTPCourier(
            engine: engine,
            keysFolder: peer["keys"],
            workFolder: work.path + "/work",
            deadlines: deadlines
        )
    }

    private func names(_ peer: Peer, _ folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: peer["folder"] + folder).sorted()
    }

    private func contents(_ peer: Peer, _ name: String) -> Data? {
        FileManager.default.contents(atPath: peer["folder"] + "/" + name)
    }

    private func sessions(_ peer: Peer) throws -> Int {
        try String(contentsOf: URL(filePath: peer["log"]), encoding: .utf8)
            .split(separator: "\n").count { $0.contains("Accepted publickey") }
    }

    @Test(arguments: ["ed25519", "ecdsa"])
    func `a bundle stands under its name, whole, after one sign-in`(type: String) async throws {
        let peer = try Peer("sshd_peer.py", "--host-key-type", type)
        let file = try work.makeFile("a.cms", count: 3_000_000)
        let outcome = await courier(peer)
            .push(fileAt: file, as: "RQ-1.cms", to: destination(peer, folder: "/in/2026 mayo"))
        #expect(outcome == .delivered(bytes: 3_000_000))
        #expect(try names(peer, "/in/2026 mayo") == ["RQ-1.cms"])
        #expect(
            contents(peer, "in/2026 mayo/RQ-1.cms") == FileManager.default.contents(atPath: file)
        )
        #expect(try sessions(peer) == 1)
        let left = try FileManager.default.contentsOfDirectory(atPath: work.path + "/work")
        #expect(left.isEmpty)
    }

    @Test func `a repeat finds the bundle there and sends nothing`() async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 50_000)
        let courier = courier(peer)
        for _ in 1...2 {
            let outcome = await courier.push(fileAt: file, as: "a.cms", to: destination(peer))
            #expect(outcome == .delivered(bytes: 50_000))
        }
        #expect(try names(peer) == ["a.cms"])
    }

    @Test(arguments: [0, 10, 49_999, 50_001, 90_000])
    func `another file of that name is never written over`(size: Int) async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 50_000)
        let other = Data(repeating: 7, count: size)
        try other.write(to: URL(filePath: peer["folder"] + "/a.cms"))
        let outcome = await courier(peer).push(fileAt: file, as: "a.cms", to: destination(peer))
        #expect(outcome == .refused(reason: "another file of this name stands there"))
        #expect(contents(peer, "a.cms") == other)
        #expect(try names(peer) == ["a.cms"])
    }

    @Test(arguments: [0, 1, 25_000, 50_000, 50_001, 200_000])
    func `what an earlier attempt left is taken up, or begun again where it is too long`(
        size: Int
    ) async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 50_000)
        let whole = try #require(FileManager.default.contents(atPath: file))
        let left = size <= 50_000 ? whole.prefix(size) : Data(repeating: 7, count: size)
        try left.write(to: URL(filePath: peer["folder"] + "/a.cms.part"))
        let outcome = await courier(peer).push(fileAt: file, as: "a.cms", to: destination(peer))
        #expect(outcome == .delivered(bytes: 50_000))
        #expect(contents(peer, "a.cms") == whole)
        #expect(try names(peer) == ["a.cms"])
    }

    @Test func `cut at twenty places, the bundle still arrives once and is never seen in part`()
        async throws
    {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 4_000_000)
        // In the handshake or the log-in, and then in the data, a little further each time.
        let early = [1, 30, 500, 1_500, 2_500, 3_200, 3_500, 3_800, 4_200, 5_000]
        let cuts = early.enumerated().flatMap { [$0.element, 20_000 + $0.offset * 90_000] }
        let line = try Peer(
            "proxy_peer.py",
            "--target",
            "\(peer.port)",
            "--cut",
            cuts.map(String.init).joined(separator: ",")
        )
        let courier = courier(peer)
        var outcome = PushOutcome.deferred(reason: "")
        var attempts = 0
        while case .deferred = outcome, attempts < 60 {
            outcome =
                await courier
                .push(fileAt: file, as: "a.cms", to: destination(peer, port: line.port))
            attempts += 1
            if case .deferred = outcome { #expect(try !names(peer).contains("a.cms")) }
        }
        #expect(outcome == .delivered(bytes: 4_000_000))
        #expect(attempts > 10)
        #expect(contents(peer, "a.cms") == FileManager.default.contents(atPath: file))
        #expect(try names(peer) == ["a.cms"])
    }

    @Test func `wherever an answer is lost, the next attempt finds or ends what was begun`()
        async throws
    {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 20_000)
        let whole = FileManager.default.contents(atPath: file)
        let step = ProcessInfo.processInfo.environment["MOCHILA_DEEP"] == nil ? 250 : 25
        let offsets = Array(stride(from: 1, to: 5_500, by: step))
        let courier = courier(peer)
        var delivered = 0
        for offset in offsets {
            let line = try Peer(
                "proxy_peer.py",
                "--target",
                "\(peer.port)",
                "--cut-replies",
                "\(offset)"
            )
            let name = "\(offset).cms"
            let first = await courier.push(
                fileAt: file,
                as: name,
                to: destination(peer, port: line.port)
            )
            switch first {
            case .delivered: delivered += 1
            case .deferred: break
            case .refused(let reason): Issue.record("\(offset): \(reason)")
            }
            let second = await courier.push(fileAt: file, as: name, to: destination(peer))
            #expect(second == .delivered(bytes: 20_000))
            #expect(contents(peer, name) == whole)
        }
        #expect(try names(peer) == offsets.map { "\($0).cms" }.sorted())
        // Some cuts strike before the end and some come too late to matter, or nothing was tested.
        #expect((1..<offsets.count).contains(delivered), "\(delivered) of \(offsets.count)")
    }

    @Test func `a server with another host key gets no log-in and no byte`() async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 1_000)
        let outcome = await courier(peer).push(
            fileAt: file,
            as: "a.cms",
            to: destination(peer, hostKey: peer["stranger_host_key"])
        )
        #expect(outcome == .refused(reason: "the server's host key is not the one on file"))
        #expect(try sessions(peer) == 0)
        #expect(try names(peer).isEmpty)
    }

    @Test func `a connection that was made with one pinned key does not serve another`()
        async throws
    {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 1_000)
        let courier = courier(peer)
        let first = await courier.push(fileAt: file, as: "a.cms", to: destination(peer))
        let second = await courier.push(
            fileAt: file,
            as: "b.cms",
            to: destination(peer, hostKey: peer["stranger_host_key"])
        )
        #expect(first == .delivered(bytes: 1_000))
        #expect(second == .refused(reason: "the server's host key is not the one on file"))
    }

    @Test func `a key that the server does not know is refused`() async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 1_000)
        let courier = courier(peer)
        #expect(
            await courier
                .push(fileAt: file, as: "a.cms", to: destination(peer, keyName: "stranger"))
                == .refused(reason: "the server refused our key")
        )
        #expect(
            await courier
                .push(fileAt: file, as: "a.cms", to: destination(peer, keyName: "missing"))
                == .refused(reason: "no private key named 'missing' in keys/sftp")
        )
    }

    @Test func `a server that is down, silent or stalled defers`() async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 3_000_000)
        let hurried = courier(
            peer,
            deadlines: Deadlines(connect: .seconds(2), stall: .seconds(1), total: .seconds(20))
        )
        let gone = try Peer("proxy_peer.py", "--silent")
        let port = gone.port
        gone.stop()
        let silent = try Peer("proxy_peer.py", "--silent")
        let stalled = try Peer(
            "proxy_peer.py",
            "--target",
            "\(peer.port)",
            "--stall",
            "500000"
        )
        #expect(
            await hurried.push(fileAt: file, as: "a.cms", to: destination(peer, port: port))
                == .deferred(reason: "no connection to the server")
        )
        for line in [silent, stalled] {
            #expect(
                await hurried
                    .push(fileAt: file, as: "a.cms", to: destination(peer, port: line.port))
                    == .deferred(reason: "the server did not answer in time")
            )
        }
        #expect(try !names(peer).contains("a.cms"))
        #expect(
            await hurried.push(fileAt: file, as: "a.cms", to: destination(peer))
                == .delivered(bytes: 3_000_000)
        )
    }

    @Test(arguments: [
        "", ".", "..", ".hidden", "-rf", "a/b", "../a", "a b", "a\"b", "a\nb", "a\u{0}b", "ñ.cms",
        "a%2fb", "a;type=a", "a*", String(repeating: "a", count: 196),
    ])
    func `a name that is no plain file name is refused before anything is said`(
        name: String
    ) async throws {
        let file = try work.makeFile("a.cms", count: 10)
        let courier = SFTPCourier(engine: engine, keysFolder: work.path, workFolder: work.path)
        let outcome = await courier.push(
            fileAt: file,
            as: name,
            to: SFTPDestination(
                host: "127.0.0.1",
                port: 1,
                user: "u",
                folder: "/in",
                hostKey: DestinationTests.hostKey,
                keyName: "k"
            )
        )
        #expect(outcome == .refused(reason: "the bundle's name is not a plain file name"))
    }

    @Test func `a sealed file that is missing, empty or no file is refused`() async throws {
        let peer = try Peer("sshd_peer.py")
        let empty = try work.makeFile("empty.cms", count: 0)
        for path in [empty, work.path, work.path + "/missing"] {
            #expect(
                await courier(peer).push(fileAt: path, as: "a.cms", to: destination(peer))
                    == .refused(reason: "the sealed file is missing or empty")
            )
        }
    }

    @Test func `the doctor sees what is wrong with a partner's server`() async throws {
        let peer = try Peer("sshd_peer.py")
        let probes = DoctorProbes(engine: engine)
        let ask = { (destination: SFTPDestination) async in
            await probes.partner(
                destination,
                keysFolder: peer["keys"],
                workFolder: work.path + "/work"
            )
        }
        #expect(await ask(destination(peer)) == .ready)
        #expect(
            await ask(destination(peer, hostKey: peer["stranger_host_key"]))
                == .fault("the server's host key is not the one on file")
        )
        #expect(
            await ask(destination(peer, keyName: "stranger"))
                == .fault("the server refused our key")
        )
        #expect(
            await ask(destination(peer, folder: "/nowhere"))
                == .fault("the folder is not there yet or may not be read")
        )
        #expect(
            await ask(destination(peer, hostKey: "ssh-rsa AAAA"))
                == .fault(DestinationProblem.hostKeyType.explanation)
        )
        #expect(try names(peer).isEmpty)
    }
}

@Suite("SFTP destination") struct DestinationTests {
    static let hostKey = "ssh-ed25519 " + key("ssh-ed25519")

    private static func key(_ type: String) -> String {
        var blob = Data([0, 0, 0, UInt8(type.utf8.count)]) + Data(type.utf8)
        blob += Data([0, 0, 0, 32]) + Data(repeating: 9, count: 32)
        return blob.base64EncodedString()
    }

    private func problem(
        host: String = "sftp.weslaco.example",
        port: Int = 22,
        user: String = "mochila",
        folder: String = "/srv/in",
        hostKey: String = Self.hostKey,
        keyName: String = "weslaco"
    ) -> DestinationProblem? {
        DestinationProblem.first(
            in: SFTPDestination(
                host: host,
                port: port,
                user: user,
                folder: folder,
                hostKey: hostKey,
                keyName: keyName
            )
        )
    }

    @Test(arguments: ["/", "/srv/in", "/srv/in/", "//srv//in", "/año 2026/ü", "/a.b/..c/d.."])
    func `a folder is an absolute path`(folder: String) {
        #expect(problem(folder: folder) == nil)
    }

    @Test(arguments: [
        "", "srv/in", "~/in", "/~/in", "/~root", "/a/../b", "/./a", "/a/..", "/a\"b", "/a\\b",
        "/a\nb", "/a\u{0}b", "/a\u{7F}", "/" + String(repeating: "a", count: 1_000),
    ])
    func `no other text is`(folder: String) {
        #expect(problem(folder: folder) == .folder)
    }

    @Test(arguments: ["", "a b", "a\nb", "-oProxyCommand=x", "a:b", "a/b", "a;b", "ñ"])
    func `a user is a plain name`(user: String) {
        #expect(problem(user: user) == .user)
        #expect(problem(user: "mochila@weslaco.example") == nil)
    }

    @Test(arguments: ["", "..", ".ssh", "a/b", "../../etc/passwd", "/etc/passwd", "a\u{0}", "-k"])
    func `a key is named, never a path`(name: String) {
        #expect(problem(keyName: name) == .keyName)
    }

    @Test(arguments: ["a/b", "h:22", "u@h", "h\r\nx", "file:///etc", ""])
    func `a host is a host`(host: String) {
        #expect(problem(host: host) == .host)
    }

    @Test(arguments: [0, -22, 65_536])
    func `a port is a port`(port: Int) {
        #expect(problem(port: port) == .port)
    }

    @Test func `a host key is one line of a type we can check`() {
        for type in ["ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"] {
            #expect(problem(hostKey: "\(type) \(Self.key(type))") == nil)
        }
        #expect(problem(hostKey: "ssh-rsa \(Self.key("ssh-rsa"))") == .hostKeyType)
        for text in [
            "", "ssh-ed25519", "ssh-ed25519 ", "ssh-ed25519 !!!!", Self.hostKey + " comment",
            Self.hostKey + "\nother ssh-ed25519 AAAA", "host \(Self.hostKey)",
            "ssh-ed25519 \(Self.key("ecdsa-sha2-nistp256"))", "ssh-ed25519 AAAA",
            "sk-ssh-ed25519@openssh.com AAAA",
        ] {
            #expect(problem(hostKey: text) == .hostKey, "\(text)")
        }
    }

    @Test func `every problem has its sentence`() {
        #expect(Set(DestinationProblem.allCases.map(\.explanation)).count == 7)
    }
}
