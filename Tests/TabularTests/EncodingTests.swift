import SeededNumbers
import Tabular
import Testing

@Suite("How bytes are text")
struct EncodingTests {
    private static let text = "given,surname\nJosé,Muñoz\nIñigo,“Ruiz”\n"

    @Test(arguments: TextEncoding.allCases, [true, false])
    func `an encoding is found out and read`(encoding: TextEncoding, mark: Bool) throws {
        let bytes = Self.encode(Self.text, encoding, mark: mark)

        let (found, skip) = try scan(bytes)

        #expect(found == encoding)
        #expect(decode(bytes, found, skip) == Self.text)
    }

    @Test(arguments: [1, 2, 3, 7])
    func `bytes may be cut anywhere`(size: Int) throws {
        for encoding in TextEncoding.allCases {
            let bytes = Self.encode(Self.text + "🌵", encoding, mark: true)
            var scan = EncodingScan()
            for start in stride(from: 0, to: bytes.count, by: size) {
                Array(bytes[start..<min(start + size, bytes.count)])
                    .withUnsafeBytes { scan.read($0) }
            }
            let (found, skip) = try scan.result()
            var decoder = TextDecoder(found, skipping: skip)
            var out: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                out += decoder.decode(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            out += decoder.finish()
            let cactus = encoding == .windows1252 ? "?" : "🌵"
            #expect(String(decoding: out, as: UTF8.self) == Self.text + cactus)
        }
    }

    @Test(arguments: [
        ("PK\u{3}\u{4}xxxx", EncodingScan.Kind.zip), ("%PDF-1.7", .pdf),
    ])
    func `what is no text is named`(head: String, kind: EncodingScan.Kind) {
        #expect(throws: EncodingScan.Unreadable.notText(kind)) { try scan(Array(head.utf8)) }
    }

    @Test
    func `other files are refused`() {
        #expect(throws: EncodingScan.Unreadable.empty) { try scan([]) }
        #expect(throws: EncodingScan.Unreadable.notText(.gzip)) { try scan([0x1F, 0x8B, 8, 0]) }
        #expect(throws: EncodingScan.Unreadable.notText(.oldSpreadsheet)) {
            try scan([0xD0, 0xCF, 0x11, 0xE0, 0xA1])
        }
        #expect(throws: EncodingScan.Unreadable.notText(.binary)) {
            try scan(Array("abc".utf8) + [0, 0, 0, 1, 2, 3])
        }
        #expect(throws: EncodingScan.Unreadable.notText(.binary)) {
            try scan([0x61, 0x81, 0x62])
        }
    }

    @Test
    func `two encodings in one file are refused with their place`() {
        let bytes = Array("José,".utf8) + [0x4D, 0x75, 0xF1, 0x6F, 0x7A]
        #expect(throws: EncodingScan.Unreadable.mixed(offset: 8)) { try scan(bytes) }
        let cutOff = Array("José, Mu".utf8) + [0xC3]
        #expect(throws: EncodingScan.Unreadable.mixed(offset: 9)) { try scan(cutOff) }
    }

    @Test(arguments: [
        ("JosÃ©", "José"), ("MuÃ±oz", "Muñoz"), ("Ã\u{8D}ñigo", "Íñigo"), ("Ã\u{81}ngel", "Ángel"),
        ("Â¿QuÃ©?", "¿Qué?"), ("Ângela", nil), ("José", nil), ("Å uica", nil), ("Plain", nil),
        ("Ã“scar", "Óscar"), ("林Ã©", "林é"), ("", nil),
        // More than once, and with letters made large or small in between.
        ("JosÃƒÂ©", "José"), ("MUÃ\u{83}Â\u{91}OZ", "MUÑOZ"), ("Muã\u{91}Oz", "Muñoz"),
        ("Peã±A", "Peña"), ("PEÃ\u{91}A", "PEÑA"), ("Å\u{91}ry", "őry"), ("iã\u{91}", "iñ"),
        // What stands in names of some language stays.
        ("João", nil), ("Irmã\u{A0}Dulce", nil), ("Irmã´s", nil), ("Åsa", nil), ("Ã", nil),
        ("França", nil), ("Mª Ángeles", nil), ("Bulbuº", nil),
    ])
    func `text that was encoded twice is put right and other text is left`(
        text: String,
        repaired: String?
    ) {
        #expect(TwiceEncoded.repaired(text) == repaired)
    }

    @Test
    func `every character of the code page comes back`() {
        for byte in UInt8.min...UInt8.max {
            guard let scalar = Windows1252.scalar(of: byte) else { continue }
            #expect(Windows1252.byte(of: scalar) == byte)
        }
        #expect(Windows1252.scalar(of: 0x80) == "€")
        #expect(Windows1252.scalar(of: 0x81) == nil)
        #expect(Windows1252.byte(of: "林") == nil)
    }

    @Test(arguments: 1...100 as ClosedRange<UInt64>)
    func `no bytes break the scan, and what it calls UTF-8 is UTF-8`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = (0..<60).map { _ in
            random.next() % 3 == 0 ? UInt8(truncatingIfNeeded: random.next()) : 0x61
        }
        guard let (encoding, _) = try? scan(bytes), encoding == .utf8 else { return }
        #expect(String(validating: bytes, as: UTF8.self) != nil)
    }

    private func scan(_ bytes: [UInt8]) throws(EncodingScan.Unreadable) -> (TextEncoding, Int) {
        var scan = EncodingScan()
        bytes.withUnsafeBytes { scan.read($0) }
        let result = try scan.result()
        return (result.encoding, result.mark)
    }

    private func decode(_ bytes: [UInt8], _ encoding: TextEncoding, _ skip: Int) -> String {
        var decoder = TextDecoder(encoding, skipping: skip)
        return String(decoding: decoder.decode(bytes) + decoder.finish(), as: UTF8.self)
    }

    private static func encode(_ text: String, _ encoding: TextEncoding, mark: Bool) -> [UInt8] {
        switch encoding {
        case .utf8: return (mark ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
        case .windows1252:
            return text.unicodeScalars.map { Windows1252.byte(of: $0) ?? UInt8(ascii: "?") }
        case .utf16LittleEndian:
            return (mark ? [0xFF, 0xFE] : [])
                + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        case .utf16BigEndian:
            return (mark ? [0xFE, 0xFF] : [])
                + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        }
    }
}
