import Intake
import Testing

@Suite("Encodings of texts at the door")
struct TextEncodingTests {
    private static let table = "Course Title,Teacher\nEspañol,José Peña\n"

    /// What spreadsheets and student systems write, by what it is.
    private static let taken: [(String, [UInt8], FileType, TextEncoding)] = [
        ("a table", Samples.text(table), .csv, .utf8),
        ("a table with a mark", Samples.text("\u{FEFF}" + table), .csv, .utf8),
        ("a table of an older spreadsheet", western(table), .csv, .western),
        (
            "a table with semicolons",
            western("Título;Año\nEspañol, dos;2025\n"), .csv, .western
        ),
        ("a table in quotes", western("a,b\n\u{201C}José\u{201D},x\n"), .csv, .western),
        ("a table of wide letters", wide(table, isLittle: true), .csv, .utf16),
        ("a table of wide letters, great end first", wide(table, isLittle: false), .csv, .utf16),
        ("Unicode text", wide("Título\tAño\r\nEspañol\t2025\r\n", isLittle: true), .csv, .utf16),
        ("a table with a pictogram", wide("a,b\n😀,x\n", isLittle: false), .csv, .utf16),
        ("JSON", western("{\"firstName\": \"José\"}"), .json, .western),
        ("JSON of wide letters", wide("[{\"a\": \"José\"}]", isLittle: true), .json, .utf16),
        (
            "XML",
            western("<?xml version='1.0' encoding='ISO-8859-1'?><a>Muñoz of the school</a>"),
            .xml, .western
        ),
        (
            "XML of wide letters",
            wide("<?xml version=\"1.0\" encoding=\"utf-16\"?><a>Muñoz</a>", isLittle: true),
            .xml, .utf16
        ),
    ]

    /// What only looks like one of them.
    private static let refused: [(String, [UInt8], isText: Bool)] = [
        ("a page of wide letters", wide("<html><p>José</p></html>", isLittle: true), true),
        ("a page, great end first", wide("<!-- x --><HTML></HTML>", isLittle: false), true),
        ("a drawing of wide letters", wide("<s:svg xmlns:s='x'/>", isLittle: true), true),
        ("a script of wide letters", wide("#!/bin/sh\nrm,x\nrm,y\n", isLittle: true), true),
        ("a document type", wide("<!DOCTYPE a [<!ENTITY e 'x'>]><a/>", isLittle: false), true),
        ("a page with accents", western("<html><p>José of the school</p></html>"), true),
        ("a style sheet", western("<?xml-stylesheet href='é.xsl'?><a>and more of it</a>"), true),
        ("a script with accents", western("#!/bin/sh\necho José,x\necho José,y\n"), true),
        ("words with accents", western("Nombre: José Muñoz y otras cosas"), true),
        ("wide words", wide("Nombre: José Muñoz y otras cosas", isLittle: true), true),
        ("braces and no JSON", western("{José, who is not of the school}"), true),
        (
            "XML of another page",
            western("<?xml version='1.0' encoding='windows-1251'?><a>ñ and more of it</a>"), true
        ),
        (
            "XML in seven bits of wide letters",
            wide("<?xml version='1.0' encoding='utf-7'?><a>ñ</a>", isLittle: true), true
        ),
        (
            "a Cyrillic table",
            [0xCF, 0xE5, 0xF2, 0xF0, 0x2C, 0xC8, 0xE2, 0xE0, 0xED, 0x0A]
                + [0xCF, 0xE5, 0xF2, 0xF0, 0x2C, 0xC8, 0xE2, 0xE0, 0xED, 0x0A], true
        ),
        (
            "a byte without meaning",
            Samples.text("course,teacher\nAlgebra,Mu") + [0x81] + Samples.text("oz\n"), true
        ),
        (
            "UTF-8 with a wrong byte",
            Samples.text("course,teacher\nEspañol,Mu") + [0xF1] + Samples.text("oz\n"), true
        ),
        (
            "UTF-8 that is cut",
            Samples.text("course,teacher\nAlgebra,Ana ") + [0xE2, 0x82], true
        ),
        (
            "a mark of UTF-8 before other bytes",
            Samples.text("\u{FEFF}course,teacher\nArt,Mu") + [0xF1] + Samples.text("oz\n"), true
        ),
        (
            "a terminal trick with accents",
            western("course,teacher\nAlgebra \u{1B}[2J,José\n"), false
        ),
        ("a NUL among accents", western("course,teacher\nAlgebra\u{0},José\n"), false),
        ("a wide NUL", wide("course,teacher\nAlgebra\u{0},José\n", isLittle: true), false),
        ("a wide control", wide("course,teacher\nAlgebra\u{85},José\n", isLittle: false), false),
        ("half a letter", wide(table, isLittle: true) + [0x41], true),
        ("half a pair", wide(table, isLittle: true) + [0x3D, 0xD8], true),
        ("a pair the wrong way", wide(table, isLittle: true) + [0, 0xDE, 0x3D, 0xD8], false),
        ("a pair that is none", wide(table, isLittle: true) + [0x3D, 0xD8, 0x41, 0], false),
        ("letters of four bytes", [0xFF, 0xFE, 0, 0] + [UInt8](repeating: 0x41, count: 40), false),
    ]

