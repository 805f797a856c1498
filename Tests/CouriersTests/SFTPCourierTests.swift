import Casework
import Couriers
import Foundation
import RecordExchange
import Testing

/// Against the system's own sshd on the loopback.
@Suite("SFTP courier", .serialized) struct SFTPCourierTests: PartnerSuite {
    let engine: CurlEngine
    let work: TemporaryFolder

    init() throws {
        engine = try CurlEngine()
        work = try TemporaryFolder()
    }

    private func sessions(_ peer: Peer) throws -> Int {
        try String(contentsOf: URL(filePath: peer["log"]), encoding: .utf8)
            .split(separator: "\n").count { $0.contains("Accepted publickey") }
    }

    @Test(arguments: ["ed25519", "ecdsa"], Road.allCases)
    func `a bundle stands under its name, whole, after one sign-in`(
        type: String,
        road: Road
    ) async throws {
        let peer = try Peer("sshd_peer.py", "--host-key-type", type)
        let file = try work.makeFile("a.cms", count: 3_000_000)
        let outcome = try await courier(peer, road)
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

    @Test(arguments: Road.allCases)
    func `a repeat finds the bundle there and sends nothing`(road: Road) async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 50_000)
        let courier = try courier(peer, road)
        for _ in 1...2 {
            let outcome = await courier.push(fileAt: file, as: "a.cms", to: destination(peer))
            #expect(outcome == .delivered(bytes: 50_000))
        }
        #expect(try names(peer) == ["a.cms"])
    }

    @Test(arguments: [0, 10, 49_999, 50_001, 90_000], Road.allCases)
    func `another file of that name is never written over`(size: Int, road: Road) async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 50_000)
        let other = Data(repeating: 7, count: size)
        try other.write(to: URL(filePath: peer["folder"] + "/a.cms"))
        let outcome = try await courier(peer, road)
            .push(fileAt: file, as: "a.cms", to: destination(peer))
        #expect(outcome == .refused(reason: "another file of this name stands there"))
        #expect(contents(peer, "a.cms") == other)
        #expect(try names(peer) == ["a.cms"])
    }

    @Test(arguments: [0, 1, 25_000, 50_000, 50_001, 200_000], Road.allCases)
    func `what an earlier attempt left is taken up, or begun again where it is too long`(
        size: Int,
        road: Road
    ) async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 50_000)
        let whole = try #require(FileManager.default.contents(atPath: file))
        let left = size <= 50_000 ? whole.prefix(size) : Data(repeating: 7, count: size)
        try left.write(to: URL(filePath: peer["folder"] + "/a.cms.part"))
        let outcome = try await courier(peer, road)
            .push(fileAt: file, as: "a.cms", to: destination(peer))
        #expect(outcome == .delivered(bytes: 50_000))
        #expect(contents(peer, "a.cms") == whole)
        #expect(try names(peer) == ["a.cms"])
    }

    @Test(arguments: Road.allCases)
    func `a server with another host key gets no log-in and no byte`(road: Road) async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 1_000)
        let outcome = try await courier(peer, road).push(
            fileAt: file,
            as: "a.cms",
            to: destination(peer, hostKey: peer["stranger_host_key"])
        )
        #expect(outcome == .refused(reason: "the server's host key is not the one on file"))
        #expect(try sessions(peer) == 0)
        #expect(try names(peer).isEmpty)
    }

    @Test(arguments: Road.allCases)
    func `a connection that was made with one pinned key does not serve another`(
        road: Road
    ) async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 1_000)
        let courier = try courier(peer, road)
        let first = await courier.push(fileAt: file, as: "a.cms", to: destination(peer))
        let second = await courier.push(
            fileAt: file,
            as: "b.cms",
            to: destination(peer, hostKey: peer["stranger_host_key"])
        )
        #expect(first == .delivered(bytes: 1_000))
        #expect(second == .refused(reason: "the server's host key is not the one on file"))
    }

    @Test(arguments: Road.allCases)
    func `a key that the server does not know is refused`(road: Road) async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 1_000)
        let courier = try courier(peer, road)
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

    @Test(arguments: Road.allCases, ["127.0.0.1", "localhost", "127.1", "2130706433"])
    func `a private address is reached only where the operator allows it`(
        road: Road,
        host: String
    ) async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 1_000)
        let words = "its address is not of the public internet, which takes --allow-private"
        let server = destination(peer, host: host, reachesPrivate: false)
        #expect(
            try await courier(peer, road).push(fileAt: file, as: "a.cms", to: server)
                == .refused(reason: words)
        )
        let probes = DoctorProbes(engine: engine, program: try road.ssh)
        let found = await probes.partner(
            server,
            keysFolder: peer["keys"],
            workFolder: work.path + "/work"
        )
        #expect(found == .fault(words))
        #expect(try names(peer).isEmpty)
        #expect(
            try await courier(peer, road)
                .push(fileAt: file, as: "a.cms", to: destination(peer, host: "127.0.0.1"))
                == .delivered(bytes: 1_000)
        )
    }

    @Test(arguments: Road.allCases)
    func `a sealed file that is missing, empty or no file is refused`(road: Road) async throws {
        let peer = try Peer("sshd_peer.py")
        let empty = try work.makeFile("empty.cms", count: 0)
        for path in [empty, work.path, work.path + "/missing"] {
            #expect(
                try await courier(peer, road).push(fileAt: path, as: "a.cms", to: destination(peer))
                    == .refused(reason: "the sealed file is missing or empty")
            )
        }
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o620])
    func `nobody is signed in with a private key that others could read or change`(
        mode: Int
    ) async throws {
        let peer = try Peer("sshd_peer.py")
        let keys = work.path + "/keys"
        let key = keys + "/partner"
        try FileManager.default.createDirectory(atPath: keys, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: peer["keys"] + "/partner", toPath: key)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: key)
        let file = try work.makeFile("a.cms", count: 10)
        let courier = SFTPCourier(
            engine: engine,
            keysFolder: keys,
            workFolder: work.path + "/work"
        )
        let reason =
            "the private key keys/sftp/partner must belong to the gateway's user and be "
            + "readable by nobody else: chmod 600 keys/sftp/partner"
        #expect(
            await courier.push(fileAt: file, as: "a.cms", to: destination(peer))
                == .refused(reason: reason)
        )
        #expect(try names(peer).isEmpty)
        let seen = await DoctorProbes(engine: engine).partner(
            destination(peer),
            keysFolder: keys,
            workFolder: work.path + "/work"
        )
        #expect(seen == .fault(reason))
    }

    @Test(arguments: Road.allCases)
    func `the doctor sees what is wrong with a partner's server`(road: Road) async throws {
        let peer = try Peer("sshd_peer.py")
        let probes = DoctorProbes(engine: engine, program: try road.ssh)
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
                == .fault(DestinationProblem.hostKey.explanation)
        )
        #expect(try names(peer).isEmpty)
    }
}
