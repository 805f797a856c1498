import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Testing
import Vocabulary
import WebGateway

/// What each limit does over a real socket.
///
/// Each test makes one limit short and leaves the others long, so that a busy machine can end a
/// connection for no other reason. That a limit ends nothing too early is shown with a clock of
/// its own by ``ConnectionWatchTests``.
@Suite("Slow and rude clients", .timeLimit(.minutes(10)))
struct SlowClientTests {
    private static let patient: ConnectionLimits = {
        var limits = ConnectionLimits.patient
        limits.connectionsPerAddress = 20
        limits.connections = 30
        return limits
    }()

    private static func patient(
        but limit: WritableKeyPath<ConnectionLimits, Duration>
    ) -> ConnectionLimits {
        var limits = patient
        limits[keyPath: limit] = .milliseconds(300)
        return limits
    }

    private static let get = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"

    @Test
    func `who says nothing is sent away`() async throws {
        try await withLiveServer(Stage(), limits: Self.patient(but: \.head)) { port in
            let client = try RawClient(port: port)
            #expect(await client.readToEnd() == "")
        }
    }

    @Test
    func `who dribbles a header is sent away`() async throws {
        try await withLiveServer(Stage(), limits: Self.patient(but: \.head)) { port in
            let client = try RawClient(port: port)
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            let dribble = Task {
                while client.send("x") { try await Task.sleep(for: .milliseconds(20)) }
            }
            #expect(await client.readToEnd() == "")
            dribble.cancel()
        }
    }

    @Test
    func `who dribbles a body is sent away`() async throws {
        let stage = Stage()
        let (cookie, _) = try await stage.enter(.someoneKnown)
        try await withLiveServer(stage, limits: Self.patient(but: \.bodyGrace)) { port in
            let client = try RawClient(port: port)
            client.send(
                "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookie)\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8000\r\n\r\n"
            )
            let dribble = Task {
                while client.send("x") { try await Task.sleep(for: .milliseconds(20)) }
            }
            #expect(await client.readToEnd() != nil)
            dribble.cancel()
        }
        #expect(stage.pages.calls.count == 0)
    }

    @Test
    func `a body that comes in many pieces is served`() async throws {
        let stage = Stage()
        let (cookie, csrf) = try await stage.enter(.someoneKnown)
        try await withLiveServer(stage, limits: Self.patient) { port in
            let client = try RawClient(port: port)
            let body = "csrf=\(csrf)&note=" + String(repeating: "n", count: 4_000)
            client.send(
                "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookie)\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n"
            )
            var rest = body[...]
            while !rest.isEmpty {
                #expect(client.send(String(rest.prefix(100))))
                rest = rest.dropFirst(100)
            }
            #expect(await client.readToEnd()?.contains("public submitSignIn") == true)
        }
    }

    @Test
    func `who does not read the answer is sent away`() async throws {
        let big = BigDownload(size: nil)
        try await withLiveServer(
            Stage(pages: big),
            limits: Self.patient(but: \.writeStall)
        ) { port in
            let client = try RawClient(port: port, receiveBuffer: 4_096)
            client.send("GET /help HTTP/1.1\r\nHost: localhost\r\n\r\n")
            // The kernel holds what was sent, so only the server can tell that it gave up.
            #expect(await big.wasCutShort())
            withExtendedLifetime(client) {}
        }
    }

    @Test
    func `a connection serves several requests, and is closed when no other comes`() async throws {
        try await withLiveServer(Stage(), limits: Self.patient) { port in
            let client = try RawClient(port: port)
            for _ in 0..<2 {
                client.send(Self.get)
                #expect(await client.read(upTo: 4_096).hasPrefix("HTTP/1.1 200"))
            }
        }
        try await withLiveServer(Stage(), limits: Self.patient(but: \.idle)) { port in
            let client = try RawClient(port: port)
            client.send(Self.get)
            #expect(await client.readToEnd()?.hasPrefix("HTTP/1.1 200") == true)
        }
    }

    @Test
    func `an address has only so many connections, and gets them back`() async throws {
        try await withLiveServer(Stage(), limits: Self.patient) { port in
            var open = try (0..<20).map { _ in try RawClient(port: port) }
            for client in open { client.send(Self.get) }
            for client in open {
                #expect(await client.read(upTo: 4_096).hasPrefix("HTTP/1.1 200"))
            }
            let refused = try RawClient(port: port)
            refused.send(Self.get)
            #expect(await refused.readToEnd() == "")

            // Once the others have gone there is room again; the server hears of it in its time.
            open = []
            var isAdmitted = false
            for _ in 0..<2_000 where !isAdmitted {
                let late = try RawClient(port: port)
                late.send(Self.get)
                isAdmitted = await late.read(upTo: 4_096).hasPrefix("HTTP/1.1 200")
            }
            #expect(isAdmitted)
        }
    }

    @Test
    func `a crowd of idle clients does not keep others waiting`() async throws {
        var limits = Self.patient
        limits.connectionsPerAddress = 500
        limits.connections = 500
        try await withLiveServer(Stage(), limits: limits) { port in
            let crowd = try (0..<300).map { _ in try RawClient(port: port) }
            for client in crowd { client.send("GET / HT") }
            let client = try RawClient(port: port)
            client.send(Self.get)
            #expect(await client.read(upTo: 4_096).hasPrefix("HTTP/1.1 200"))
            withExtendedLifetime(crowd) {}
        }
    }

