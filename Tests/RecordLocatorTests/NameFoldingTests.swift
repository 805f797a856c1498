import RecordLocator
import Testing

@Suite("Name folding") struct NameFoldingTests {
    @Test(arguments: [
        ("Muñoz", ["munoz"]), ("MUÑOZ", ["munoz"]), ("Mun\u{303}oz", ["munoz"]),
        ("MuÃ±oz", ["munoz"]), ("MU?OZ", ["munoz"]), ("García-López", ["garcia", "lopez"]),
        ("de la Cruz", ["de", "la", "cruz"]), ("O'Brien", ["obrien"]), ("O’Brien", ["obrien"]),
        ("Øster Ægir Œuvre", ["oster", "aegir", "oeuvre"]), ("Groß", ["gross"]),
        ("Žižek Łódź Ştefan", ["zizek", "lodz", "stefan"]), ("", []), ("---", []),
        ("Ángel  José", ["angel", "jose"]), ("3rd", ["3rd"]), ("×÷", []), ("李", ["李"]),
    ])
    func `takes case and accents away`(name: String, words: [String]) {
        #expect(NameFolding.words(of: name) == words)
    }

    @Test func `folding what is folded changes nothing`() {
        for value in UInt32(0x20)...0x17F {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let once = NameFolding.words(of: "a" + String(Character(scalar)) + "b")
            #expect(once.flatMap(NameFolding.words) == once)
            let bytes = once.flatMap { Array($0.utf8) }
            #expect(bytes.allSatisfy { $0 >= 0x80 || Self.isLetterOrDigit($0) })
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte)
    }

    @Test func `upper and lower case of a letter fold alike`() {
        for value in UInt32(0xC0)...0x17F {
            // The dotted capital I and the long s have no partner of their own.
            guard let scalar = Unicode.Scalar(value), ![0x130, 0x131, 0x149, 0x17F].contains(value)
            else { continue }
            let upper = NameFolding.words(of: scalar.properties.uppercaseMapping)
            let lower = NameFolding.words(of: scalar.properties.lowercaseMapping)
            #expect(upper == lower, "U+\(String(value, radix: 16))")
        }
    }

    @Test(arguments: [
        ("jimenez", "gimenes"), ("jimenez", "ximenez"), ("vasquez", "basques"),
        ("velazquez", "velasques"), ("hernandez", "ernandes"), ("yanez", "llanes"),
        ("quintero", "kintero"), ("quiroz", "kiros"), ("ceja", "seja"), ("philip", "filip"),
    ])
    func `spellings of one sound share a key`(left: String, right: String) {
        #expect(NameSounds.key(of: left) == NameSounds.key(of: right))
    }

    @Test(arguments: [
        ("garcia", "gracia"), ("reyes", "rojas"), ("lopez", "lozano"), ("ana", "ines"),
        ("chavez", "kavez"),
    ])
    func `different sounds have different keys`(left: String, right: String) {
        #expect(NameSounds.key(of: left) != NameSounds.key(of: right))
    }
}
