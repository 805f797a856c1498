import Casework
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Synchronization
import Testing
import WebGateway

@Suite("What every request meets")
struct RequestTests {
    @Test(arguments: ["/", "/sign-in", "/nowhere", "/home", "/requests/x", "/demo/mail/1"])
    func `every answer forbids what no page of ours does`(path: String) async throws {
        try await Stage().app.test(.router) { client in
            try await client.execute(uri: path, method: .get) { response in
                let headers = response.headers
                #expect(
                    headers[.contentSecurityPolicy]
                        == "default-src 'none'; script-src 'self'; style-src 'self'; "
                        + "img-src 'self'; form-action 'self'; connect-src 'self'; "
                        + "base-uri 'none'; frame-ancestors 'none'"
                )
                #expect(headers[.cacheControl] == "no-store")
                for (name, value) in [
                    ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
                    ("X-Frame-Options", "DENY"), ("Cross-Origin-Opener-Policy", "same-origin"),
                ] {
                    let name = try #require(HTTPField.Name(name))
                    #expect(headers[name] == value)
                }
                #expect(headers[.strictTransportSecurity] == nil)
            }
        }
    }

    @Test
    func `under TLS browsers are told to stay there`() async throws {
        let site = SiteAddress(hosts: ["localhost"], isSecure: true)
        try await Stage(site: site).app.test(.router) { client in
            try await client.execute(uri: "/", method: .get) { response in
                #expect(response.headers[.strictTransportSecurity]?.contains("31536000") == true)
                #expect(response.headers[.setCookie]?.hasPrefix("__Host-mochila-form=") == true)
            }
        }
    }

    @Test(arguments: [
        ("records.example", true), ("RECORDS.example", true), ("records.example:443", true),
        ("records.example:", false), ("records.example:4x3", false), ("records.example.", false),
        ("evil.records.example", false), ("records.example.evil.example", false), ("", false),
        ("records.example:443:443", false), ("user@records.example", false), ("[::1]", true),
        ("[::1]:8443", true), ("[::1", false), ("::1", false), ("records.example/x", false),
        (" records.example", false), ("records.example,evil.example", false),
        ("records.ex\u{E4}mple", false), (String(repeating: "a", count: 300), false),
    ])
    func `only our own names are accepted as Host`(sample: (String, Bool)) {
        let site = SiteAddress(hosts: ["Records.Example", "[::1]"], isSecure: true)

        #expect(site.accepts(authority: sample.0) == sample.1)
    }

    @Test(arguments: [
        ("/home", true), ("/", true), ("/requests?show=open&x=%2F", true), ("/a//b", true),
        ("//evil.example", false), ("/\\evil.example", false), ("https://evil.example", false),
        ("", false), ("home", false), ("/\t/evil.example", false), ("/a b", false),
        ("/a\r\nSet-Cookie: x", false), ("javascript:alert(1)", false), ("/ñ", false),
        ("/\(String(repeating: "a", count: 1_100))", false),
    ])
    func `a browser is sent to paths of ours only`(sample: (String, Bool)) {
        #expect((LocalPath(sample.0) != nil) == sample.1)
    }

    @Test
    func `a route's path holds its values, encoded`() {
        let path = StaffRoute.downloadFile.path("RQ-1", "../x", "a b/ñ?#")

        #expect(path.description == "/requests/RQ-1/bundles/..%2Fx/files/a%20b%2F%C3%B1%3F%23")
        let query = PublicRoute.signIn.path(query: ["next": "/a?b=c&d", "x": ""])
        #expect(query.description == "/sign-in?next=%2Fa%3Fb%3Dc%26d&x=")
    }

    @Test
    func `a value of the path reaches its page decoded, and only once`() async throws {
        struct Echo: PublicPages {
            func respond(to route: PublicRoute, _ visit: Visit) async throws -> Response {
                .text(try visit.parameter("message"))
            }
        }
        try await Stage(pages: Echo()).app.test(.router) { client in
            for (path, value) in [("a%2520b", "a%20b"), ("%C3%B1", "ñ"), ("x..y", "x..y")] {
                try await client.execute(uri: "/demo/mail/\(path)", method: .get) {
                    #expect(String(buffer: $0.body) == value)
                }
            }
            let long = String(repeating: "x", count: 201)
            for path in [long, "%", "%4", "%+1", "%00", "%FF", "%C0%AF", "%zz"] {
                try await client.execute(uri: "/demo/mail/\(path)", method: .get) {
                    #expect($0.status == .notFound)
                }
            }
        }
    }

    @Test(arguments: [
        ("", "", "en"), ("es", "", "es"), ("es-MX,es;q=0.9,en;q=0.8", "", "es"),
        ("en;q=0.5,es;q=0.7", "", "es"), ("fr,de", "", "en"), ("es;q=0", "", "en"),
        ("*;q=0.1", "", "en"), ("EN-us", "", "en"), ("es;q=zzz,en", "", "en"),
        ("en", "lang=es", "es"), ("es", "lang=en", "en"), ("es", "lang=xx", "es"),
        ("es;q=\(String(repeating: "9", count: 5_000))", "", "es"),
    ])
    func `the reader's choice goes before the browser's`(
        sample: (String, String, String)
    ) async throws {
        try await Stage().app.test(.router) { client in
            try await client.execute(
                uri: "/help",
                method: .get,
                headers: [.acceptLanguage: sample.0, .cookie: sample.1]
            ) { response in
                #expect(response.headers[.contentLanguage] == sample.2)
            }
        }
    }

    @Test
    func `a language chosen on a page is kept, and goes before the account's`() async throws {
        let stage = Stage()
        try await stage.app.test(.router) { client in
            try await client.execute(uri: "/help?lang=es", method: .get) { response in
                #expect(response.headers[.contentLanguage] == "es")
                let cookies = response.headers[values: .setCookie]
                #expect(cookies.contains { $0.hasPrefix("lang=es;") })
            }
            // The counselor of the stage reads Spanish.
            let (cookie, _) = try await stage.enter(.staff(.counselor))
            try await client.execute(uri: "/home", method: .get, headers: [.cookie: cookie]) {
                #expect($0.headers[.contentLanguage] == "es")
            }
            try await client.execute(
                uri: "/home",
                method: .get,
                headers: [.cookie: cookie + "; lang=en"]
            ) {
                #expect($0.headers[.contentLanguage] == "en")
            }
        }
    }

    @Test
    func `the log names routes, and nothing of what was in a path, a query or a form`() async throws
    {
        let lines = Lines()
        let stage = Stage(logger: Logger(label: "test") { _ in LineHandler(lines: lines) })
        let secret = "7q4k2p8d0m5vx3n9tz1c6bhj4s"
        let (cookie, csrf) = try await stage.enter(.someoneKnown)
        try await stage.app.test(.router) { client in
            for path in ["/r/\(secret)", "/x/\(secret)", "/help?name=\(secret)", "/r/\(secret)/x"] {
                try await client.execute(uri: path, method: .get) { _ in }
            }
            try await client.execute(
                uri: "/r/\(secret)",
                method: .post,
                headers: [.cookie: cookie, .contentType: "application/x-www-form-urlencoded"],
                body: ByteBuffer(string: "csrf=\(csrf)&linkCode=\(secret)")
            ) { _ in }
        }

        #expect(lines.all.count == 5)
        #expect(lines.all.contains { $0.contains("/r/{token}") })
        #expect(!lines.all.contains { $0.contains(secret) || $0.contains(csrf) })
    }

    @Test
    func `an error of ours is a page with a number, and its words stay inside`() async throws {
        struct Broken: PublicPages {
            struct Secret: Error { let name = "Xochitl" }
            func respond(to route: PublicRoute, _ visit: Visit) async throws -> Response {
                throw Secret()
            }
        }
        let lines = Lines()
        let stage = Stage(
            pages: Broken(),
            logger: Logger(label: "test") { _ in LineHandler(lines: lines) }
        )
        try await stage.app.test(.router) { client in
            try await client.execute(uri: "/help", method: .get) { response in
                #expect(response.status == .internalServerError)
                #expect(String(buffer: response.body).contains("internalFault"))
            }
        }
        #expect(lines.all.contains { $0.contains("Secret") })
        #expect(!lines.all.contains { $0.contains("Xochitl") })
    }

    @Test
    func `a wait is told in seconds`() async throws {
        struct Busy: PublicPages {
            func respond(to route: PublicRoute, _ visit: Visit) async throws -> Response {
                throw GatewayFailure.tooManyTries(seconds: 42)
            }
        }
        try await Stage(pages: Busy()).app.test(.router) { client in
            try await client.execute(uri: "/help", method: .get) { response in
                #expect(response.status == .tooManyRequests)
                #expect(response.headers[.retryAfter] == "42")
            }
        }
    }

    @Test
    func `an asset is sent once and then asked about`() async throws {
        struct Styles: PublicPages {
            let asset = StaticAsset("p{}", mediaType: "text/css", secrets: SeededSecrets())
            func respond(to route: PublicRoute, _ visit: Visit) async throws -> Response {
                asset.response(to: visit.request)
            }
        }
        try await Stage(pages: Styles()).app.test(.router) { client in
            let tag = try await client.execute(uri: "/site.css", method: .get) { response in
                #expect(String(buffer: response.body) == "p{}")
                #expect(response.headers[.contentType] == "text/css")
                return try #require(response.headers[.eTag])
            }
            try await client.execute(
                uri: "/site.css",
                method: .get,
                headers: [.ifNoneMatch: tag]
            ) { response in
                #expect(response.status == .notModified)
                #expect(response.body.readableBytes == 0)
            }
        }
    }
}

/// Log lines, as an operator would see them.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}

struct LineHandler: LogHandler {
    let lines: Lines
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.trace

    init(lines: Lines) { self.lines = lines }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.add("\(event.level) \(event.message) \(event.metadata ?? [:]) \(metadata)")
    }
}
