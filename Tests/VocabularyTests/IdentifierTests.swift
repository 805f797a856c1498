import Foundation
import HostileInput
import SeededNumbers
import Testing
import Vocabulary

@Suite("Identifier") struct IdentifierTests {
    private enum Thing {}
    private typealias ID = Identifier<Thing>

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `survives being written and read`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let identifier = ID(rawValue: UInt128.random(in: .min ... .max, using: &generator))

        #expect(identifier.description.utf8.count == 26)
        #expect(ID(identifier.description) == identifier)
        #expect(ID(identifier.description.uppercased()) == identifier)
        let coded = try JSONEncoder().encode([identifier])
        #expect(try JSONDecoder().decode([ID].self, from: coded) == [identifier])
    }

    @Test(arguments: [UInt128.min, 1, 31, 32, .max, .max - 1, 1 << 127, 1 << 64])
    func `the edges of the range survive`(value: UInt128) {
        let survived = ID(ID(rawValue: value).description) == ID(rawValue: value)
        #expect(survived)
    }

    @Test func `text sorts as the identifiers do`() {
        var generator = SeededGenerator(seed: 3)
        let identifiers = (0..<200)
            .map { _ in ID(rawValue: UInt128.random(in: .min ... .max, using: &generator)) }
        #expect(identifiers.sorted().map(\.description) == identifiers.map(\.description).sorted())
    }

    @Test(arguments: [
        "", "7", "80000000000000000000000000", "zzzzzzzzzzzzzzzzzzzzzzzzzz",
        "0000000000000000000000000", "000000000000000000000000000", "0000000000000000000000000u",
        "0000000000000000000000000 ", "0000000000000000000000000é", "../../../../../../etc/passw",
        "０0000000000000000000000000",
    ])
    func `any other text is refused`(text: String) {
        #expect(ID(text) == nil)
    }

    @Test func `a damaged identifier says so without quoting it`() throws {
        let data = Data(#"["not one"]"#.utf8)
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([ID].self, from: data)
        }
        #expect(!String(describing: error).contains("not one"))
    }
}

@Suite("Base 32") struct CrockfordBase32Tests {
    @Test func `every character has the value of its place`() {
        for value in 0..<32 as Range<UInt8> {
            let character = CrockfordBase32.character(for: value)
            #expect(CrockfordBase32.value(of: character) == value)
        }
    }

    @Test func `letters in either case, and the ones people mistype, have a value`() {
        let readable = (0...UInt8.max).filter { CrockfordBase32.value(of: $0) != nil }
        let expected = "0123456789ABCDEFGHIJKLMNOPQRSTVWXYZabcdefghijklmnopqrstvwxyz"
        #expect(String(decoding: readable, as: UTF8.self) == expected)
        for (typed, meant) in [
            ("O", "0"), ("o", "0"), ("I", "1"), ("i", "1"), ("L", "1"), ("l", "1"),
        ] {
            #expect(
                typed.utf8.first.flatMap(CrockfordBase32.value)
                    == meant.utf8.first.flatMap(CrockfordBase32.value)
            )
        }
    }

    @Test(arguments: 1...128)
    func `any number of bits survives`(bits: Int) {
        var generator = SeededGenerator(seed: UInt64(bits))
        let mask = bits == 128 ? UInt128.max : (1 << UInt128(bits)) - 1
        for value in [0, mask, UInt128.random(in: 0...mask, using: &generator)] {
            let text = CrockfordBase32.encode(value, bits: bits)
            #expect(text.utf8.count == (bits + 4) / 5)
            // Outside the macro, which in this compiler compares optional 128-bit numbers wrongly.
            let survived = CrockfordBase32.decode(text, bits: bits) == value
            #expect(survived)
        }
    }

    @Test(arguments: 1...127)
    func `only the lowest bits are written`(bits: Int) throws {
        let text = CrockfordBase32.encode(.max, bits: bits)
        let lowest = CrockfordBase32.decode(text, bits: bits) == (1 << UInt128(bits)) - 1
        #expect(lowest)
    }

    @Test func `a first character beyond the bits is refused`() {
        let readable = ["7", "8"].map { CrockfordBase32.decode($0, bits: 3) != nil }
        #expect(readable == [true, false])
        let long = ["10", "1z", "z0", "20"].map { CrockfordBase32.decode($0, bits: 6) != nil }
        #expect(long == [true, true, false, false])
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `what is read is what would be written, in any case`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let text = String(decoding: generator.bytes(5).map { $0 & 0x7F }, as: UTF8.self)
        guard let value = CrockfordBase32.decode(text, bits: 25) else { return }
        let canonical = text.lowercased().replacing("o", with: "0").replacing("i", with: "1")
            .replacing("l", with: "1")
        #expect(CrockfordBase32.encode(value, bits: 25) == canonical)
    }
}
