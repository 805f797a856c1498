import Casework
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization
import TestSupport
import Testing
import Vocabulary
import WebGateway

@Suite("Download")
struct DownloadTests {
    private static let content = (0..<400_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    @Test(
        arguments: [
            (nil, 10, ByteRange.whole), ("bytes=0-0", 10, .part(first: 0, last: 0)),
            ("bytes=2-5", 10, .part(first: 2, last: 5)), ("bytes=5-", 10, .part(first: 5, last: 9)),
            ("bytes=-3", 10, .part(first: 7, last: 9)), ("bytes=-30", 10, .part(first: 0, last: 9)),
            ("bytes=5-99", 10, .part(first: 5, last: 9)), ("bytes=10-", 10, .unsatisfiable),
            ("bytes=-0", 10, .unsatisfiable), ("bytes=0-", 0, .unsatisfiable),
            ("bytes=5-2", 10, .whole), ("bytes=0-1,4-5", 10, .whole), ("bytes=", 10, .whole),
            ("bytes=-", 10, .whole), ("bytes=a-b", 10, .whole), ("bytes= 1-2", 10, .whole),
            ("items=0-1", 10, .whole), ("bytes=+1-2", 10, .whole), ("bytes=1--2", 10, .whole),
            ("bytes=99999999999999999999-", 10, .whole), ("bytes=٣-٤", 10, .whole),
            ("bytes=0-9223372036854775807", 10, .part(first: 0, last: 9)),
        ] as [(String?, Int64, ByteRange)]
    )
    func `a range is read as the standard has it`(sample: (String?, Int64, ByteRange)) {
        #expect(ByteRange(header: sample.0, length: sample.1) == sample.2)
    }

    @Test
    func `a file comes whole, to be saved, and never to be shown in our name`() async throws {
        try await fetch([:]) { response in
            #expect(response.status == .ok)
            #expect(Array(response.body.readableBytesView) == Self.content)
            #expect(response.headers[.contentLength] == "400000")
            #expect(
                response.headers[.contentDisposition]
                    == "attachment; filename=\"Ni_a.pdf\"; filename*=UTF-8''Ni%C3%B1a.pdf"
            )
            #expect(response.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
            #expect(response.headers[.init("X-Content-Type-Options") ?? .accept] == "nosniff")
            #expect(response.headers[.cacheControl] == "private, no-store")
        }
    }

    @Test
    func `a part comes with its place, and parts make the whole`() async throws {
        let all = Mutex<[UInt8]>([])
        for start in stride(from: 0, to: 400_000, by: 150_000) {
            let range = "bytes=\(start)-\(start + 149_999)"
            try await fetch([.range: range]) { response in
                #expect(response.status == .partialContent)
                let last = min(start + 149_999, 399_999)
                #expect(response.headers[.contentRange] == "bytes \(start)-\(last)/400000")
                all.withLock { $0 += Array(response.body.readableBytesView) }
            }
        }
        #expect(all.withLock { $0 } == Self.content)
    }

    @Test
    func `a range beyond the end is refused with the length`() async throws {
        try await fetch([.range: "bytes=400000-"]) { response in
            #expect(response.status == .rangeNotSatisfiable)
            #expect(response.headers[.contentRange] == "bytes */400000")
        }
    }

    @Test
    func `a browser that has the file is not sent it again`() async throws {
        let tag = Mutex("")
        try await fetch([:]) { response in tag.withLock { $0 = response.headers[.eTag] ?? "" } }
        let known = tag.withLock { $0 }

        try await fetch([.ifNoneMatch: known]) { response in
            #expect(response.status == .notModified)
            #expect(response.body.readableBytes == 0)
        }
        try await fetch([.range: "bytes=0-9", .ifRange: known]) { response in
            #expect(response.status == .partialContent)
        }
        try await fetch([.range: "bytes=0-9", .ifRange: "\"other\""]) { response in
            #expect(response.status == .ok)
        }
    }

    @Test
    func `a file is taken by whoever has all of it, and not by its last byte`() async throws {
        let sent = Mutex(0)
        let memory = FetchMemory()
        func read(by reader: Int) -> Fetch {
            Fetch(memory, .init(.numbered(reader), .numbered(5), .sealed), isGiven: { true }) {
                sent.withLock { $0 += 1 }
            }
        }
        func sendings(_ headers: HTTPFields, by reader: Int = 1) async throws -> Int {
            try await fetch(headers, fetch: read(by: reader)) { _ in }
            return sent.withLock(\.self)
        }
        try await fetch([:], method: .head, fetch: read(by: 1)) { response in
            #expect(response.headers[.contentLength] == "400000")
            #expect(response.body.readableBytes == 0)
        }
        #expect(try await sendings([.range: "bytes=0-9"]) == 0)
        #expect(try await sendings([.range: "bytes=-1"]) == 0)
        #expect(try await sendings([.range: "bytes=11-399998"]) == 0)
        // Somebody else's bytes are not theirs.
        #expect(try await sendings([.range: "bytes=10-10"], by: 2) == 0)
        #expect(try await sendings([.range: "bytes=10-10"]) == 1)
        #expect(try await sendings([.range: "bytes=-1"]) == 1)
        #expect(try await sendings([:]) == 2)
        #expect(try await sendings([:], by: 2) == 3)
    }

