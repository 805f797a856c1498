import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Webhooks' addresses and signatures") struct WebhookTests {
    @Test(arguments: [
        ("https://hooks.oak.example/in", "hooks.oak.example", 443),
        ("https://oak.example:8443/in?key=%20a&b=/", "oak.example", 8_443),
        ("https://10.0.0.1", "10.0.0.1", 443), ("https://a-b.c/", "a-b.c", 443),
        ("https://oak.example?x", "oak.example", 443),
    ])
    func `an address has a host and a port`(text: String, host: String, port: Int) throws {
        let url = try WebhookURL(parsing: text)
        #expect((url.host, url.port) == (host, port))
        #expect(url.description == text)
    }

    @Test(arguments: [
        "", "https://", "http://oak.example/", "HTTPS://oak.example/", "ftp://oak.example/",
        "https:///in", "https://user@oak.example/", "https://user:pw@oak.example/",
        "https://oak.example@elm.example/", "https://[::1]/", "https://oak.example:/",
        "https://oak.example:0/", "https://oak.example:65536/", "https://oak.example:44a/",
        "https://oak.example:+443/", "https://Oak.example/", "https://oak..example/",
        "https://.oak.example/", "https://oak.example./", "https://-oak.example/",
        "https://oak_.example/", "https://oak.example/#part", "https://oak.example/a b",
        "https://oak.example/\n", "https://oak.example\\@evil.example/", "https://ñandú.example/",
        "https://oak.example/ñ", "https://oak%2eexample/", "file:///etc/passwd", "oak.example",
        "https://oak.example:443:443/", " https://oak.example/", "https://oak.example/\u{0}",
    ])
    func `whatever is cleverer than that is refused`(text: String) {
        #expect(throws: WebhookURL.Malformed.self) { try WebhookURL(parsing: text) }
    }

    @Test func `an address may be long, and not longer`() throws {
        let start = "https://oak.example/"
        let longest = start + String(repeating: "a", count: WebhookURL.longest - start.utf8.count)
        #expect(try WebhookURL(parsing: longest).host == "oak.example")
        #expect(throws: WebhookURL.Malformed.self) { try WebhookURL(parsing: longest + "a") }
    }

    /// The example of Standard Webhooks 1.0.
    @Test func `a message is signed as the standard's example`() {
        let secret = Webhook.Secret(
            key: Redacted([
                49, 242, 144, 246, 191, 6, 41, 138, 171, 79, 8, 212, 60, 63, 8, 44, 246, 72, 163,
                98, 218, 45, 164, 176,
            ])
        )
        #expect(
            WebhookSignature.text(of: secret).revealed == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        )
        let headers = WebhookSignature.headers(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            at: Instant(millisecondsSince1970: 1_614_265_330_999),
            body: Array("{\"test\": 2432232314}".utf8),
            secrets: [secret],
            by: SequentialSecrets(startingAt: 1)
        )
        #expect(headers.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(
            headers.map(\.value) == [
                "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            ]
        )
    }

    /// RFC 4231, cases 1, 2 and 6, and one of ours: a key longer than a block is hashed first.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), "Hi There",
            "sDRMYdjbOFNcqK/OrwvxK4gdwgDJgz2nJuk3bC4yz/c="
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="
        ),
        (
            [UInt8](repeating: 0xAA, count: 20), String(repeating: "-", count: 50),
            "vMblMQ4OCeEYhtSm7rBkPDnZ8iOl+KBcv/hFsgvKCjI="
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            "Test Using Larger Than Block-Size Key - Hash Key First",
            "YOQxWR7gtn8Niiaqy/W3f44LxiE3KMUUBUYEDw7jf1Q="
        ),
    ])
    func `an authentication code is that of the standard's vectors`(
        key: [UInt8],
        message: String,
        code: String
    ) {
        #expect(
            WebhookSignature.code(
                of: Array(message.utf8),
                key: key,
                by: SequentialSecrets(startingAt: 1)
            ) == code
        )
    }

    @Test func `a secret stays out of every description`() {
        let secret = Webhook.Secret(key: Redacted(Array("abc".utf8)))
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped] {
            #expect(!text.contains("97"))
        }
    }
}