    @Test(arguments: taken.indices)
    func `data is taken in the encodings that spreadsheets write`(index: Int) throws {
        let (name, bytes, type, encoding) = Self.taken[index]
        let found = try Self.sniff(bytes)
        #expect(found.type == type, "\(name)")
        #expect(found.encoding == encoding, "\(name)")
    }

    @Test(arguments: refused.indices)
    func `what is no data, or whose letters are unsure, is refused`(index: Int) {
        let (name, bytes, isText) = Self.refused[index]
        #expect(throws: TypeSniffer.NotAllowed(hasUnknownLetters: isText), "\(name)") {
            try Self.sniff(bytes)
        }
    }

    @Test(arguments: taken.indices)
    func `it is the same however the bytes arrive`(index: Int) throws {
        let (name, bytes, type, encoding) = Self.taken[index]
        for size in [1, 2, 3, 7, 17] {
            var sniffer = TypeSniffer()
            var rest = bytes[...]
            while !rest.isEmpty {
                try Array(rest.prefix(size)).withUnsafeBytes { try sniffer.read($0) }
                rest = rest.dropFirst(size)
            }
            #expect(try sniffer.finish() == type, "\(name)")
            #expect(sniffer.encoding == encoding, "\(name)")
        }
    }

    @Test(arguments: UInt8(0x80)...0xFF)
    func `one byte of the Western page is taken where it means something`(byte: UInt8) {
        let bytes = Samples.text("course,teacher\nAlgebra,x") + [byte] + Samples.text("y\n")
        let means = ![0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte)
        #expect((try? Self.sniff(bytes).encoding == .western) == (means ? true : nil))
    }

    @Test
    func `no encoding but UTF-8 is named where a file is stored`() {
        #expect(FileType.csv.mediaType(in: .utf8) == "text/csv; charset=utf-8")
        for encoding in [TextEncoding.western, .utf16] {
            for type in [FileType.csv, .json, .xml] {
                #expect(!type.mediaType(in: encoding).contains("charset"))
                #expect(type.mediaType.hasPrefix(type.mediaType(in: encoding)))
            }
        }
    }

    private static func sniff(_ bytes: [UInt8]) throws -> (type: FileType, encoding: TextEncoding) {
        var sniffer = TypeSniffer()
        try bytes.withUnsafeBytes { try sniffer.read($0) }
        let type = try sniffer.finish()
        return (type, sniffer.encoding)
    }

    private static func western(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\u{201C}": 0x93
            case "\u{201D}": 0x94
            default: UInt8(truncatingIfNeeded: scalar.value)
            }
        }
    }

    private static func wide(_ text: String, isLittle: Bool) -> [UInt8] {
        ("\u{FEFF}" + text).utf16.flatMap { unit in
            let both = [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
            return isLittle ? both : both.reversed()
        }
    }
}
