import Casework
import Couriers
import Foundation
import RecordExchange
import Testing

/// What only the program `ssh` does, against the system's own sshd.
@Suite("SFTP by the program ssh", .serialized) struct SSHProgramTests: PartnerSuite {
    let engine: CurlEngine
    let work: TemporaryFolder

    init() throws {
        engine = try CurlEngine()
        work = try TemporaryFolder()
    }

    /// The processes that run in a session's folder of this test.
    private func children() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
            guard Int(name) != nil else { return false }
            let place = try? FileManager.default
                .destinationOfSymbolicLink(atPath: "/proc/\(name)/cwd")
            return place?.hasPrefix(work.path + "/work") ?? false
        }
    }

    @Test func `the program is given the address that was looked at, and looks up nothing itself`()
        async throws
    {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 10)
        let fake = work.path + "/ssh"
        try Data("#!/bin/sh\necho \"$@\" > \(work.path)/said\n".utf8)
            .write(to: URL(filePath: fake))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fake)
        let courier = SFTPCourier(
            engine: engine,
            program: SSHProgram(path: fake),
            keysFolder: peer["keys"],
            workFolder: work.path + "/work"
        )
        // A name of this form needs no name server.
        _ = await courier.push(
            fileAt: file,
            as: "a.cms",
            to: destination(peer, host: "1.1", reachesPrivate: false)
        )
        let said = try String(contentsOfFile: work.path + "/said", encoding: .utf8)
        #expect(said.hasSuffix("-s -- 1.0.0.1 sftp\n"))
        #expect(said.contains("HostKeyAlias=the-partner"))
    }

    @Test func `after an address from which nothing comes back the next one is tried`()
        async throws
    {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 10)
        let program = work.path + "/ssh"
        // Of two public addresses, as a name server might give them, the first is silent and the
        // server stands behind the second; a third would be one too many.
        try Data(
            """
            #!/bin/bash
            at="${@: -2:1}"
            echo "$at" >> \(work.path)/tried
            [ "$at" = 192.88.99.1 ] && exec sleep 1000
            exec /usr/bin/ssh "${@/#192.88.99.2/127.0.0.1}"

            """.utf8
        ).write(to: URL(filePath: program))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
        let courier = SFTPCourier(
            engine: engine,
            program: SSHProgram(path: program),
            keysFolder: peer["keys"],
            workFolder: work.path + "/work",
            // Each address has a third of the time; the second one stands on a slow machine.
            deadlines: Deadlines(connect: .seconds(30), stall: .seconds(30), total: .seconds(120)),
            lookUp: { host in
                host == "sftp.partner.example"
                    ? .addresses(["192.88.99.1", "192.88.99.2", "192.88.99.3"]) : .unknown
            }
        )

        let outcome = await courier.push(
            fileAt: file,
            as: "a.cms",
            to: destination(peer, host: "sftp.partner.example", reachesPrivate: false)
        )

        #expect(outcome == .delivered(bytes: 10))
        let tried = try String(contentsOfFile: work.path + "/tried", encoding: .utf8)
        #expect(tried == "192.88.99.1\n192.88.99.2\n")
        #expect(try children().isEmpty)
    }

    @Test func `a server that has only an RSA key is served, and only by that key`() async throws {
        let peer = try Peer("sshd_peer.py", "--host-key-type", "rsa")
        let file = try work.makeFile("a.cms", count: 3_000_000)
        let courier = try courier(peer, .program)
        #expect(peer["host_key"].hasPrefix("ssh-rsa "))
        #expect(
            await courier.push(fileAt: file, as: "a.cms", to: destination(peer))
                == .delivered(bytes: 3_000_000)
        )
        #expect(contents(peer, "a.cms") == FileManager.default.contents(atPath: file))
        let other = destination(peer, hostKey: peer["stranger_host_key"])
        #expect(
            await courier.push(fileAt: file, as: "b.cms", to: other)
                == .refused(reason: "the server's host key is not the one on file")
        )
        let probes = DoctorProbes(engine: engine, program: try Road.program.ssh)
        let found = await probes.partner(
            destination(peer),
            keysFolder: peer["keys"],
            workFolder: work.path + "/work"
        )
        #expect(found == .ready)
        #expect(try names(peer) == ["a.cms"])
    }

    @Test func `without the program such a server is refused in words`() async throws {
        let peer = try Peer("sshd_peer.py", "--host-key-type", "rsa")
        let file = try work.makeFile("a.cms", count: 1_000)
        let words =
            "a server with an RSA host key needs the program ssh, which is not installed here"
        #expect(
            try await courier(peer, .library)
                .push(fileAt: file, as: "a.cms", to: destination(peer)) == .refused(reason: words)
        )
        let probes = DoctorProbes(engine: engine, program: nil)
        let found = await probes.partner(
            destination(peer),
            keysFolder: peer["keys"],
            workFolder: work.path + "/work"
        )
        #expect(found == .fault(words))
    }

    @Test func `a server whose key is of another kind than the pinned one is refused`()
        async throws
    {
        let rsa = try Peer("sshd_peer.py", "--host-key-type", "rsa")
        let modern = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 1_000)
        for (peer, key) in [(rsa, modern["host_key"]), (modern, rsa["host_key"])] {
            let outcome = try await courier(peer, .program)
                .push(fileAt: file, as: "a.cms", to: destination(peer, hostKey: key))
            #expect(
                outcome == .refused(reason: "the server's host key is not the one on file")
            )
        }
    }

    @Test func `we may sign in with an RSA key of our own`() async throws {
        let peer = try Peer("sshd_peer.py", "--key-type", "rsa")
        let file = try work.makeFile("a.cms", count: 1_000)
        let outcome = try await courier(peer, .program)
            .push(fileAt: file, as: "a.cms", to: destination(peer))
        #expect(outcome == .delivered(bytes: 1_000))
    }

    @Test func `the bundle is on the server's disk before it has its name`() async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 100_000)
        let outcome = try await courier(peer, .program)
            .push(fileAt: file, as: "a.cms", to: destination(peer))
        #expect(outcome == .delivered(bytes: 100_000))
        let asked = try String(contentsOf: URL(filePath: peer["sftp_log"]), encoding: .utf8)
            .split(whereSeparator: \.isNewline)
        let flush = asked.firstIndex { $0.contains("fsync") && $0.contains("a.cms.part") }
        let rename = asked.firstIndex { $0.contains("rename old") }
        let (first, second) = (try #require(flush), try #require(rename))
        #expect(first < second)
    }

    @Test func `a key that cannot be read is said to be`() async throws {
        let peer = try Peer("sshd_peer.py")
        let keys = work.path + "/keys"
        try FileManager.default.createDirectory(atPath: keys, withIntermediateDirectories: true)
        try Data("no key\n".utf8).write(to: URL(filePath: keys + "/partner"))
        try FileManager.default
            .setAttributes([.posixPermissions: 0o600], ofItemAtPath: keys + "/partner")
        let file = try work.makeFile("a.cms", count: 10)
        let courier = SFTPCourier(
            engine: engine,
            program: try Road.program.ssh,
            keysFolder: keys,
            workFolder: work.path + "/work"
        )
        #expect(
            await courier.push(fileAt: file, as: "a.cms", to: destination(peer))
                == .refused(reason: "our private key cannot be read")
        )
    }

    @Test func `nobody's configuration, agent or known hosts count`() async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 10)
        // A program in the way writes down how it was started, and goes on as ssh.
        let noted = work.path + "/noted"
        let wrapper = work.path + "/ssh"
        try Data(
            """
            #!/bin/sh
            { printf '%s\\n' "$@"; echo --; /usr/bin/env; echo --; ls -l /proc/$$/fd; } > \(noted)
            exec /usr/bin/ssh "$@"

            """.utf8
        ).write(to: URL(filePath: wrapper))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: wrapper)
        let courier = SFTPCourier(
            engine: engine,
            program: SSHProgram(path: wrapper),
            keysFolder: peer["keys"],
            workFolder: work.path + "/work"
        )
        #expect(
            await courier.push(fileAt: file, as: "a.cms", to: destination(peer))
                == .delivered(bytes: 10)
        )
        let text = try String(contentsOf: URL(filePath: noted), encoding: .utf8)
        let lines = text.split(separator: "\n").map(String.init)
        for word in [
            "BatchMode=yes", "StrictHostKeyChecking=yes", "UserKnownHostsFile=known_hosts",
            "GlobalKnownHostsFile=/dev/null", "HostKeyAlgorithms=ssh-ed25519", "IdentitiesOnly=yes",
            "IdentityAgent=none", "ClearAllForwardings=yes", "ServerAliveInterval=15",
        ] {
            #expect(lines.contains(word), "\(word)")
        }
        #expect(lines.prefix(2) == ["-F", "none"])
        for name in ["SSH_AUTH_SOCK", "HOME", "DISPLAY"] { #expect(!text.contains(name + "=")) }
    }

    @Test func `a server that stalls slows nobody, and its child is killed and taken away`()
        async throws
    {
        let peer = try Peer("sshd_peer.py", "--host-key-type", "rsa")
        let large = try work.makeFile("a.cms", count: 2_000_000)
        let small = try work.makeFile("b.cms", count: 1_000)
        let stalled = try Peer("proxy_peer.py", "--target", "\(peer.port)", "--stall", "400000")
        let silent = try Peer("proxy_peer.py", "--silent")
        let courier = try courier(peer, .program)
        // More than may be under way for one server at once, so that some of them wait in line.
        let stuck = [stalled, silent].flatMap { line in
            (0..<6).map { number -> Task<PushOutcome, Never> in
                let slow = destination(peer, port: line.port)
                return Task {
                    await courier.push(fileAt: large, as: "\(line.port)-\(number).cms", to: slow)
                }
            }
        }
        let ceiling = ContinuousClock.now + .seconds(300)
        while try children().count < 8, ContinuousClock.now < ceiling { await Task.yield() }
        #expect(try children().count == 8)
        for number in 0..<10 {
            #expect(
                await courier.push(fileAt: small, as: "\(number).cms", to: destination(peer))
                    == .delivered(bytes: 1_000)
            )
        }
        for push in stuck { push.cancel() }
        for push in stuck {
            #expect(await push.value == .deferred(reason: "stopped before the bundle arrived"))
        }
        #expect(try children().isEmpty)
        let left = try FileManager.default.contentsOfDirectory(atPath: work.path + "/work")
        #expect(left.isEmpty)
    }

    @Test(
        arguments: [
            ("exit 255", .deferred(reason: "the connection to the server broke")),
            ("echo Welcome to the server; exec cat > /dev/null", .deferred(reason: noSFTP)),
            ("exec cat", .deferred(reason: noSFTP)),
            ("exec head -c 1000000 /dev/zero", .deferred(reason: noSFTP)),
            ("printf '\\0\\0\\0\\5\\2\\0\\0\\0\\3'; exec cat > /dev/null", late),
            ("exec sleep 1000", late),
            ("exec yes", .deferred(reason: noSFTP)),
        ] as [(String, PushOutcome)]
    )
    func `whatever the other side says, the push comes to an end`(
        script: String,
        outcome: PushOutcome
    ) async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 3_000_000)
        let program = work.path + "/ssh"
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: program))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
        let courier = SFTPCourier(
            engine: engine,
            program: SSHProgram(path: program),
            keysFolder: peer["keys"],
            workFolder: work.path + "/work",
            // A slow machine is no silent server: only the silent ones are given little time.
            deadlines: outcome == Self.late
                ? Deadlines(connect: .seconds(2), stall: .seconds(1), total: .seconds(60))
                : Deadlines(connect: .seconds(60), stall: .seconds(60), total: .seconds(120))
        )
        #expect(await courier.push(fileAt: file, as: "a.cms", to: destination(peer)) == outcome)
        #expect(try children().isEmpty)
    }

    private static let noSFTP = "the server could not be used (what it says is no SFTP)"
    private static let late = PushOutcome.deferred(reason: "the server did not answer in time")

    @Test func `a program that cannot be started is no reason to give up for good`() async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 10)
        let courier = SFTPCourier(
            engine: engine,
            program: SSHProgram(path: work.path + "/none"),
            keysFolder: peer["keys"],
            workFolder: work.path + "/work"
        )
        #expect(
            await courier.push(fileAt: file, as: "a.cms", to: destination(peer))
                == .deferred(reason: "the server could not be used (ssh cannot be started)")
        )
    }
}
