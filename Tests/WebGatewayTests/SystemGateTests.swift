import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import RecordExchange
import Synchronization
import TestSupport
import Testing
import Vocabulary
import WebGateway

/// What the table of systems says, asked of the running router.
///
/// Nothing here names a route: a new one is tested because it is in its table.
@Suite("Every call for every key")
struct SystemGateTests {
    /// What is shown in the Authorization header.
    enum Shown: String, CaseIterable, Sendable {
        case nothing, noBearer, wrong, staffCookie, live, withoutScopes
    }

    /// Answers every call with its route's name.
    private final class EchoCalls: SystemPages {
        let calls = Atomic<Int>(0)

        func respond(to route: SystemRoute, _ visit: SystemVisit) async throws -> Response {
            calls.wrappingAdd(1, ordering: .relaxed)
            return .text(route.rawValue)
        }
    }

    private static func caller(_ scopes: Set<AccessKey.Scope>) -> SystemCaller {
        let account = StaffAccount(
            id: .numbered(70),
            email: .of("system", at: "oak"),
            name: "Oak's system",
            memberships: [.init(role: .registrar, organization: School.oak.organization)],
            status: .active,
            createdAt: .noon("2026-01-01")
        )
        let key = AccessKey(
            id: .numbered(71),
            account: account.id,
            label: "",
            digest: String(repeating: "a", count: 64),
            scopes: scopes,
            createdAt: .noon("2026-01-01"),
            expiresAt: .noon("2027-01-01")
        )
        return SystemCaller(key: key, actor: Actor(account))
    }

    private func gate(_ pages: EchoCalls, callsAMinute: Int = 100_000) -> SystemGate {
        let now: @Sendable () -> Instant = { .noon("2026-05-18") }
        return SystemGate(
            pages: pages,
            caller: { text in
                switch text {
                case "live": Self.caller(Set(AccessKey.Scope.allCases))
                case "withoutScopes": Self.caller([])
                default: nil
                }
            },
            calls: RateLimiter(tries: callsAMinute, perSeconds: 60, now: now),
            guesses: RateLimiter(tries: 100_000, perSeconds: 60, now: now)
        )
    }

    private func send(
        _ route: SystemRoute,
        showing shown: Shown,
        to client: some TestClientProtocol,
        method: HTTPRequest.Method? = nil
    ) async throws -> TestResponse {
        let definition = route.definition
        let path =
            "/"
            + definition.pattern.split(separator: "/").map { segment in
                segment.hasPrefix("{") ? "x1" : String(segment)
            }.joined(separator: "/")
        var headers: HTTPFields = [:]
        switch shown {
        case .nothing: break
        case .noBearer: headers[.authorization] = "Basic bGl2ZTo="
        case .staffCookie: headers[.cookie] = "staff=live"
        case .wrong, .live, .withoutScopes:
            headers[.authorization] = "Bearer \(shown.rawValue)"
        }
        var body = ByteBuffer()
        switch definition.body {
        case .json:
            headers[.contentType] = "application/json"
            body.writeString("{}")
        case .upload:
            headers[.contentType] = "multipart/form-data; boundary=b"
            body.writeString("--b--\r\n")
        case .none, .form, .stream: break
        }
        return try await client.executeRequest(
            uri: path,
            method: method ?? definition.method.http,
            headers: headers,
            body: body
        )
    }

