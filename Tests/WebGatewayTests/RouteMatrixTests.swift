import Casework
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import RecordExchange
import Testing
import Vocabulary
import WebGateway

/// What the tables say, asked of the running router: every route for every kind of visitor.
///
/// Nothing here names a route: a new one is tested because it is in its table.
@Suite("Every route for every visitor")
struct RouteMatrixTests {
    /// One line of any table, with who may come in.
    struct Line: Sendable, CustomStringConvertible {
        enum Audience: Sendable { case everyone, halfSignedIn, link, staff }

        let audience: Audience
        let name: String
        let definition: RouteDefinition

        var description: String { "\(definition.method.rawValue) \(definition.pattern)" }

        static let all: [Self] =
            PublicRoute.allCases.map { Self(.everyone, $0) }
            + SecondFactorRoute.allCases.map { Self(.halfSignedIn, $0) }
            + LinkRoute.allCases.map { Self(.link, $0) }
            + StaffRoute.allCases.map { Self(.staff, $0) }

        private init(_ audience: Audience, _ route: some RouteTable) {
            self.audience = audience
            name = route.rawValue
            definition = route.definition
        }

        var path: String {
            "/"
                + definition.pattern.split(separator: "/").map { segment in
                    segment == "{inquiry}"
                        ? Stage.inquiry.description
                        : segment.hasPrefix("{") ? "x1" : String(segment)
                }.joined(separator: "/")
        }

        /// What the table promises this visitor, as the status of a well-formed request.
        func expectation(for visitor: Stage.Visitor) -> Expectation {
            let isPost = definition.changesState
            switch (audience, visitor) {
            case (.everyone, .nobody): return isPost ? .refused : .answered
            // The demonstration's clock stands on every page: any of our tokens counts.
            case (.everyone, _): return .answered
            case (.halfSignedIn, .halfSignedIn): return .answered
            case (.halfSignedIn, .staff), (.halfSignedIn, .disabled): return .redirected
            case (.link, .link(Stage.inquiry)): return .answered
            case (.link, _): return .refused
            case (.staff, .staff(let role)):
                return definition.roles.contains(role) ? .answered : .refused
            case (.staff, .halfSignedIn), (.staff, .disabled), (.staff, _), (.halfSignedIn, _):
                return isPost ? .refused : .redirected
            }
        }
    }

    enum Expectation { case answered, redirected, refused }

    @Test
    func `each visitor gets what the table promises, and nothing else`() async throws {
        let scratch = try Scratch()
        let stage = Stage(drop: try scratch.inbox())

        try await stage.app.test(.router) { client in
            for line in Line.all {
                for visitor in Stage.Visitor.all {
                    let (cookie, csrf) = try await stage.enter(visitor)
                    let before = stage.pages.calls.count
                    let status = try await send(line, cookie: cookie, csrf: csrf, with: client)
                    let wasReached = stage.pages.calls.count > before

                    let expected = line.expectation(for: visitor)
                    #expect(wasReached == (expected == .answered), "\(line) for \(visitor)")
                    switch expected {
                    case .answered: #expect(status == .ok, "\(line) for \(visitor)")
                    case .redirected: #expect(status == .seeOther, "\(line) for \(visitor)")
                    case .refused: #expect(status == .forbidden, "\(line) for \(visitor)")
                    }
                }
            }
        }
    }

    @Test(arguments: [
        "", "x", "00000000000000000000000000", "other session", "missing",
    ])
    func `nothing changes without the form's own token`(token: String) async throws {
        let scratch = try Scratch()
        let stage = Stage(drop: try scratch.inbox())

        try await stage.app.test(.router) { client in
            for line in Line.all where line.definition.changesState {
                let (cookie, _) = try await stage.enter(visitor(for: line))
                let (_, foreign) = try await stage.enter(visitor(for: line))
                let csrf = token == "other session" ? foreign : token
                let status = try await send(
                    line,
                    cookie: cookie,
                    csrf: token == "missing" ? nil : csrf,
                    with: client
                )
                #expect(status == .forbidden, "\(line)")
            }
        }
        let names = try scratch.entries("in")
        #expect(names.isEmpty)
    }

