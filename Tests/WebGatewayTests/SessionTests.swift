import Casework
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import RecordExchange
import Synchronization
import Testing
import Vocabulary
import WebGateway

@Suite("Session")
struct SessionTests {
    private let stage = Stage()
    private let person = SessionHolder.staff(
        account: Stage.account(.registrar),
        secondFactorPassed: true
    )

    @Test
    func `the store learns the digest of an id, never the id`() async throws {
        let token = try await stage.desk.start(person, replacing: nil)

        let stored = try #require(stage.store.all.first)
        #expect(stored.digest == token.digest(by: stage.secrets))
        #expect(!"\(stored)".contains(token.cookieValue))
        #expect(!"\(token)".contains(token.cookieValue))
    }

    @Test
    func `signing in makes a new id and ends the one the browser came with`() async throws {
        let planted = try await stage.desk.start(
            .staff(account: Stage.account(.registrar), secondFactorPassed: false),
            replacing: nil
        )

        let token = try await stage.desk.start(person, replacing: planted)

        #expect(token != planted)
        #expect(try await stage.desk.session(planted) == nil)
        #expect(try await stage.desk.session(token)?.holder == person)
    }

    @Test
    func `a session ended on the server opens nothing, wherever its id was copied`() async throws {
        let token = try await stage.desk.start(person, replacing: nil)

        try await stage.desk.end(token)

        #expect(try await stage.desk.session(token) == nil)
        try await stage.app.test(.router) { client in
            let cookie = "mochila=\(token.cookieValue)"
            try await client.execute(uri: "/home", method: .get, headers: [.cookie: cookie]) {
                #expect($0.status == .seeOther)
                #expect($0.headers[.location] == "/sign-in?next=%2Fhome")
            }
        }
    }

    @Test
    func `a staff session ends after half an hour without a click`() async throws {
        let token = try await stage.desk.start(person, replacing: nil)

        stage.clock.advance(29 * 60)
        #expect(try await stage.desk.session(token) != nil)
        stage.clock.advance(29 * 60)
        #expect(try await stage.desk.session(token) != nil)
        stage.clock.advance(30 * 60)
        #expect(try await stage.desk.session(token) == nil)
        #expect(stage.store.all.isEmpty)
    }

    @Test
    func `a staff session ends after twelve hours, however busy`() async throws {
        let token = try await stage.desk.start(person, replacing: nil)
        for _ in 0..<(12 * 4 - 1) {
            stage.clock.advance(15 * 60)
            #expect(try await stage.desk.session(token) != nil)
        }

        stage.clock.advance(15 * 60)

        #expect(try await stage.desk.session(token) == nil)
    }

    @Test
    func `between the factors there are ten minutes, behind a link two hours`() async throws {
        let half = try await stage.desk.start(
            .staff(account: Stage.account(.registrar), secondFactorPassed: false),
            replacing: nil
        )
        let link = try await stage.desk.start(
            .answerLink(.init(rawValue: 1), inquiry: Stage.inquiry),
            replacing: nil
        )

        stage.clock.advance(599)
        #expect(try await stage.desk.session(half) != nil)
        stage.clock.advance(1)
        #expect(try await stage.desk.session(half) == nil)
        stage.clock.advance(2 * 3_600 - 601)
        #expect(try await stage.desk.session(link) != nil)
        stage.clock.advance(1)
        #expect(try await stage.desk.session(link) == nil)
    }

    @Test
    func `use is noted once a minute, not at every click`() async throws {
        let token = try await stage.desk.start(person, replacing: nil)
        for _ in 0..<120 {
            stage.clock.advance(1)
            _ = try await stage.desk.session(token)
        }

        #expect(stage.store.touches.withLock { $0 } == 2)
    }

    @Test
    func `an account's or an inquiry's sessions end together`() async throws {
        let mine = try await stage.desk.start(person, replacing: nil)
        let other = try await stage.desk.start(
            .staff(account: Stage.account(.counselor), secondFactorPassed: true),
            replacing: nil
        )
        let link = try await stage.desk.start(
            .answerLink(.init(rawValue: 1), inquiry: Stage.inquiry),
            replacing: nil
        )

        try await stage.desk.endAll(ofAccount: Stage.account(.registrar))
        #expect(try await stage.desk.session(mine) == nil)
        #expect(try await stage.desk.session(other) != nil)
        try await stage.desk.endAll(ofInquiry: Stage.inquiry)
        #expect(try await stage.desk.session(link) == nil)
        #expect(try await stage.desk.session(other) != nil)
    }

