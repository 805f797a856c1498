import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Intake
import NIOCore
import RecordExchange
import SeededNumbers
import Synchronization
import TestSupport
import Testing
import Vocabulary
import WebGateway

/// The real routes and use cases, from the outside.
@Suite("Uploads in pieces over HTTP")
struct ResumableUploadTests {
    private let scratch: Scratch
    private let intake = IntakeSpy()
    private let store = MemoryCaseStore()
    private let stage: Stage
    private let app: any ApplicationProtocol

    private static let account = StaffAccount(
        id: .numbered(70),
        email: .of("system", at: "oak"),
        name: "Oak's system",
        memberships: [.init(role: .registrar, organization: School.oak.organization)],
        status: .active,
        createdAt: .noon("2026-01-01")
    )

    init() async throws {
        scratch = try Scratch()
        let inbox = try scratch.inbox()
        let desk = Desk(
            store: store,
            time: ManualTimekeeper(day: .on("2026-05-18")),
            secrets: SequentialSecrets(startingAt: 5_000),
            passwords: PlainPasswords(),
            oneTimeCodes: CountingCodes { .noon("2026-05-18") },
            letters: Letterbox(),
            finder: NobodyKnown(),
            settings: Desk.Settings(
                baseAddress: "http://localhost",
                mailFromName: "Mochila",
                mailFrom: .of("records", at: "mochila")
            )
        )
        try await store.write { session in
            try session.save(Self.account)
            try session.save(
                Partner(
                    id: .numbered(71),
                    account: "oak",
                    organization: School.oak.organization,
                    signerPEM: "PEM"
                )
            )
        }
        let caller = SystemCaller(
            key: AccessKey(
                id: .numbered(72),
                account: Self.account.id,
                label: "",
                digest: String(repeating: "a", count: 64),
                scopes: Set(AccessKey.Scope.allCases),
                createdAt: .noon("2026-01-01"),
                expiresAt: .noon("2027-01-01")
            ),
            actor: Actor(Self.account)
        )
        let limiter = RateLimiter(tries: 100_000, perSeconds: 1, now: { .noon("2026-05-18") })
        let schools = SchoolFinder(states: StateEntry.trees) { _, _ in [] }
        let limits = UploadForm.Limits(total: 1 << 20)
        stage = Stage(
            systems: SystemGate(
                pages: SystemRoom(
                    desk: desk,
                    schools: schools,
                    answers: AnswerRoom(
                        desk: desk,
                        drop: inbox,
                        schools: schools,
                        limits: limits
                    ),
                    drop: inbox,
                    pieces: inbox.ofAnyBytes,
                    bundles: intake,
                    files: NoFiles(),
                    limits: limits
                ),
                caller: { _ in caller },
                calls: limiter,
                guesses: limiter
            )
        )
        app = stage.app
    }