    @Test(arguments: [
        ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"],
        ["Origin": "https://evil.example"], ["Origin": "http://localhost.evil.example"],
        ["Origin": "https://localhost"], ["Origin": "http://localhost:81"],
        ["Sec-Fetch-Site": "cross-site", "Origin": "null"],
        ["Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"],
    ])
    func `nothing changes for another site`(extra: [String: String]) async throws {
        let stage = Stage()

        try await stage.app.test(.router) { client in
            for line in Line.all where line.definition.changesState {
                let (cookie, csrf) = try await stage.enter(visitor(for: line))
                let status = try await send(
                    line,
                    cookie: cookie,
                    csrf: csrf,
                    extra: extra,
                    with: client
                )
                #expect(status == .forbidden, "\(line)")
            }
        }
        #expect(stage.pages.calls.count == 0)
    }

    @Test(arguments: [
        [:], ["Sec-Fetch-Site": "same-origin"],
        ["Sec-Fetch-Site": "same-origin", "Origin": "null"],
        ["Origin": "http://localhost"], ["Origin": "null"], ["Sec-Fetch-Site": "none"],
    ])
    func `a form of ours is taken from any browser`(extra: [String: String]) async throws {
        let stage = Stage()

        try await stage.app.test(.router) { client in
            for line in Line.all where line.definition.changesState {
                guard line.definition.body != .upload else { continue }
                let (cookie, csrf) = try await stage.enter(visitor(for: line))
                let status = try await send(
                    line,
                    cookie: cookie,
                    csrf: csrf,
                    extra: extra,
                    with: client
                )
                #expect(status == .ok, "\(line)")
            }
        }
    }

    @Test(arguments: ["text/plain", "application/json", "", "multipart/form-data; boundary=x"])
    func `a form of another type is not read`(type: String) async throws {
        let stage = Stage()

        try await stage.app.test(.router) { client in
            for line in Line.all where line.definition.changesState {
                guard line.definition.body != .upload else { continue }
                let (cookie, csrf) = try await stage.enter(visitor(for: line))
                let status = try await client.execute(
                    uri: line.path,
                    method: .post,
                    headers: [.cookie: cookie, .contentType: type],
                    body: ByteBuffer(string: "csrf=\(csrf)")
                ) { $0.status }
                #expect(status == .badRequest, "\(line)")
            }
        }
        #expect(stage.pages.calls.count == 0)
    }

    @Test
    func `GET never finds a route that changes something, nor POST one that does not`() async throws
    {
        let stage = Stage()
        let readable = Set(Line.all.filter { !$0.definition.changesState }.map(\.path))
        let changing = Set(Line.all.filter(\.definition.changesState).map(\.path))

        try await stage.app.test(.router) { client in
            for visitor in Stage.Visitor.all {
                let (cookie, csrf) = try await stage.enter(visitor)
                for path in changing.subtracting(readable) {
                    for method in [HTTPRequest.Method.get, .head] {
                        let status = try await client.execute(
                            uri: path,
                            method: method,
                            headers: [.cookie: cookie]
                        ) { $0.status }
                        #expect(status == .notFound, "\(method) \(path)")
                    }
                }
                for path in readable.subtracting(changing) {
                    let status = try await client.execute(
                        uri: path,
                        method: .post,
                        headers: [
                            .cookie: cookie, .contentType: "application/x-www-form-urlencoded",
                        ],
                        body: ByteBuffer(string: "csrf=\(csrf)")
                    ) { $0.status }
                    #expect(status == .notFound, "POST \(path)")
                }
            }
        }
        #expect(stage.pages.calls.count == 0)
    }

