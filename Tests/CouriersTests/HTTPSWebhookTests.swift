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

    /// The first and last of each block, and their neighbours.
    @Test(arguments: [
        ("0.255.255.255", false), ("1.0.0.0", true), ("9.255.255.255", true), ("10.0.0.0", false),
        ("10.255.255.255", false), ("11.0.0.0", true), ("100.63.255.255", true),
        ("100.64.0.0", false), ("100.127.255.255", false), ("100.128.0.0", true),
        ("126.255.255.255", true), ("127.0.0.0", false), ("128.0.0.0", true),
        ("169.253.255.255", true), ("169.254.169.254", false), ("169.255.0.0", true),
        ("172.15.255.255", true), ("172.16.0.0", false), ("172.31.255.255", false),
        ("172.32.0.0", true), ("191.255.255.255", true), ("192.0.0.1", false),
        ("192.0.1.0", true), ("192.0.2.1", false), ("192.0.3.0", true), ("192.88.99.1", false),
        ("192.167.255.255", true), ("192.168.0.0", false), ("192.169.0.0", true),
        ("198.17.255.255", true), ("198.18.0.0", false), ("198.19.255.255", false),
        ("198.20.0.0", true), ("198.51.100.7", false), ("203.0.113.9", false),
        ("223.255.255.255", true), ("224.0.0.0", false), ("255.255.255.255", false),
    ])
    func `an address is of the public internet or not`(text: String, isPublic: Bool) {
        let bytes = text.split(separator: ".").compactMap { UInt8($0) }
        #expect(PublicAddress.isPublic(bytes) == isPublic)
        // However it is wrapped, it is reached under its own notation only.
        #expect(!PublicAddress.isPublic([UInt8](repeating: 0, count: 10) + [255, 255] + bytes))
        #expect(
            !PublicAddress.isPublic(
                [0, 0x64, 0xFF, 0x9B] + [UInt8](repeating: 0, count: 8) + bytes
            )
        )
        #expect(!PublicAddress.isPublic([0x20, 2] + bytes + [UInt8](repeating: 0, count: 10)))
    }

    @Test(
        arguments: [
            ([0x26, 0x06, 0x47], true), ([0x20, 0x01, 0x48, 0x60], true),
            ([0x20, 0x01, 0, 0], false),
            ([0x20, 0x01, 0x01, 0xFF], false), ([0x20, 0x01, 0x02], true),
            ([0x20, 0x01, 0x0D, 0xB8], false), ([0x20, 0x01, 0x0D, 0xB9], true),
            ([0x20, 0x02], false),
            ([0x3F, 0xFF, 0x0F], false), ([0x3F, 0xFF, 0x10], true), ([0xFC], false),
            ([0xFD], false),
            ([0xFE, 0x80], false), ([0xFE, 0xC0], false), ([0xFF, 0x02], false), ([0x40], false),
            ([], false),
        ] as [([UInt8], Bool)]
    )
    func `an IPv6 address is of the public internet or not`(start: [UInt8], isPublic: Bool) {
        let bytes = start + [UInt8](repeating: 0, count: 15 - start.count) + [1]
        #expect(PublicAddress.isPublic(bytes) == isPublic)
    }

    @Test func `what is no address is not public`() {
        for count in [0, 3, 5, 8, 15, 17] {
            #expect(!PublicAddress.isPublic([UInt8](repeating: 0x26, count: count)))
        }
    }
}
