import Casework
import Couriers
import Foundation
import RecordExchange
import Testing

/// The system's own sshd behind a line that breaks or stalls.
@Suite("SFTP courier on a failing line", .serialized) struct FailingLineTests: PartnerSuite {
    let engine: CurlEngine
    let work: TemporaryFolder

    init() throws {
        engine = try CurlEngine()
        work = try TemporaryFolder()
    }

    @Test(arguments: Road.allCases)
    func `cut at twenty places, the bundle still arrives once and is never seen in part`(
        road: Road
    ) async throws {
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
        let courier = try courier(peer, road)
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

    @Test(arguments: Road.allCases)
    func `wherever an answer is lost, the next attempt finds or ends what was begun`(
        road: Road
    ) async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 20_000)
        let whole = FileManager.default.contents(atPath: file)
        let isDeep = ProcessInfo.processInfo.environment["MOCHILA_DEEP"] != nil
        // A program that is started for each push takes its time.
        let step = !isDeep ? 250 : road == .library ? 25 : 150
        let offsets = Array(stride(from: 1, to: road == .library ? 5_500 : 9_000, by: step))
        let courier = try courier(peer, road)
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

    @Test(arguments: Road.allCases)
    func `a server that is down, silent or stalled defers`(road: Road) async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 3_000_000)
        let hurried = try courier(
            peer,
            road,
            deadlines: Deadlines(connect: .seconds(2), stall: .seconds(1), total: .seconds(120))
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
            try await courier(peer, road)
                .push(fileAt: file, as: "a.cms", to: destination(peer, port: port))
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
            try await courier(peer, road).push(fileAt: file, as: "a.cms", to: destination(peer))
                == .delivered(bytes: 3_000_000)
        )
    }

    @Test(arguments: Road.allCases)
    func `many bundles at once to one server all arrive`(road: Road) async throws {
        let peer = try Peer("sshd_peer.py")
        let courier = try courier(peer, road)
        let files = try (0..<24).map { number in
            try work.makeFile("\(number)", count: 40_000 + number, seed: UInt64(number))
        }
        let destination = destination(peer)
        let outcomes = await withTaskGroup(of: PushOutcome.self) { group in
            for (number, file) in files.enumerated() {
                group.addTask {
                    await courier.push(fileAt: file, as: "\(number).cms", to: destination)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(outcomes) == Set((0..<24).map { .delivered(bytes: 40_000 + $0) }))
        for (number, file) in files.enumerated() {
            #expect(
                contents(peer, "\(number).cms") == FileManager.default.contents(atPath: file)
            )
        }
        #expect(try names(peer).count == 24)
    }

    @Test(arguments: Road.allCases)
    func `a push that is cancelled leaves only a part, and the next one ends it`(
        road: Road
    ) async throws {
        let peer = try Peer("sshd_peer.py")
        let file = try work.makeFile("a.cms", count: 2_000_000)
        let stalled = try Peer("proxy_peer.py", "--target", "\(peer.port)", "--stall", "400000")
        let courier = try courier(peer, road)
        let slow = destination(peer, port: stalled.port)
        let push = Task { await courier.push(fileAt: file, as: "a.cms", to: slow) }
        let ceiling = ContinuousClock.now + .seconds(300)
        while try names(peer).isEmpty, ContinuousClock.now < ceiling { await Task.yield() }
        push.cancel()
        #expect(await push.value == .deferred(reason: "stopped before the bundle arrived"))
        #expect(try names(peer) == ["a.cms.part"])

        #expect(
            await courier.push(fileAt: file, as: "a.cms", to: destination(peer))
                == .delivered(bytes: 2_000_000)
        )
        #expect(contents(peer, "a.cms") == FileManager.default.contents(atPath: file))
    }
}