    @Test
    func `a sweep removes only what can never be used again`() async throws {
        _ = try await stage.desk.start(person, replacing: nil)
        stage.clock.advance(2 * 3_600 + 1)
        let fresh = try await stage.desk.start(person, replacing: nil)

        #expect(try await stage.desk.sweep() == 1)
        #expect(try await stage.desk.session(fresh) != nil)
    }

    @Test(arguments: [
        "", "x", String(repeating: "u", count: 52), String(repeating: "0", count: 53),
    ])
    func `a malformed cookie is no session`(value: String) {
        #expect(SessionToken(cookie: value) == nil)
    }

    @Test
    func `an id survives its cookie, and no two are alike`() throws {
        let secrets = SeededSecrets(seed: 5)
        let tokens = (0..<1_000).map { _ in SessionToken(from: secrets) }

        #expect(Set(tokens).count == 1_000)
        #expect(Set(tokens.map { $0.digest(by: secrets) }).count == 1_000)
        for token in tokens { #expect(SessionToken(cookie: token.cookieValue) == token) }
    }

    @Test(arguments: [true, false])
    func `a cookie is for this host, for no script, and for no foreign form`(isSecure: Bool) throws
    {
        let cookies = SessionCookies(isSecure: isSecure)
        for purpose in SessionCookies.Purpose.allCases {
            var response = Response(status: .ok)
            cookies.set(SessionToken(from: stage.secrets), purpose, in: &response)
            let cookie = try #require(response.headers[.setCookie])
            let attributes = Set(cookie.split(separator: "; ").dropFirst().map(String.init))

            #expect(cookie.hasPrefix(isSecure ? "__Host-mochila" : "mochila"))
            #expect(attributes.isSuperset(of: ["HttpOnly", "SameSite=Lax", "Path=/"]))
            #expect(attributes.contains("Secure") == isSecure)
            #expect(!cookie.contains("Domain"))
        }
    }

    @Test
    func `a form token is bound to its session and does not give it away`() {
        let one = SessionToken(from: stage.secrets)
        let other = SessionToken(from: stage.secrets)
        let token = FormToken(for: one, by: stage.secrets)

        #expect(token.matches(FormToken(for: one, by: stage.secrets).description))
        #expect(!token.matches(FormToken(for: other, by: stage.secrets).description))
        #expect(!token.matches(nil))
        #expect(!token.matches(""))
        #expect(!token.matches(token.description + "0"))
        #expect(!one.cookieValue.contains(token.description))
    }

    @Test
    func `who only looks gets a cookie that ties forms to the browser, once`() async throws {
        try await stage.app.test(.router) { client in
            let cookie = try await client.execute(uri: "/sign-in", method: .get) { response in
                try #require(response.headers[.setCookie])
            }
            #expect(cookie.hasPrefix("mochila-form="))
            let sent = String(cookie.prefix { $0 != ";" })
            try await client.execute(uri: "/sign-in", method: .get, headers: [.cookie: sent]) {
                #expect($0.headers[.setCookie] == nil)
            }
        }
    }

    @Test
    func `signed-out forms are refused, signed-out pages lead to signing in`() async throws {
        try await stage.app.test(.router) { client in
            try await client.execute(
                uri: "/requests?show=open",
                method: .get
            ) {
                #expect($0.headers[.location] == "/sign-in?next=%2Frequests%3Fshow%3Dopen")
            }
            try await client.execute(
                uri: "/sign-out",
                method: .post,
                headers: [.contentType: "application/x-www-form-urlencoded"],
                body: ByteBuffer(string: "csrf=x")
            ) {
                #expect($0.status == .forbidden)
                #expect(String(buffer: $0.body).contains("signedOut"))
            }
        }
    }

    @Test
    func `a closed account loses its sessions at the next click`() async throws {
        let (cookie, _) = try await stage.enter(.disabled)

        try await stage.app.test(.router) { client in
            try await client.execute(uri: "/home", method: .get, headers: [.cookie: cookie]) {
                #expect($0.status == .seeOther)
            }
        }
        #expect(stage.store.all.isEmpty)
    }
}