    @Test
    func `readings are forgotten, the oldest first, when there are too many`() {
        let memory = FetchMemory(most: 2)
        func key(_ reader: Int) -> FetchMemory.Key {
            .init(.numbered(reader), .numbered(5), .sealed)
        }
        for reader in 1...3 { memory.add(0..<10, of: key(reader)) }
        #expect(!memory.takeWhole(key(1), of: 10))
        #expect(memory.takeWhole(key(2), of: 10))
        #expect(memory.takeWhole(key(3), of: 10))
        #expect(!memory.takeWhole(key(3), of: 10))
        // There is nothing to read of an empty file.
        #expect(memory.takeWhole(key(1), of: 0))
    }

    @Test
    func `a file that is shorter than it says does not pass for whole`() async throws {
        struct Liar: ProtectedFileReader {
            var byteCount: Int64 { 100_000 }
            func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
                offset == 0 ? [1, 2, 3] : []
            }
        }
        let key = FetchMemory.Key(.numbered(1), .numbered(5), .sealed)
        let fetch = Fetch(FetchMemory(), key, isGiven: { true }) {
            Issue.record("not sent")
        }
        let pages = DownloadPages(reader: Liar(), fetch: fetch)
        try await withLiveServer(Stage(pages: pages)) { port in
            let client = try RawClient(port: port)
            client.send("GET /help HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let text = await client.readToEnd()
            #expect(text?.contains("100000") == true)
            #expect((text?.utf8.count ?? 0) < 2_000)
        }
    }

    @Test(arguments: [(20 << 20, 3, 8 << 20), (300_000, 1, 0)])
    func `what is taken back while somebody reads it breaks off before its end`(
        size: Int,
        asked: Int,
        least: Int
    ) async throws {
        let count = Mutex(0)
        let key = FetchMemory.Key(.numbered(1), .numbered(5), .sealed)
        let fetch = Fetch(
            FetchMemory(),
            key,
            isGiven: {
                count.withLock {
                    $0 += 1; return $0 < asked
                }
            },
            whenWhole: { Issue.record("not sent") }
        )
        let pages = DownloadPages(reader: Zeros(byteCount: Int64(size)), fetch: fetch)
        try await withLiveServer(Stage(pages: pages)) { port in
            let client = try RawClient(port: port)
            client.send("GET /help HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let came = await client.readToEnd()?.utf8.count ?? 0
            #expect(came >= least)
            #expect(came < min(size, 13 << 20))
        }
        #expect(count.withLock(\.self) == asked)
    }

    @Test
    func `what goes out in one piece was given this moment and is not asked about`() async throws {
        let taken = Mutex(false)
        let key = FetchMemory.Key(.numbered(1), .numbered(5), .sealed)
        let fetch = Fetch(
            FetchMemory(),
            key,
            isGiven: { false },
            whenWhole: { taken.withLock { $0 = true } }
        )
        let pages = DownloadPages(reader: Zeros(byteCount: 100_000), fetch: fetch)
        try await Stage(pages: pages).app.test(.router) { client in
            try await client.execute(uri: "/help", method: .get) { response in
                #expect(response.body.readableBytes == 100_000)
            }
        }
        #expect(taken.withLock { $0 })
    }

    @Test(.timeLimit(.minutes(10)))
    func `many slow readers get it all`() async throws {
        let size = 6 << 20
        let pages = DownloadPages(reader: Zeros(byteCount: Int64(size)))
        try await withLiveServer(Stage(pages: pages)) { port in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        let client = try RawClient(port: port, receiveBuffer: 16_384)
                        client.send(
                            "GET /help HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        )
                        return await client.readToEnd()?.utf8.count ?? 0
                    }
                }
                for try await count in group { #expect(count > size) }
            }
        }
    }

    private func fetch(
        _ headers: HTTPFields,
        method: HTTPRequest.Method = .get,
        fetch: Fetch? = nil,
        check: @escaping @Sendable (TestResponse) async throws -> Void
    ) async throws {
        let pages = DownloadPages(reader: MemoryReader(bytes: Self.content), fetch: fetch)
        try await Stage(pages: pages).app.test(.router) { client in
            try await client.execute(uri: "/help", method: method, headers: headers) {
                try await check($0)
            }
        }
    }
}

/// Answers every public page with a download.
struct DownloadPages: PublicPages {
    let reader: any ProtectedFileReader
    var fetch: Fetch?

    func respond(to route: PublicRoute, _ visit: Visit) async throws -> Response {
        Download(
            reader: reader,
            name: "Niña.pdf",
            mediaType: "application/pdf",
            digest: SeededSecrets().digest(of: [1, 2, 3]),
            fetch: fetch
        ).response(to: visit.request)
    }
}

/// As many zeros as wanted.
struct Zeros: ProtectedFileReader {
    let byteCount: Int64

    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        [UInt8](repeating: 0, count: Int(min(Int64(maximum), byteCount - offset)))
    }
}
