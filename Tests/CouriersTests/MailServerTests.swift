import Couriers
import Testing
import Vocabulary

@Suite("Mail server") struct MailServerTests {
    private func made(
        host: String = "smtp.ayuda.example",
        port: Int = 587,
        protection: MailServer.Protection = .startTLS,
        user: String? = "u",
        password: String? = "p",
        helloName: String = "records.ayuda.example"
    ) throws(MailServer.Malformed) -> MailServer {
        try MailServer(
            host: host,
            port: port,
            protection: protection,
            user: user,
            password: password.map(Redacted.init),
            helloName: helloName
        )
    }

    @Test(arguments: [
        "smtp.ayuda.example", "localhost", "127.0.0.1", "2001:db8::25", "mail", "xn--a-1.example",
    ])
    func `a host is a name or an address`(host: String) throws {
        #expect(try made(host: host).host == host)
    }

    @Test(arguments: [
        "", ".", "a..b", "a b", "-a.example", "a-.example", "smtp://x", "x/y", "x:y@z", "a\r\nb",
        "señor.example", "[::1]", "a\u{0}", String(repeating: "a", count: 64), "a?b", "a#b", "u@h",
    ])
    func `anything else is refused`(host: String) {
        #expect(throws: MailServer.Malformed.host) { try made(host: host) }
        #expect(throws: MailServer.Malformed.helloName) { try made(helloName: host) }
    }

    @Test(arguments: [0, -1, 65_536])
    func `a port is a port`(port: Int) {
        #expect(throws: MailServer.Malformed.port) { try made(port: port) }
    }

    @Test(arguments: ["localhost", "127.0.0.1", "127.1.2.3", "::1"])
    func `this machine may be spoken to without encryption`(host: String) throws {
        #expect(try made(host: host, protection: .none).protection == .none)
    }

    @Test(arguments: [
        "smtp.ayuda.example", "10.0.0.1", "127.0.0.1.example", "localhost.example", "127.0.0.256",
        "127.1", "::2", "0127.0.0.1",
    ])
    func `no other may`(host: String) {
        #expect(throws: MailServer.Malformed.unprotected) {
            try made(host: host, protection: .none)
        }
    }

    @Test func `a sign-in is whole and holds no line end`() {
        #expect(throws: MailServer.Malformed.halfASignIn) { try made(user: nil) }
        #expect(throws: MailServer.Malformed.halfASignIn) { try made(password: nil) }
        #expect(throws: MailServer.Malformed.signIn) { try made(password: "a\r\nMAIL") }
        #expect(throws: MailServer.Malformed.signIn) { try made(user: "a\u{0}b") }
    }
}