    @Test(arguments: [
        "/admin", "/setup", "/install", "/r", "/answer", "/requests/x/y/z", "/QUEUE", "/queue/x/y",
        "/static/../etc/passwd", "/.env", "/%2e%2e/etc/passwd", "/home/..;/audit", "//home//x",
        "/sign-in/", "/r/x/../../audit",
    ])
    func `a path that is in no table leads nowhere`(path: String) async throws {
        let stage = Stage()

        try await stage.app.test(.router) { client in
            let (cookie, _) = try await stage.enter(.staff(.registrar))
            let status = try await client.execute(
                uri: path,
                method: .get,
                headers: [.cookie: cookie]
            ) { $0.status }
            // A trailing slash is the same page to the framework, and passes the same guard.
            #expect(status == .notFound || path == "/sign-in/", "\(path)")
        }
    }

    @Test
    func `the demonstration's routes exist only there`() async throws {
        let stage = Stage(isDemonstration: false)

        try await stage.app.test(.router) { client in
            for line in Line.all where line.definition.isDemonstrationOnly {
                let (cookie, csrf) = try await stage.enter(.someoneKnown)
                let status = try await send(line, cookie: cookie, csrf: csrf, with: client)
                #expect(status == .notFound, "\(line)")
            }
        }
        #expect(Line.all.contains { $0.definition.isDemonstrationOnly })
    }

    @Test
    func `no two routes share method and pattern`() {
        let lines = Line.all.map(\.description)

        #expect(Set(lines).count == lines.count)
    }

    @Test(arguments: Line.all)
    func `a line of the table is well formed`(line: Line) {
        let definition = line.definition

        #expect(definition.pattern.hasPrefix("/"))
        #expect(definition.changesState == (definition.body != .none))
        #expect((line.audience == .staff) == !definition.roles.isEmpty)
        let names = definition.pattern.split(separator: "/").filter { $0.hasPrefix("{") }
        #expect(names.allSatisfy { $0.hasSuffix("}") })
        #expect(Set(names).count == names.count)
        #expect((line.audience == .link) == definition.pattern.hasPrefix("/answer/{inquiry}/"))
    }

    @Test
    func `auditors and administrators reach no student's page`() {
        let roots = ["/requests", "/drafts", "/answers", "/queue"]
        let studentPages = StaffRoute.allCases.filter { route in
            roots.contains { route.definition.pattern.hasPrefix($0) }
        }
        let disclosures: Set<StaffRoute> = [
            .disclosures, .disclosuresCSV, .signedReceipt, .receiptSignature,
        ]

        for route in studentPages where !disclosures.contains(route) {
            #expect(route.definition.roles.isDisjoint(with: [.administrator, .auditor]))
        }
    }

    /// Somebody who may use the route.
    private func visitor(for line: Line) -> Stage.Visitor {
        switch line.audience {
        case .everyone: .someoneKnown
        case .halfSignedIn: .halfSignedIn
        case .link: .link(Stage.inquiry)
        case .staff: .staff(line.definition.roles.first ?? .registrar)
        }
    }

    private func send(
        _ line: Line,
        cookie: String,
        csrf: String?,
        extra: [String: String] = [:],
        with client: any TestClientProtocol
    ) async throws -> HTTPResponse.Status {
        var headers: HTTPFields = [.cookie: cookie]
        for (name, value) in extra {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        var body = ""
        switch line.definition.body {
        // Only systems send JSON: `SystemGateTests`.
        case .none, .json, .stream: break
        case .form:
            headers[.contentType] = "application/x-www-form-urlencoded"
            body = csrf.map { "csrf=\($0)&" } ?? ""
            body += "a=b"
        case .upload:
            headers[.contentType] = "multipart/form-data; boundary=X"
            if let csrf {
                body = "--X\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(csrf)\r\n"
            }
            body += "--X\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\""
            body += "\r\n\r\nsome grades\r\n--X--\r\n"
        }
        return try await client.execute(
            uri: line.path,
            method: line.definition.method.http,
            headers: headers,
            body: ByteBuffer(string: body)
        ) { $0.status }
    }
}
