import Casework
import Couriers
import Foundation
import Testing

@Suite("Webhooks over HTTPS", .serialized) struct HTTPSWebhookTests {
    private let peer: Peer
    private let courier: HTTPSWebhookCourier

    init() throws {
        peer = try Peer("hook_peer.py")
        courier = HTTPSWebhookCourier(
            engine: try CurlEngine(),
            // A ceiling for hangs; what is silent on purpose has a test of its own.
            deadlines: Deadlines(connect: .seconds(60), stall: .seconds(60), total: .seconds(60))
        )
    }

    private func call(
        _ path: String,
        host: String = "localhost",
        trusting authority: String? = "authority",
        reachesPrivate: Bool = true
    ) throws -> WebhookCall {
        WebhookCall(
            url: try WebhookURL(parsing: "https://\(host):\(peer.port)\(path)"),
            headers: [.init(name: "webhook-id", value: "msg_1")],
            body: Array("{\"type\":\"records.ready\"}".utf8),
            reachesPrivate: reachesPrivate,
            authorityPEM: try authority.map {
                try String(contentsOfFile: peer[$0], encoding: .utf8)
            }
        )
    }

    private func calls() throws -> [[String: Any]] {
        try String(contentsOfFile: peer["calls"], encoding: .utf8).split(separator: "\n")
            .compactMap { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    }

    private func connections() throws -> Int {
        try Data(contentsOf: URL(filePath: peer["connections"])).count
    }

    @Test func `a message arrives as it was signed, by POST and with its headers`() async throws {
        #expect(await courier.post(try call("/ok")) == .accepted)
        let arrived = try #require(try calls().first)
        let headers = try #require(arrived["headers"] as? [String: String])
        #expect(arrived["body"] as? String == "{\"type\":\"records.ready\"}")
        #expect(headers["webhook-id"] == "msg_1")
        #expect(headers["content-type"] == "application/json")
        #expect(headers["expect"] == nil)
    }

    @Test func `what the receiver answers decides`() async throws {
        #expect(await courier.post(try call("/busy")) == .deferred(reason: "it answers 503"))
        #expect(await courier.post(try call("/none")) == .deferred(reason: "it answers 404"))
        #expect(await courier.post(try call("/gone")) == .gone)
        #expect(
            await courier.post(try call("/moved"))
                == .deferred(reason: "it redirects, which is not followed")
        )
        // The place that it points to was not asked.
        #expect(try calls().map { $0["path"] as? String } == ["/busy", "/none", "/gone", "/moved"])
    }

    @Test func `a silent receiver and an endless answer end by the clock`() async throws {
        let impatient = HTTPSWebhookCourier(
            engine: try CurlEngine(),
            deadlines: Deadlines(connect: .seconds(30), stall: .seconds(2), total: .seconds(4))
        )
        #expect(
            await impatient.post(try call("/silent"))
                == .deferred(reason: "it does not answer in time")
        )
        // It said that it took it.
        #expect(await impatient.post(try call("/long")) == .accepted)
    }

    @Test func `a certificate of nobody we were told to trust is refused`() async throws {
        for authority in ["stranger_authority", nil] {
            #expect(
                await courier.post(try call("/ok", trusting: authority))
                    == .deferred(reason: "its certificate is not good")
            )
        }
        // Right authority, other name.
        #expect(
            await courier.post(try call("/ok", host: "127.0.0.1"))
                == .deferred(reason: "its certificate is not good")
        )
        #expect(try calls().isEmpty)
    }

    @Test func `no spelling of this machine is connected to`() async throws {
        let before = try connections()
        let spellings = [
            "localhost", "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "0", "0.0.0.0", "0.0",
            "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "017700000001", "0177.0.0.1",
            "127.0.0.01", "127.000.000.001", "127.0.0x0.1", "localhost.localdomain",
            "ip6-localhost", "00000000000000000000000177.1",
        ]
        for host in spellings {
            let outcome = await courier.post(
                try call("/ok", host: host, reachesPrivate: false)
            )
            // Those that the resolver knows no address for are not connected to either.
            #expect(
                [
                    .deferred(reason: "its address is not of the public internet"),
                    .deferred(reason: "its name has no address"),
                ].contains(outcome),
                "\(host)"
            )
        }
        #expect(try connections() == before)
        #expect(
            await courier.post(try call("/ok", reachesPrivate: false))
                == .deferred(reason: "its address is not of the public internet")
        )
        // The check is what stopped them.
        #expect(await courier.post(try call("/ok")) == .accepted)
        #expect(try connections() > before)
    }
}
