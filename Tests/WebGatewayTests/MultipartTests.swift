import NIOCore
import SeededNumbers
import Testing
import WebGateway

@Suite("Multipart form")
struct MultipartTests {
    private struct Part: Equatable {
        var head: PartHead
        var body: [UInt8] = []
    }

    private static let boundary = "----WebKitFormBoundary7MA4YWxk"

    @Test(arguments: [1, 2, 3, 7, 64, 1_000, 1 << 20])
    func `parts come out whole, however the bytes arrive`(piece: Int) throws {
        // Content that looks like a delimiter until its last byte.
        let tricky = String(repeating: "\r\n--\(Self.boundary.dropLast())\r\n-\r\r\n--", count: 40)
        let body = form([
            ("form-data; name=\"csrf\"", "token"),
            ("form-data; name=\"note\"", ""),
            ("form-data; name=\"files\"; filename=\"a b.pdf\"\r\nContent-Type: text/x", tricky),
        ])

        let parts = try parse(body, piece: piece)

        #expect(
            parts == [
                Part(head: PartHead(name: "csrf"), body: Array("token".utf8)),
                Part(head: PartHead(name: "note")),
                Part(head: PartHead(name: "files", fileName: "a b.pdf"), body: Array(tricky.utf8)),
            ]
        )
    }

    @Test
    func `random forms survive random cuts`() throws {
        var generator = SeededGenerator(seed: 31)
        let pool = Array("\r\n--=WebKit7MA4YWxk".utf8)
        for _ in 0..<300 {
            var expected: [Part] = []
            var parts: [(String, String)] = []
            for number in 0..<Int.random(in: 0...5, using: &generator) {
                let content = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
                    pool.randomElement(using: &generator) ?? 0
                }
                let text = String(decoding: content, as: UTF8.self)
                guard !text.contains("\r\n--\(Self.boundary)") else { continue }
                parts.append(("form-data; name=\"f\(number)\"", text))
                expected.append(Part(head: PartHead(name: "f\(number)"), body: content))
            }
            let body = form(parts)
            let found = try parse(body, piece: Int.random(in: 1...80, using: &generator))
            #expect(found == expected)
        }
    }

    @Test
    func `mutated forms are refused or read, the same for every cut, and nothing else`() {
        var generator = SeededGenerator(seed: 32)
        let original = form([
            ("form-data; name=\"csrf\"", "token"),
            ("form-data; name=\"files\"; filename=\"a.pdf\"", "%PDF-1.7 and so on"),
        ])
        for _ in 0..<3_000 {
            var body = original
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let position = Int.random(in: 0..<body.count, using: &generator)
                switch Int.random(in: 0...3, using: &generator) {
                case 0: body[position] = UInt8.random(in: 0...255, using: &generator)
                case 1: body.remove(at: position)
                case 2: body.insert(UInt8.random(in: 0...255, using: &generator), at: position)
                default: body.removeSubrange(position...)
                }
                if body.isEmpty { break }
            }
            let whole = try? parse(body, piece: 1 << 20)
            let cut = try? parse(body, piece: Int.random(in: 1...9, using: &generator))
            #expect(whole == cut)
        }
    }

    @Test(arguments: 0..<140)
    func `a form that ends early is cut short`(length: Int) {
        let body = form([("form-data; name=\"a\"", "some text here")])

        #expect(throws: MultipartParser.Malformed.cutShort) {
            try parse(Array(body.prefix(min(length, body.count - 4))), piece: 5)
        }
    }

    @Test(arguments: [
        "no boundary at all", "--other\r\n", "\r\n--\(boundary)\r\n", " --\(boundary)\r\n",
        "--\(boundary)X\r\n", "--\(boundary)\n\n", "--\(boundary) \r\n",
    ])
    func `what does not begin with the delimiter is refused`(text: String) {
        #expect(throws: MultipartParser.Malformed.badDelimiter) {
            try parse(Array(text.utf8) + [UInt8](repeating: 0x41, count: 100), piece: 100)
        }
    }

    @Test
    func `a header without end is refused before it fills the memory`() {
        let body = "--\(Self.boundary)\r\n" + String(repeating: "X-A: b\r\n", count: 2_000)

        #expect(throws: MultipartParser.Malformed.headTooLong) {
            try parse(Array(body.utf8), piece: 100)
        }
    }

    @Test
    func `more parts than any form has are refused`() {
        let parts = (0...MultipartParser.mostParts).map { ("form-data; name=\"\($0)\"", "") }

        #expect(throws: MultipartParser.Malformed.tooManyParts) {
            try parse(form(parts), piece: 4_096)
        }
    }

    @Test(arguments: [
        ("name=\"a\"", PartHead.Malformed.notFormData),
        ("attachment; name=\"a\"", .notFormData),
        ("form-data", .noName), ("form-data; filename=\"x\"", .noName),
        ("form-data; name=\"a", .badParameter), ("form-data; name", .badParameter),
        ("form-data; name=\"a\"; name=\"b\"", .badParameter),
        ("form-data; name=\"a\" junk", .badParameter),
        ("form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"", .twoDispositions),
        ("form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64", .encoded),
        ("form-data; name=\"a\"\r\n folded: no", .badLine),
        ("form-data; name=\"a\"\nX: y", .badLine), ("form-data; name=\"a\u{0}\"", .badLine),
        ("form-data; name=\"a\"\r\nno colon", .badLine),
    ])
    func `a malformed header is refused by its reason`(sample: (String, PartHead.Malformed)) {
        let bytes = Array("Content-Disposition: \(sample.0)".utf8)

        #expect(throws: sample.1) { try PartHead(parsing: bytes) }
    }

    @Test(
        arguments: [
            ("name=a", "a", nil), ("name=\"a\"; filename=\"\"", "a", ""),
            ("name=\"a\"; filename=\"x;y=z.pdf\"", "a", "x;y=z.pdf"),
            ("NAME=\"a\"; FileName=\"x\"", "a", "x"),
            ("name=\"a\"; filename=\"say %22hi%22%0D%0A.pdf\"", "a", "say \"hi\"\r\n.pdf"),
            ("name=\"a\"; filename=\"50%25 %2e.pdf\"", "a", "50%25 %2e.pdf"),
            ("name=\"a\"; filename=\"C:\\\\x\\\"y.pdf\"", "a", "C:\\x\"y.pdf"),
            ("name=\"a\"; filename=\"C:\\new.pdf\"", "a", "C:\\new.pdf"),
            ("name=\"ñ\"; filename=\"señal 😀.pdf\"", "ñ", "señal 😀.pdf"),
            ("name=\"a\"; filename=\"x\"; filename*=UTF-8''evil.exe", "a", "x"),
            ("name=\"a\" ; filename=\"x\" ;", "a", "x"),
        ] as [(String, String, String?)]
    )
    func `names are read as browsers and curl write them`(
        sample: (String, String, String?)
    ) throws {
        let head = try PartHead(parsing: Array("content-disposition: form-data; \(sample.0)".utf8))

        #expect(head == PartHead(name: sample.1, fileName: sample.2))
    }

    @Test(
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"),
            ("Multipart/Form-Data; charset=utf-8; boundary=\"a b\"", nil),
            ("multipart/form-data; boundary=\"a:b\"", "a:b"), ("multipart/form-data", nil),
            ("multipart/form-data; boundary=", nil), ("multipart/form-data; boundary=\"\"", nil),
            ("multipart/mixed; boundary=abc", nil), ("text/plain", nil), ("", nil),
            ("multipart/form-data; boundary=a; boundary=b", nil),
            ("multipart/form-data; boundary=\(String(repeating: "x", count: 71))", nil),
            ("multipart/form-data; boundary=a\u{F1}", nil),
        ] as [(String, String?)]
    )
    func `a boundary is taken from its header alone`(sample: (String, String?)) {
        #expect(MultipartBoundary(contentType: sample.0)?.description == sample.1)
    }

    private func form(_ parts: [(String, String)]) -> [UInt8] {
        let texts = parts.map { head, body in
            "--\(Self.boundary)\r\nContent-Disposition: \(head)\r\n\r\n\(body)\r\n"
        }
        return Array((texts.joined() + "--\(Self.boundary)--\r\n").utf8)
    }

    private func parse(_ body: [UInt8], piece: Int) throws -> [Part] {
        let boundary = try #require(
            MultipartBoundary(contentType: "multipart/form-data; boundary=\(Self.boundary)")
        )
        var parser = MultipartParser(boundary: boundary)
        var parts: [Part] = []
        var isInside = false
        for start in stride(from: 0, to: body.count, by: piece) {
            parser.feed(ByteBuffer(bytes: body[start..<min(start + piece, body.count)]))
            while let event = try parser.next() {
                switch event {
                case .part(let head):
                    #expect(!isInside)
                    isInside = true
                    parts.append(Part(head: head))
                case .data(let bytes):
                    #expect(isInside && bytes.readableBytes > 0)
                    parts[parts.count - 1].body += Array(bytes.readableBytesView)
                case .partEnd: isInside = false
                case .end: #expect(!isInside)
                }
            }
        }
        try parser.finish()
        return parts
    }
}
