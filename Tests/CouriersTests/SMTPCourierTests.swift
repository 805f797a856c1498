import Casework
import Couriers
import Foundation
import SeededNumbers
import Testing
import Vocabulary

/// Against a real mail server on the loopback (aiosmtpd).
@Suite("SMTP courier", .serialized) struct SMTPCourierTests {
    private let engine: CurlEngine

    init() throws {
        engine = try CurlEngine()
    }

    private func server(
        _ peer: Peer,
        port: Int? = nil,
        protection: MailServer.Protection = .startTLS,
        authority: String? = nil,
        password: String? = nil
    ) throws -> MailServer {
        try MailServer(
            host: "localhost",
            port: port ?? peer.port,
            protection: protection,
            user: peer["user"],
            password: Redacted(password ?? peer["password"]),
            authoritiesFile: authority ?? peer["authority"],
            helloName: "records.ayuda.example"
        )
    }

    private func mail(to recipient: String, number: Int = 1) throws -> OutgoingMail {
        var sample = SampleMail()
        sample.to = recipient
        sample.messageID = "smtp.\(number)@records.ayuda.example"
        return try sample.made()
    }

    private struct Envelope: Decodable, Equatable {
        let from: String
        let to: [String]
        let hello: String
        let encrypted: Bool
        let signedIn: Bool
    }

    private func envelope(_ peer: Peer, _ number: Int) throws -> Envelope {
        let file = URL(filePath: peer["messages"]).appending(path: "\(number).json")
        return try JSONDecoder().decode(Envelope.self, from: Data(contentsOf: file))
    }

