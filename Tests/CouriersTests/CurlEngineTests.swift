import Casework
import Couriers
import Foundation
import Testing
import Vocabulary

@Suite("Curl engine", .serialized) struct CurlEngineTests {
    private func courier(_ engine: CurlEngine, port: Int, seconds: Int = 300) throws -> SMTPCourier
    {
        SMTPCourier(
            engine: engine,
            server: try MailServer(
                host: "127.0.0.1",
                port: port,
                protection: .none,
                helloName: "records.ayuda.example"
            ),
            deadlines: Deadlines(
                connect: .seconds(seconds),
                stall: .seconds(seconds),
                total: .seconds(seconds)
            )
        )
    }

    @Test func `one stalled partner slows nobody`() async throws {
        let engine = try CurlEngine()
        let silent = try Peer("proxy_peer.py", "--silent")
        let peer = try Peer("smtp_peer.py", "--protection", "none", "--no-auth")
        let stuck = try courier(engine, port: silent.port)
        let quick = try courier(engine, port: peer.port)
        let mail = try SampleMail().made()
        let waiting = (0..<10).map { _ in Task { await stuck.send(mail) } }

        let outcomes = await withTaskGroup(of: MailOutcome.self) { group in
            for _ in 0..<60 { group.addTask { await quick.send(mail) } }
            return await group.reduce(into: []) { $0.append($1) }
        }

        #expect(outcomes.count { $0 == .accepted } == 60)
        // They come back at once when they are cancelled, not after their five minutes.
        for task in waiting { task.cancel() }
        for task in waiting {
            #expect(await task.value == .deferred(reason: "stopped before the mail was sent"))
        }
    }

    @Test func `a server that is silent after the data slows nobody either`() async throws {
        let engine = try CurlEngine()
        let stalling = try Peer("smtp_peer.py", "--protection", "none", "--no-auth")
        let peer = try Peer("smtp_peer.py", "--protection", "none", "--no-auth")
        let stuck = try courier(engine, port: stalling.port)
        let quick = try courier(engine, port: peer.port)
        var sample = SampleMail()
        sample.to = "stall@weslaco.example"
        let stalled = try sample.made()
        let waiting = (0..<3).map { _ in Task { await stuck.send(stalled) } }
        let ceiling = ContinuousClock.now + .seconds(300)
        while try events(stalling).isEmpty, ContinuousClock.now < ceiling { await Task.yield() }

        for _ in 0..<20 { #expect(await quick.send(try SampleMail().made()) == .accepted) }

        #expect(try events(stalling) == ["stalled"])
        for task in waiting { task.cancel() }
        for task in waiting {
            #expect(await task.value == .deferred(reason: "stopped before the mail was sent"))
        }
    }

    private func events(_ peer: Peer) throws -> [Substring] {
        try String(contentsOf: URL(filePath: peer["events"]), encoding: .utf8)
            .split(separator: "\n").filter { $0 == "stalled" }
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        let engine = try CurlEngine()
        let peer = try Peer("smtp_peer.py", "--protection", "none", "--no-auth")
        let courier = try courier(engine, port: peer.port)
        let mail = try SampleMail().made()
        let outcomes = await withTaskGroup(of: MailOutcome.self) { group in
            group.cancelAll()
            for _ in 0..<20 { group.addTask { await courier.send(mail) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.allSatisfy { $0 == .deferred(reason: "stopped before the mail was sent") })
        let messages = try FileManager.default.contentsOfDirectory(atPath: peer["messages"])
        #expect(messages.isEmpty)
    }

    @Test func `cancelling at any moment ends every conversation one way or the other`()
        async throws
    {
        let engine = try CurlEngine()
        let peer = try Peer("smtp_peer.py", "--protection", "none", "--no-auth")
        let courier = try courier(engine, port: peer.port)
        let body = String(repeating: "A line of a long mail.\n", count: 4_000)
        // At once at first, then a little later each time, until the mail is through before we say
        // stop. On a busy machine one yield can be long enough for a whole mail.
        var (accepted, patience, number) = (0, 0.5, 0)
        while accepted < 5 {
            var sample = SampleMail()
            sample.messageID = "c.\(number)@records.ayuda.example"
            sample.plainText = body
            let mail = try sample.made()
            let task = Task { await courier.send(mail) }
            for _ in 0..<Int(patience) { await Task.yield() }
            task.cancel()
            switch await task.value {
            case .accepted: accepted += 1
            case .deferred(let reason): #expect(reason == "stopped before the mail was sent")
            case .refused(let reason): Issue.record("\(reason)")
            }
            patience *= 1.2
            number += 1
        }
        #expect(number > 5)
        let kept = try FileManager.default.contentsOfDirectory(atPath: peer["messages"])
            .filter { $0.hasSuffix(".eml") }
        #expect(kept.count >= accepted)
        for name in kept {
            // libcurl ends a conversation that is merely dropped in good order: half a mail.
            let bytes = try Data(contentsOf: URL(filePath: peer["messages"]).appending(path: name))
            let mail = ReceivedMail(parsing: Array(bytes))
            #expect(mail?.plainText.utf8.count == 4_000 * 24)
        }
        #expect(await courier.send(try SampleMail().made()) == .accepted)
    }

    @Test func `an engine that is released takes its threads along`() async throws {
        let peers = try (0..<3).map { _ in
            try Peer("smtp_peer.py", "--protection", "none", "--no-auth")
        }
        let mail = try SampleMail().made()
        weak var released: CurlEngine?
        do {
            let engine = try CurlEngine()
            released = engine
            for peer in peers {
                #expect(try await courier(engine, port: peer.port).send(mail) == .accepted)
            }
            #expect(threads(to: peers) == 3)
        }
        #expect(released == nil)
        let ceiling = ContinuousClock.now + .seconds(300)
        while threads(to: peers) > 0, ContinuousClock.now < ceiling { await Task.yield() }
        #expect(threads(to: peers) == 0)
    }

    /// How many threads serve `peers`.
    ///
    /// The kernel's list of threads may skip some that stay while others of the process end during
    /// the reading, so several readings are put together.
    private func threads(to peers: [Peer]) -> Int {
        let names = Set(peers.map { "courier:\($0.port)\n" })
        var found: Set<String> = []
        for _ in 0..<5 {
            let tasks = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
            for task in tasks ?? [] {
                let name = try? String(
                    contentsOfFile: "/proc/self/task/\(task)/comm",
                    encoding: .utf8
                )
                if let name, names.contains(name) { found.insert(task) }
            }
        }
        return found.count
    }
}
