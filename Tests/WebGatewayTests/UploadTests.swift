import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import SeededNumbers
import Testing
import Vocabulary
import WebGateway

@Suite("Upload form")
struct UploadTests {
    private let scratch: Scratch
    private let stage: Stage

    init() throws {
        scratch = try Scratch()
        stage = Stage(drop: try scratch.inbox())
    }

    @Test
    func `fields and files arrive, each under its name`() async throws {
        let (status, text) = try await upload([
            field("note", "two of three"),
            file("files", "grades.pdf", "%PDF-1.7 one"),
            file("files", "../../photo.png", "PNG\u{0}\u{1}, only by name"),
            file("files", "", ""),
            field("complete", "no"),
        ])

        #expect(status == .ok)
        #expect(text.contains("files grades.pdf 12"))
        #expect(text.contains("note=two of three\ncomplete=no"))
        #expect(text.contains("refused typeNotAllowed(name: \"photo.png\")"))
        #expect(try scratch.entries("in").count == 1)
    }

    @Test
    func `a refused file does not cost the others`() async throws {
        let big = String(repeating: "grades ", count: 50_000)
        let (_, text) = try await upload([
            file("files", "run.exe", "MZ\u{0}\u{1}\u{2} this program cannot be run"),
            file("files", "big.txt", big),
            file("files", "empty.pdf", ""),
            file("files", "good.txt", "some grades"),
        ])

        #expect(text.contains("refused typeNotAllowed(name: \"run.exe\")"))
        #expect(text.contains("refused tooLarge(name: \"big.txt\", limit: 300000)"))
        #expect(text.contains("refused empty(name: \"empty.pdf\")"))
        #expect(text.contains("files good.txt 11"))
        #expect(try scratch.entries("in").count == 1)
    }

    @Test
    func `nothing is stored before the token has come`() async throws {
        let (cookie, csrf) = try await stage.enter(.link(Stage.inquiry))
        let parts = [file("files", "a.txt", "some grades"), field("csrf", csrf)]

        let (status, text) = try await post(parts, cookie: cookie)

        #expect(status == .forbidden)
        #expect(text.contains("formNotOurs"))
        let stored = try scratch.entries("in")
        #expect(stored.isEmpty)
    }

    @Test
    func `a token that comes as a file is no token`() async throws {
        let (cookie, csrf) = try await stage.enter(.link(Stage.inquiry))

        let (status, _) = try await post([file("csrf", "x.txt", csrf)], cookie: cookie)

        #expect(status == .forbidden)
    }

    @Test(arguments: [5, 8, 30, 60, 150])
    func `a body that ends early stores no part of a file`(missing: Int) async throws {
        let (cookie, csrf) = try await stage.enter(.link(Stage.inquiry))
        let parts = [field("csrf", csrf), file("files", "a.txt", "some grades and more of them")]

        let (status, _) = try await post(parts, cookie: cookie, without: missing)

        #expect(status == .badRequest)
        let stored = try scratch.entries("in")
        #expect(stored.isEmpty)
    }

    @Test
    func `more than a whole upload may bring is refused`() async throws {
        let piece = file("files", "a.txt", String(repeating: "x", count: 290_000))
        let (status, _) = try await upload([piece, piece, piece, piece])

        #expect(status == .contentTooLarge)
    }

    @Test
    func `a field longer than any form's is refused`() async throws {
        let (status, _) = try await upload([field("note", String(repeating: "x", count: 1_001))])

        #expect(status == .contentTooLarge)
    }

    @Test(arguments: ["a\u{0}b", "half \u{0}"])
    func `a field that no keyboard types is refused`(text: String) async throws {
        let (status, _) = try await upload([field("note", text)])

        #expect(status == .badRequest)
    }

    @Test
    func `too many files are refused`() async throws {
        let files = (0..<6).map { file("files", "\($0).txt", "some grades") }
        let (status, _) = try await upload(files)

        #expect(status == .badRequest)
    }

    @Test
    func `mutated bodies never do more than store whole files or refuse`() async throws {
        let (cookie, csrf) = try await stage.enter(.link(Stage.inquiry))
        let original = body([
            field("csrf", csrf), field("note", "x"), file("files", "a.pdf", "%PDF-1.7 one"),
            file("files", "b.txt", "some grades"),
        ])
        try await stage.app.test(.router) { client in
            var generator = SeededGenerator(seed: 51)
            for _ in 0..<400 {
                var bytes = original
                for _ in 0..<Int.random(in: 1...5, using: &generator) {
                    let position = Int.random(in: 0..<bytes.count, using: &generator)
                    if Bool.random(using: &generator) {
                        bytes[position] = UInt8.random(in: 0...255, using: &generator)
                    } else {
                        bytes.remove(at: position)
                    }
                }
                let status = try await send(bytes, cookie: cookie, with: client).0
                #expect([.ok, .forbidden, .badRequest].contains(status))
            }
        }
        let stored = try scratch.entries("in")
        #expect(stored.allSatisfy { $0.hasSuffix(".file") })
    }

    private func field(_ name: String, _ value: String) -> String {
        "Content-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)"
    }

    private func file(_ name: String, _ fileName: String, _ content: String) -> String {
        "Content-Disposition: form-data; name=\"\(name)\"; filename=\"\(fileName)\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n\(content)"
    }

    private func body(_ parts: [String]) -> [UInt8] {
        Array((parts.map { "--X\r\n\($0)\r\n" }.joined() + "--X--\r\n").utf8)
    }

    private func upload(_ parts: [String]) async throws -> (HTTPResponse.Status, String) {
        let (cookie, csrf) = try await stage.enter(.link(Stage.inquiry))
        return try await post([field("csrf", csrf)] + parts, cookie: cookie)
    }

    private func post(
        _ parts: [String],
        cookie: String,
        without missing: Int = 0
    ) async throws -> (HTTPResponse.Status, String) {
        let bytes = Array(body(parts).dropLast(missing))
        return try await stage.app.test(.router) { client in
            try await send(bytes, cookie: cookie, with: client)
        }
    }

    private func send(
        _ bytes: [UInt8],
        cookie: String,
        with client: any TestClientProtocol
    ) async throws -> (HTTPResponse.Status, String) {
        let path = LinkRoute.sendRecords.path(Stage.inquiry.description).description
        return try await client.execute(
            uri: path,
            method: .post,
            headers: [.cookie: cookie, .contentType: "multipart/form-data; boundary=X"],
            body: ByteBuffer(bytes: bytes)
        ) { ($0.status, String(buffer: $0.body)) }
    }
}
