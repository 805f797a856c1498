import Foundation
import HostileInput
import SeededNumbers
import Testing
import Vocabulary

@Suite("Email address") struct EmailAddressTests {
    typealias Malformed = EmailAddress.Malformed

    @Test(arguments: [
        ("records@oak.example", "records", "oak.example"),
        ("a@b.test", "a", "b.test"),
        ("maria.o'neil+k12@District-7.Oak.EXAMPLE", "maria.o'neil+k12", "district-7.oak.example"),
        ("x_y%z@xn--oak-9x.example", "x_y%z", "xn--oak-9x.example"),
    ])
    func `an ordinary address is taken apart`(text: String, local: String, domain: String) throws {
        let address = try EmailAddress(parsing: text)
        #expect(address.description == text)
        #expect(address.localPart == local)
        #expect(address.domain == domain)
    }

    @Test(arguments: [
        ("", Malformed.missingAtSign), ("records", .missingAtSign),
        ("@oak.example", .emptyLocalPart),
        ("a@", .badDomain), ("a@oak", .badDomain), ("a@.example", .badDomain),
        ("a@oak..example", .badDomain), ("a@oak.example.", .badDomain),
        ("a@b@oak.example", .badDomain),
        ("a@-oak.example", .badDomain), ("a@oak-.example", .badDomain),
        ("a@o_k.example", .badDomain),
        ("a@oak/x.example", .badDomain), ("a@oak?x=.example", .badDomain),
        ("a@oak.example#x", .badDomain), ("a@oak%00.example", .badDomain),
        ("a b@oak.example", .forbiddenCharacter),
        ("a@oak.example\r\nBcc:x@y.example", .forbiddenCharacter),
        ("a\r\n@oak.example", .forbiddenCharacter), ("a\u{0}@oak.example", .forbiddenCharacter),
        ("<a@oak.example>", .forbiddenCharacter), ("\"a b\"@oak.example", .forbiddenCharacter),
        ("a@[10.0.0.1]", .forbiddenCharacter), ("a,b@oak.example", .forbiddenCharacter),
        ("a;b@oak.example", .forbiddenCharacter), ("a:b@oak.example", .forbiddenCharacter),
        ("a\\@oak.example", .forbiddenCharacter), ("josé@oak.example", .forbiddenCharacter),
        ("a@oák.example", .forbiddenCharacter), ("a＠oak.example", .forbiddenCharacter),
        ("a@oak.example\u{301}", .forbiddenCharacter), ("a\u{7F}@oak.example", .forbiddenCharacter),
    ])
    func `hostile input is refused by name`(text: String, problem: Malformed) {
        #expect(throws: problem) { try EmailAddress(parsing: text) }
    }

    @Test func `each byte is taken or refused in each place`() {
        // Bytes that may stand in a local part; a domain takes fewer.
        let local = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
            .union("!#$%&'*+-/=?^_`{|}~.".utf8)
        let host = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-".utf8)
        for byte in 0..<0x80 as Range<UInt8> {
            let character = String(decoding: [byte], as: UTF8.self)
            let inLocal = try? EmailAddress(parsing: "a\(character)b@oak.example")
            let inHost = try? EmailAddress(parsing: "a@o\(character)k.example")
            #expect((inLocal != nil) == (local.contains(byte)), "byte \(byte)")
            #expect((inHost != nil) == (host.contains(byte) || character == "."), "byte \(byte)")
        }
    }

    @Test func `254 bytes are taken and 255 refused`() throws {
        let label = String(repeating: "a", count: 60)
        let tail = "@" + [label, label, label].joined(separator: ".") + ".example"
        let longest = String(repeating: "x", count: 254 - tail.utf8.count) + tail
        #expect(longest.utf8.count == 254)

        #expect(try EmailAddress(parsing: longest).description == longest)
        #expect(throws: Malformed.tooLong) { try EmailAddress(parsing: "x" + longest) }
    }

    @Test func `a label has at most 63 bytes`() {
        let label = String(repeating: "a", count: 63)
        #expect((try? EmailAddress(parsing: "a@\(label).example")) != nil)
        #expect(throws: Malformed.badDomain) { try EmailAddress(parsing: "a@\(label)a.example") }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `whatever is taken cannot end a header line or a command`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let text =
            generator.hostileText(upTo: 8) + "@" + generator.hostileText(upTo: 3) + "a.example"
        guard let address = try? EmailAddress(parsing: text) else { return }
        #expect(address.description == text)
        #expect(address.description.utf8.allSatisfy { (0x21...0x7E).contains($0) })
        #expect(!address.description.contains { "<>,;:\"\\ ".contains($0) })
        #expect(address.description.split(separator: "@").count == 2)
    }

    @Test func `is parsed again when it is decoded`() throws {
        let address = try EmailAddress(parsing: "records@oak.example")
        let coded = try JSONEncoder().encode([address])
        #expect(try JSONDecoder().decode([EmailAddress].self, from: coded) == [address])
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode([EmailAddress].self, from: Data(#"["a@b"]"#.utf8))
        }
    }
}