    private func send(
        _ client: some TestClientProtocol,
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: ArraySlice<UInt8> = [],
        _ fields: [String: String] = [:]
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.authorization: "Bearer x"]
        for (name, value) in fields { headers[try #require(HTTPField.Name(name))] = value }
        if headers[.contentType] == nil {
            headers[.contentType] =
                method == .patch ? "application/partial-upload" : "application/cms"
        }
        return try await client.executeRequest(
            uri: path,
            method: method,
            headers: headers,
            body: ByteBuffer(bytes: body)
        )
    }

    private func field(_ name: String, _ answer: TestResponse) -> String? {
        HTTPField.Name(name).flatMap { answer.headers[$0] }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `whatever the pieces are, what is taken is what was sent`(seed: UInt64) async throws {
        var draw = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 1...60_000, using: &draw)).map { _ in
            UInt8.random(in: 1...255, using: &draw)
        }
        var steps: [(from: Int, count: Int)] = []
        for _ in 0..<Int.random(in: 0...12, using: &draw) {
            steps.append(
                (
                    Int.random(in: 0...bytes.count, using: &draw),
                    Int.random(in: 0...9_000, using: &draw)
                )
            )
        }
        let digest = Data(ReferenceSHA256.digest(of: bytes).bytes).base64EncodedString()
        let saysLength = Bool.random(using: &draw)
        try await app.test(.router) { [steps] client in
            var begin = ["Upload-Complete": "?0", "Repr-Digest": "sha-256=:\(digest):"]
            if saysLength { begin["Upload-Length"] = "\(bytes.count)" }
            let first = bytes.prefix(bytes.count / 3)
            let begun = try await send(client, .post, "/api/v1/bundles", first, begin)
            #expect(begun.status == .created)
            let path = try #require(begun.headers[.location])
            var offset = first.count
            for step in steps {
                // Half of them where the next byte belongs, the others anywhere.
                let from = step.count % 2 == 0 ? offset : step.from
                let piece = bytes[from...].prefix(step.count)
                let answer = try await send(
                    client,
                    .patch,
                    path,
                    piece,
                    ["Upload-Offset": "\(from)", "Upload-Complete": "?0"]
                )
                if from == offset {
                    #expect(answer.status == .noContent)
                    offset += piece.count
                } else {
                    #expect(answer.status == .conflict)
                }
                #expect(field("Upload-Offset", answer) == "\(offset)")
                let head = try await send(client, .head, path)
                #expect(head.status == .noContent)
                #expect(field("Upload-Offset", head) == "\(offset)")
                #expect(field("Upload-Complete", head) == "?0")
                #expect(head.headers[.cacheControl] == "no-store")
            }
            let last = try await send(
                client,
                .patch,
                path,
                bytes[offset...],
                ["Upload-Offset": "\(offset)", "Upload-Complete": "?1"]
            )
            #expect(last.status == .created)
            #expect(field("Upload-Complete", last) == "?1")
        }
        let taken = intake.taken.withLock { $0 }
        #expect(taken == [bytes])
        // Nothing of it lies about.
        #expect(try scratch.entries("in").isEmpty)
    }

    @Test(
        arguments: [
            (["Upload-Complete": "yes"], 400),
            (["Upload-Complete": "?0", "Upload-Length": "-1"], 400),
            (["Upload-Complete": "?0", "Upload-Length": "1048577"], 413),
            (["Upload-Complete": "?0", "Upload-Offset": "1"], 409),
            (["Upload-Complete": "?0", "Repr-Digest": "sha-256=:AAAA:"], 400),
            (["Upload-Complete": "?0", "Upload-Length": "3"], 400),
            (["Upload-Complete": "?1", "Upload-Length": "3", "Content-Length": "4"], 400),
            (["Content-Type": "text/html"], 415),
            (["Repr-Digest": "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"], 422),
        ] as [([String: String], Int)]
    )
    func `what cannot be is refused, and nothing is kept`(
        fields: [String: String],
        status: Int
    ) async throws {
        try await app.test(.router) { client in
            let answer = try await send(client, .post, "/api/v1/bundles", [1, 2, 3, 4], fields)
            #expect(answer.status.code == status)
            #expect(answer.headers[.contentType] == "application/problem+json")
        }
        #expect(try scratch.entries("in").isEmpty)
        let taken = intake.taken.withLock { $0 }
        #expect(taken.isEmpty)
    }

    @Test func `a refused bundle is answered with its receipt, and is over`() async throws {
        try await app.test(.router) { client in
            let begun = try await send(
                client,
                .post,
                "/api/v1/bundles",
                [0, 1],
                ["Upload-Complete": "?0"]
            )
            let path = try #require(begun.headers[.location])
            let refused = try await send(
                client,
                .patch,
                path,
                [],
                ["Upload-Offset": "2", "Upload-Complete": "?1"]
            )
            #expect(refused.status == .unprocessableContent)
            #expect(String(buffer: refused.body).contains("\"receipt\":{\"signature\":\"c2ln\""))
            let again = try await send(
                client,
                .patch,
                path,
                [],
                ["Upload-Offset": "2", "Upload-Complete": "?1"]
            )
            #expect(again.status == .badRequest)
            #expect(String(buffer: again.body).contains("#completed-upload"))
            let state = try await send(client, .get, path)
            #expect(String(buffer: state.body).contains("\"status\":422"))
            #expect(field("Upload-Complete", state) == "?1")
        }
        let taken = intake.taken.withLock { $0 }
        #expect(taken.count == 1)
    }