    private func kept(_ peer: Peer) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: peer["messages"])
            .filter { $0.hasSuffix(".eml") }
    }

    private func events(_ peer: Peer) throws -> [Substring] {
        try String(contentsOf: URL(filePath: peer["events"]), encoding: .utf8).split(
            separator: "\n"
        )
    }

    @Test(arguments: MailServer.Protection.allCases)
    func `a mail arrives byte for byte, from its own envelope sender`(
        protection: MailServer.Protection
    ) async throws {
        let peer = try Peer("smtp_peer.py", "--protection", protection.rawValue)
        let courier = SMTPCourier(
            engine: engine,
            server: try server(peer, protection: protection)
        )
        var sample = SampleMail()
        sample.plainText = ".\n..\n.hidden\nFrom me\nñ" + String(repeating: "long ", count: 400)
        let mail = try sample.made()

        #expect(await courier.send(mail) == .accepted)

        let file = URL(filePath: peer["messages"]).appending(path: "1.eml")
        #expect(try Data(contentsOf: file) == Data(MIMEComposer.compose(mail)))
        #expect(
            try envelope(peer, 1)
                == Envelope(
                    from: "bounce+7q4k9@ayuda.example",
                    to: ["registrar@weslaco.example"],
                    hello: "records.ayuda.example",
                    encrypted: protection != .none,
                    signedIn: true
                )
        )
    }

    @Test func `hostile texts arrive as exactly one mail each`() async throws {
        let peer = try Peer("smtp_peer.py")
        let courier = SMTPCourier(engine: engine, server: try server(peer))
        var generator = SeededGenerator(seed: 11)
        for number in 1...25 {
            var sample = SampleMail()
            sample.messageID = "h.\(number)@records.ayuda.example"
            sample.subject = HostileText.random(using: &generator)
            sample.plainText =
                "\r\n.\r\nMAIL FROM:<evil@evil.example>\r\n"
                + HostileText.random(using: &generator, upTo: 40)
            let mail = try sample.made()
            #expect(await courier.send(mail) == .accepted)
            let file = URL(filePath: peer["messages"]).appending(path: "\(number).eml")
            #expect(try Data(contentsOf: file) == Data(MIMEComposer.compose(mail)))
        }
        #expect(try kept(peer).count == 25)
    }

    @Test func `the server's codes decide the outcome, and reasons hold no address`() async throws {
        let peer = try Peer("smtp_peer.py")
        let courier = SMTPCourier(engine: engine, server: try server(peer))
        let expected: [(String, MailOutcome)] = [
            ("bounce@weslaco.example", .refused(reason: "the mail server answered 550 (5.1.1)")),
            ("slow@weslaco.example", .deferred(reason: "the mail server answered 451 (4.7.1)")),
            ("full@weslaco.example", .refused(reason: "the mail server answered 552 (5.2.2)")),
            ("later@weslaco.example", .deferred(reason: "the mail server answered 452 (4.2.2)")),
            ("registrar@weslaco.example", .accepted),
        ]
        for (recipient, outcome) in expected {
            let found = await courier.send(try mail(to: recipient))
            #expect(found == outcome)
        }
        #expect(try kept(peer).count == 1)
    }

    @Test func `a line that breaks before the answer defers, and the repeat is the same mail`()
        async throws
    {
        let peer = try Peer("smtp_peer.py")
        let courier = SMTPCourier(engine: engine, server: try server(peer))
        let mail = try mail(to: "hangup@weslaco.example")
        for _ in 1...2 {
            #expect(
                await courier.send(mail)
                    == .deferred(reason: "the connection to the mail server broke")
            )
        }
        let copies = try kept(peer).map { name in
            try Data(contentsOf: URL(filePath: peer["messages"]).appending(path: name))
        }
        #expect(copies.count == 2 && copies[0] == copies[1])
    }

    @Test func `a line that breaks anywhere else loses nothing`() async throws {
        let peer = try Peer("smtp_peer.py", "--protection", "none", "--no-auth")
        let proxy = try Peer(
            "proxy_peer.py",
            "--target",
            "\(peer.port)",
            "--cut",
            "1,20,60,90,120,400,900"
        )
        let courier = SMTPCourier(
            engine: engine,
            server: try MailServer(
                host: "127.0.0.1",
                port: proxy.port,
                protection: .none,
                helloName: "records.ayuda.example"
            )
        )
        let mail = try mail(to: "registrar@weslaco.example")
        var outcomes: [MailOutcome] = []
        for _ in 1...8 { outcomes.append(await courier.send(mail)) }
        #expect(outcomes.last == .accepted)
        #expect(
            outcomes.dropLast().allSatisfy { outcome in
                if case .deferred = outcome { true } else { false }
            }
        )
        #expect(try kept(peer).count == 1)
    }

    @Test func `an answer that comes too late is never taken for the next mail's`() async throws {
        let peer = try Peer("smtp_peer.py")
        let courier = SMTPCourier(
            engine: engine,
            server: try server(peer),
            deadlines: Deadlines(connect: .seconds(60), stall: .seconds(6), total: .seconds(120))
        )
        #expect(
            await courier.send(try mail(to: "tardy@weslaco.example"))
                == .deferred(reason: "the mail server did not answer in time")
        )
        for number in 2...4 {
            let next = try mail(to: "registrar@weslaco.example", number: number)
            #expect(await courier.send(next) == .accepted)
        }
    }

    @Test func `no credential and no mail is said to a server with another authority`() async throws
    {
        let peer = try Peer("smtp_peer.py")
        let courier = SMTPCourier(
            engine: engine,
            server: try server(peer, authority: peer["stranger_authority"])
        )
        #expect(
            await courier.send(try mail(to: "registrar@weslaco.example"))
                == .deferred(reason: "the mail server's certificate is not trusted")
        )
        #expect(try !events(peer).contains("credentials"))
        #expect(try !events(peer).contains("mail"))
    }

    @Test func `no credential and no mail is said without encryption where it is required`()
        async throws
    {
        let peer = try Peer("smtp_peer.py", "--protection", "none")
        let courier = SMTPCourier(engine: engine, server: try server(peer))
        #expect(
            await courier.send(try mail(to: "registrar@weslaco.example"))
                == .deferred(reason: "the mail server offers no STARTTLS")
        )
        #expect(try events(peer) == ["greeted"])
    }

    @Test func `a wrong password defers: somebody mends it and the mail goes`() async throws {
        let peer = try Peer("smtp_peer.py")
        let wrong = SMTPCourier(engine: engine, server: try server(peer, password: "wrong"))
        #expect(
            await wrong.send(try mail(to: "registrar@weslaco.example"))
                == .deferred(reason: "the mail server refused our sign-in")
        )
        #expect(try kept(peer).isEmpty)
    }

    @Test func `a server that is down, silent or wants nobody defers`() async throws {
        let gone = try Peer("proxy_peer.py", "--silent")
        let port = gone.port
        gone.stop()
        let peer = try Peer("smtp_peer.py", "--no-auth")
        let down = SMTPCourier(engine: engine, server: try server(peer, port: port))
        #expect(
            await down.send(try mail(to: "registrar@weslaco.example"))
                == .deferred(reason: "no connection to the mail server")
        )

        let silent = try Peer("proxy_peer.py", "--silent")
        let waiting = SMTPCourier(
            engine: engine,
            server: try server(peer, port: silent.port),
            deadlines: Deadlines(
                connect: .milliseconds(300),
                stall: .seconds(1),
                total: .seconds(5)
            )
        )
        #expect(
            await waiting.send(try mail(to: "registrar@weslaco.example"))
                == .deferred(reason: "the mail server did not answer in time")
        )

        let closed = try Peer("proxy_peer.py", "--refuse")
        let shut = SMTPCourier(engine: engine, server: try server(peer, port: closed.port))
        #expect(
            await shut.send(try mail(to: "registrar@weslaco.example"))
                == .deferred(reason: "the mail server answered 554 (5.3.2)")
        )
    }

    @Test func `the doctor sees what is wrong with the mail server`() async throws {
        let peer = try Peer("smtp_peer.py")
        let probes = DoctorProbes(engine: engine)
        #expect(await probes.mailServer(try server(peer)) == .ready)
        #expect(
            await probes.mailServer(try server(peer, authority: peer["stranger_authority"]))
                == .fault("the mail server's certificate is not trusted")
        )
        #expect(
            await probes.mailServer(try server(peer, password: "wrong"))
                == .fault("the mail server refused our sign-in")
        )
        #expect(
            await probes.mailServer(try server(peer, authority: "/nowhere.pem"))
                == .fault("the authorities file cannot be read")
        )
        let plain = try Peer("smtp_peer.py", "--protection", "none", "--no-auth")
        #expect(
            await probes.mailServer(try server(plain))
                == .fault("the mail server offers no STARTTLS")
        )
        #expect(try kept(peer).isEmpty)
    }
}