    @Test(arguments: [
        ("GET /healthz HTTP/1.1\r\n\r\n", "400"), ("GET /healthz HTTP/1.0\r\n\r\n", "400"),
        ("GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", "400"),
        ("GET /healthz HTTP/1.1\r\nHost: localhost\r\nhost: evil.example\r\n\r\n", "400"),
        ("GET /healthz HTTP/1.1\r\nHost:\r\n\r\n", "400"),
        ("GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n", "421"),
        ("GET /healthz HTTP/1.1\r\nHost: <script>\r\n\r\n", "421"),
        ("GET /healthz HTTP/1.1\r\nHost: x' OR 1=1--\r\n\r\n", "421"),
        ("GET /healthz HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n", "421"),
        ("GET http://evil.example/healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n", "421"),
        ("DELETE /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", "405"),
        ("TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", "405"),
        ("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", "405"),
        ("PUT /home HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", "405"),
        ("GET /\(String(repeating: "a", count: 5_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n", "414"),
        ("GET /healthz HTTP/1.1\r\nHost: LOCALHOST:1234\r\n\r\n", "200"),
        ("GET /healthz HTTP/1.1\r\nHost: localhost:99999999\r\n\r\n", "421"),
        ("nonsense\r\n\r\n", "400"), ("GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", "400"),
        (
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"
        ),
        (
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
                + "Content-Length: 6\r\n\r\nhello", "400"
        ),
        ("POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", "400"),
    ])
    func `a request that no browser sends is refused at the door`(
        sample: (String, String)
    ) async throws {
        let stage = Stage()
        // Once it is answered nothing more comes.
        var limits = Self.patient(but: \.idle)
        limits.linger = .milliseconds(300)
        try await withLiveServer(stage, limits: limits) { port in
            let client = try RawClient(port: port)
            client.send(sample.0)
            let answer = await client.readToEnd() ?? "held open"
            #expect(answer.hasPrefix("HTTP/1.1 \(sample.1)"), "\(sample.0.prefix(60))")
        }
        if sample.1 != "200" { #expect(stage.pages.calls.count == 0) }
    }

    @Test(arguments: [10, 1_000, 200_000])
    func `an upload whose connection ends leaves nothing, and is no fault of ours`(
        sent: Int
    ) async throws {
        let scratch = try Scratch()
        let lines = Lines()
        let stage = Stage(
            drop: try scratch.inbox(),
            logger: Logger(label: "test") { _ in LineHandler(lines: lines) }
        )
        let (cookie, csrf) = try await stage.enter(.link(Stage.inquiry))
        let path = LinkRoute.sendRecords.path(Stage.inquiry.description).description
        try await withLiveServer(stage) { port in
            do {
                let client = try RawClient(port: port)
                client.send(
                    "POST \(path) HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookie)\r\n"
                        + "Content-Type: multipart/form-data; boundary=X\r\n"
                        + "Content-Length: 900000\r\n\r\n--X\r\n"
                        + "Content-Disposition: form-data; name=\"csrf\"\r\n\r\n\(csrf)\r\n--X\r\n"
                        + "Content-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\n"
                        + String(repeating: "x", count: sent)
                )
            }
            // The server stops only when the request is over.
        }
        let names = try scratch.entries("in")
        #expect(names.isEmpty)
        #expect(!lines.all.contains { $0.hasPrefix("error") }, "\(lines.all)")
    }

    @Test
    func `a request under way is answered before the server stops`() async throws {
        let slow = SlowPage()
        let stage = Stage(pages: slow)
        let client = try await withLiveServer(stage) { port in
            let client = try RawClient(port: port)
            client.send("GET /help HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            await slow.hasBegun()
            slow.finish()
            return client
        }
        #expect(await client.readToEnd()?.hasSuffix("done") == true)
    }
}

/// Answers every public page with so many bytes, or without end, and knows when it was cut short.
struct BigDownload: PublicPages {
    let size: Int?
    private let outcomes = AsyncStream<Bool>.makeStream()

    init(size: Int?) { self.size = size }

    func wasCutShort() async -> Bool {
        var iterator = outcomes.stream.makeAsyncIterator()
        return await iterator.next() ?? false
    }

    func respond(to route: PublicRoute, _ visit: Visit) async throws -> Response {
        let piece = ByteBuffer(repeating: 0x41, count: 32 << 10)
        let (size, outcome) = (size, outcomes.continuation)
        return Response(
            status: .ok,
            body: ResponseBody(contentLength: size ?? 1 << 50) { writer in
                do {
                    var left = size ?? .max
                    while left > 0 {
                        try await writer.write(piece)
                        left -= piece.readableBytes
                    }
                    try await writer.finish(nil)
                    outcome.yield(false)
                } catch {
                    outcome.yield(true)
                    throw error
                }
            }
        )
    }
}

/// Answers when it is told to.
final class SlowPage: PublicPages {
    private let begun = AsyncStream<Void>.makeStream()
    private let ended = AsyncStream<Void>.makeStream()

    func hasBegun() async {
        var iterator = begun.stream.makeAsyncIterator()
        _ = await iterator.next()
    }

    func finish() { ended.continuation.finish() }

    func respond(to route: PublicRoute, _ visit: Visit) async throws -> Response {
        begun.continuation.yield()
        for await _ in ended.stream {}
        return .text("done")
    }
}