    @Test func `a call is answered for a live key with its scope, and for nothing else`()
        async throws
    {
        let pages = EchoCalls()
        let app = Stage(systems: gate(pages)).app
        try await app.test(.router) { client in
            for route in SystemRoute.allCases {
                for shown in Shown.allCases {
                    let before = pages.calls.load(ordering: .relaxed)
                    let answer = try await send(route, showing: shown, to: client)
                    let wasReached = pages.calls.load(ordering: .relaxed) > before
                    let expected: HTTPResponse.Status =
                        switch shown {
                        case .live: .ok
                        case .withoutScopes: route.definition.scope == nil ? .ok : .forbidden
                        case .nothing, .noBearer, .wrong, .staffCookie: .unauthorized
                        }
                    #expect(answer.status == expected, "\(route) showing \(shown)")
                    #expect(wasReached == (expected == .ok), "\(route) showing \(shown)")
                    guard expected != .ok else { continue }
                    #expect(answer.headers[.contentType] == "application/problem+json")
                    #expect(
                        (answer.headers[.wwwAuthenticate] != nil) == (expected == .unauthorized)
                    )
                }
            }
        }
    }

    @Test func `a key opens no page`() async throws {
        let stage = Stage(systems: gate(EchoCalls()))
        try await stage.app.test(.router) { client in
            for route in StaffRoute.allCases {
                let path =
                    "/"
                    + route.definition.pattern.split(separator: "/").map { segment in
                        segment.hasPrefix("{") ? "x1" : String(segment)
                    }.joined(separator: "/")
                let answer = try await client.executeRequest(
                    uri: path,
                    method: route.definition.method == .get ? .get : .post,
                    headers: [.authorization: "Bearer live"],
                    body: nil
                )
                #expect(answer.status != .ok, "\(route)")
            }
        }
        #expect(stage.pages.calls.count == 0)
    }

    /// Every method that a stranger may try, whose name is not always one that HTTPTypes knows.
    private static let methods: [HTTPRequest.Method] = [
        "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY",
    ].compactMap { HTTPRequest.Method($0) }

    @Test func `an address says which methods it takes`() async throws {
        #expect(Self.methods.count == 8)
        let app = Stage(systems: gate(EchoCalls())).app
        try await app.test(.router) { client in
            for route in SystemRoute.allCases {
                let taken = SystemRoute.allCases.map(\.definition)
                    .filter { $0.pattern == route.definition.pattern }
                    .flatMap { $0.method == .get ? ["GET", "HEAD"] : [$0.method.rawValue] }
                let others = Self.methods.filter { !taken.contains($0.rawValue) }
                for method in others {
                    if method == .options, route.definition.isResumable { continue }
                    let answer = try await send(route, showing: .live, to: client, method: method)
                    #expect(answer.status == .methodNotAllowed)
                    #expect(answer.headers[.allow] == taken.sorted().joined(separator: ", "))
                    #expect(answer.headers[.contentType] == "application/problem+json")
                }
            }
        }
    }

    @Test func `an address that takes uploads in pieces says how large they may be`()
        async throws
    {
        let app = Stage(systems: gate(EchoCalls())).app
        try await app.test(.router) { client in
            let resumable = SystemRoute.allCases.filter(\.definition.isResumable)
            #expect(resumable == [.takeBundle, .sendRecords])
            for route in resumable {
                let answer = try await send(
                    route,
                    showing: .nothing,
                    to: client,
                    method: .options
                )
                #expect(answer.status == .noContent)
                let limit = HTTPField.Name("Upload-Limit").flatMap { answer.headers[$0] }
                #expect(limit == "max-size=1055916032, max-age=86400")
            }
        }
    }

    @Test func `an address that is none is a problem, not a page`() async throws {
        let app = Stage(systems: gate(EchoCalls())).app
        try await app.test(.router) { client in
            let answer = try await client.executeRequest(
                uri: "/api/v1/nowhere",
                method: .get,
                headers: [:],
                body: nil
            )
            #expect(answer.status == .notFound)
            #expect(answer.headers[.contentType] == "application/problem+json")
        }
    }

    @Test func `a key that calls too often waits as long as it is told`() async throws {
        let app = Stage(systems: gate(EchoCalls(), callsAMinute: 3)).app
        try await app.test(.router) { client in
            for _ in 0..<3 {
                #expect(try await send(.caller, showing: .live, to: client).status == .ok)
            }
            let answer = try await send(.caller, showing: .live, to: client)
            #expect(answer.status == .tooManyRequests)
            #expect(answer.headers[.retryAfter] == "20")
        }
    }

    @Test func `the published description names every state that schools are searched in`() throws {
        struct Document: Decodable {
            struct Operation: Decodable {
                let parameters: [Parameter]?
            }

            struct Parameter: Decodable {
                let name: String
                let schema: Schema
            }

            struct Schema: Decodable {
                let `enum`: [String]?
            }

            let paths: [String: [String: Operation]]
        }

        let document = try JSONDecoder().decode(Document.self, from: try Self.description())
        let parameters = document.paths["/api/v1/schools"]?["get"]?.parameters ?? []
        let states = parameters.first { $0.name == "state" }?.schema.enum
        #expect(states == StateCode.all.map(\.description))
    }

    @Test func `the published description has every route and no other`() throws {
        struct Document: Decodable {
            struct Operation: Decodable {
                let operationId: String
                let scope: String?

                enum CodingKeys: String, CodingKey {
                    case operationId
                    case scope = "x-scope"
                }
            }

            let paths: [String: [String: Operation]]
        }

        let document = try JSONDecoder().decode(Document.self, from: try Self.description())
        let described = document.paths.flatMap { path, operations in
            // The framework answers HEAD wherever there is a GET.
            operations.filter { $0.key != "head" }.map { method, operation in
                "\(method.uppercased()) \(path) \(operation.operationId) \(operation.scope ?? "-")"
            }
        }
        let routed = SystemRoute.allCases.map { route in
            let definition = route.definition
            return "\(definition.method.rawValue) \(definition.pattern) \(route.rawValue) "
                + (definition.scope?.rawValue ?? "-")
        }
        #expect(described.sorted() == routed.sorted())
        for operations in document.paths.values where operations["head"] != nil {
            #expect(operations["head"]?.scope == operations["get"]?.scope)
            #expect(operations["get"] != nil)
        }
    }

    @Test func `each call that makes something says what it does when it is sent again`() throws {
        struct Document: Decodable {
            struct Operation: Decodable {
                struct Parameter: Decodable {
                    let name: String
                }

                struct Response: Decodable {}

                let description: String?
                let parameters: [Parameter]?
                let responses: [String: Response]
            }

            let paths: [String: [String: Operation]]
        }

        let document = try JSONDecoder().decode(Document.self, from: try Self.description())
        let making = document.paths.compactMapValues { $0["post"] }
            .filter { $0.value.responses["201"] != nil }
        #expect(making.count >= 4)
        for (path, operation) in making {
            let hasKey = operation.parameters?.contains { $0.name == "Idempotency-Key" } ?? false
            let isSaid = operation.description?.contains("Sent again, ") ?? false
            #expect(hasKey || isSaid, "\(path)")
        }
    }

    @Test func `the published description has what systems are told`() throws {
        struct Document: Decodable {
            struct Hook: Decodable {
                let post: Operation
            }

            struct Operation: Decodable {
                struct Parameter: Decodable {
                    let name: String
                }

                let parameters: [Parameter]
            }

            struct Components: Decodable {
                let schemas: Schemas
            }

            struct Schemas: Decodable {
                struct News: Decodable {
                    let properties: [String: Property]
                }

                let news: News

                enum CodingKeys: String, CodingKey { case news = "News" }
            }

            struct Property: Decodable {
                let `enum`: [String]?
            }

            let webhooks: [String: Hook]
            let components: Components
        }

        let document = try JSONDecoder().decode(Document.self, from: try Self.description())
        let headers = WebhookSignature.headers(
            id: "msg_1",
            at: .noon("2026-05-18"),
            body: [],
            secrets: [],
            by: SeededSecrets()
        )
        let hook = try #require(document.webhooks["news"])
        #expect(hook.post.parameters.map(\.name) == headers.map { $0.name })
        let events = document.components.schemas.news.properties["type"]?.enum
        #expect(Set(events ?? []) == Set(Webhook.Event.allCases.map(\.rawValue)))
    }

    private static func description() throws -> Data {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try Data(contentsOf: root.appending(path: "Templates/openapi.json"))
    }
}
