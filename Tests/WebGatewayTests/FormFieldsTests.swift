import SeededNumbers
import Testing
import WebGateway

@Suite("Form fields")
struct FormFieldsTests {
    @Test(
        arguments: [
            ("a=b", [("a", "b")]), ("", []), ("&&", []), ("a", [("a", "")]), ("a=", [("a", "")]),
            ("=b", [("", "b")]), ("a=b=c", [("a", "b=c")]), ("a=1&a=2", [("a", "1"), ("a", "2")]),
            ("n=Mu%C3%B1oz+Garc%c3%ada", [("n", "Muñoz García")]),
            ("p=%2B%26%3D%25", [("p", "+&=%")]),
            ("%61=%62", [("a", "b")]), ("x=%F0%9F%98%80", [("x", "😀")]),
            ("l=a%0D%0Ab", [("l", "a\r\nb")]),
        ] as [(String, [(String, String)])]
    )
    func `a form is read as browsers write it`(sample: (String, [(String, String)])) throws {
        let fields = try FormFields(urlEncoded: sample.0.utf8)

        #expect(fields.names == sample.1.map(\.0))
        for (name, value) in sample.1 { #expect(fields.all(name).contains(value)) }
    }

    @Test(arguments: [
        ("a=%", FormFields.Malformed.badPercentEncoding), ("a=%4", .badPercentEncoding),
        ("a=%G1", .badPercentEncoding), ("a=%FF", .notUTF8), ("a=%C0%AF", .notUTF8),
        ("a=%ED%A0%80", .notUTF8), ("a=%00", .hasNUL), ("%00=a", .hasNUL),
    ])
    func `what no browser writes is refused`(sample: (String, FormFields.Malformed)) {
        #expect(throws: sample.1) { try FormFields(urlEncoded: sample.0.utf8) }
    }

    @Test
    func `a form has a bounded number of fields`() throws {
        let most = (0..<FormFields.most).map { "f\($0)=1" }.joined(separator: "&")

        #expect(try FormFields(urlEncoded: most.utf8).names.count == FormFields.most)
        #expect(throws: FormFields.Malformed.tooManyFields) {
            try FormFields(urlEncoded: (most + "&g=1").utf8)
        }
    }

    @Test
    func `the first value counts, and a missing field is not an empty one`() throws {
        let fields = try FormFields(urlEncoded: "a=1&a=2&b=".utf8)

        #expect(fields["a"] == "1")
        #expect(fields.all("a") == ["1", "2"])
        #expect(fields["b"] == "")
        #expect(fields["c"] == nil)
        #expect(fields.has("b") && !fields.has("c"))
    }

    @Test
    func `a form never prints what people typed`() throws {
        let fields = try FormFields(urlEncoded: "given=Xochitl".utf8)

        #expect(!"\(fields)".contains("Xochitl"))
        #expect(!String(describing: fields).contains("given"))
    }

    @Test
    func `random bytes are read or refused, and written texts come back`() throws {
        var generator = SeededGenerator(seed: 41)
        let pool = Array("ab=&%+2BCñ😀 \r\n;/?".unicodeScalars)
        for _ in 0..<2_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...40, using: &generator) {
                text.append(pool.randomElement(using: &generator) ?? "a")
            }
            let value = String(text)
            let encoded = value.utf8.map { byte in
                "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            let fields = try FormFields(urlEncoded: "v=\(encoded.joined())".utf8)
            #expect(fields["v"] == value)

            let noise = (0..<60).map { _ in UInt8.random(in: 0...127, using: &generator) }
            _ = try? FormFields(urlEncoded: noise)
        }
    }
}