    @Test(.timeLimit(.minutes(10)))
    func `who goes away without a word is let go, and goes on where it was`() async throws {
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 50_000)
        let path = Mutex("")
        try await app.test(.router) { client in
            let unfinished = ["Upload-Complete": "?0"]
            let begun = try await send(client, .post, "/api/v1/bundles", [], unfinished)
            let location = try #require(begun.headers[.location])
            path.withLock { $0 = location }
        }
        let upload = path.withLock(\.self)
        var limits = ConnectionLimits.patient
        limits.bodyGrace = .milliseconds(300)
        try await withLiveServer(stage, limits: limits) { port in
            let client = try RawClient(port: port)
            client.send(
                "PATCH \(upload) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n"
                    + "Content-Type: application/partial-upload\r\nUpload-Offset: 0\r\n"
                    + "Upload-Complete: ?0\r\nContent-Length: 50000\r\n\r\n"
                    + String(repeating: "a", count: 20_000)
            )
            // Nothing comes any more, and no end either: it is the server that hangs up.
            #expect(await client.readToEnd() != nil)
        }
        try await app.test(.router) { client in
            let head = try await send(client, .head, upload)
            #expect(field("Upload-Offset", head) == "20000")
            let rest = ["Upload-Offset": "20000", "Upload-Complete": "?1"]
            let last = try await send(client, .patch, upload, bytes[20_000...], rest)
            #expect(last.status == .created)
        }
        let taken = intake.taken.withLock { $0 }
        #expect(taken == [bytes])
    }

    @Test func `without room to open it a bundle waits where it is, and is taken later`()
        async throws
    {
        intake.isFull.withLock { $0 = true }
        try await app.test(.router) { client in
            let begin = ["Upload-Complete": "?0"]
            let begun = try await send(client, .post, "/api/v1/bundles", [1, 2], begin)
            let path = try #require(begun.headers[.location])
            let rest = ["Upload-Offset": "2", "Upload-Complete": "?1"]
            let answer = try await send(client, .patch, path, [3], rest)
            #expect(answer.status.code == 507)
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(String(buffer: answer.body).contains("urn:mochila:problem:storage-full"))
            #expect(intake.taken.withLock(\.self).isEmpty)
            intake.isFull.withLock { $0 = false }
            let end = ["Upload-Offset": "3", "Upload-Complete": "?1"]
            #expect(try await send(client, .patch, path, [], end).status == .created)
        }
        #expect(intake.taken.withLock(\.self) == [[1, 2, 3]])
        #expect(try scratch.entries("in").isEmpty)
    }

    @Test func `a cancelled upload leaves nothing`() async throws {
        try await app.test(.router) { client in
            let begun = try await send(
                client,
                .post,
                "/api/v1/bundles",
                [1, 2],
                ["Upload-Complete": "?0"]
            )
            let path = try #require(begun.headers[.location])
            #expect(try scratch.entries("in").count == 1)
            #expect(try await send(client, .delete, path).status == .noContent)
            #expect(try scratch.entries("in").isEmpty)
            for method in [HTTPRequest.Method.get, .head, .delete] {
                #expect(try await send(client, method, path).status == .notFound)
            }
            let wrongType = ["Content-Type": "application/cms", "Upload-Offset": "2"]
            let answer = try await send(client, .patch, path, [], wrongType)
            #expect(answer.status == .unsupportedMediaType)
            let noOffset = ["Upload-Complete": "?1"]
            #expect(try await send(client, .patch, path, [], noOffset).status == .badRequest)
        }
    }

    @Test func `more than is taken is refused, whatever was said`() async throws {
        let much = [UInt8](repeating: 1, count: (1 << 20) + 1)
        try await app.test(.router) { client in
            let whole = try await send(client, .post, "/api/v1/bundles", much[...])
            #expect(whole.status == .contentTooLarge)
            let begun = try await send(
                client,
                .post,
                "/api/v1/bundles",
                much[..<1_000_000],
                ["Upload-Complete": "?0"]
            )
            let path = try #require(begun.headers[.location])
            let more = try await send(
                client,
                .patch,
                path,
                much[1_000_000...],
                ["Upload-Offset": "1000000", "Upload-Complete": "?0"]
            )
            #expect(more.status == .contentTooLarge)
            let head = try await send(client, .head, path)
            #expect(field("Upload-Offset", head) == "1000000")
        }
    }
}
