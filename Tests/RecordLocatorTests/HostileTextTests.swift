import RecordLocator
import SeededNumbers
import Testing
import Vocabulary

@Suite("Hostile text in the locator") struct HostileTextTests {
    private static func text(_ fields: [String], born: String = "") -> IdentityText {
        var text = IdentityText()
        for field in fields { text.append(field.utf8) }
        text.birthDay = BirthDay(written: born.utf8)
        return text
    }

    private static let names = [
        "", " ", "-", "?", "Jr", "de la", "N/A", "\u{0}", "\u{301}\u{301}", "李小龍", "Жук", "ñ",
        "Ã±", "PeÃ\u{91}a", "peã\u{91}a", "Pe?a", "👩‍👩‍👧", "\u{202E}zepóL",
        String(repeating: "x", count: 500), String(repeating: "José ", count: 100),
        String(repeating: "é", count: 250), String(repeating: "a b ", count: 125),
    ]

    @Test func `any text is filed, found by itself and withdrawn`() {
        var index = IdentityIndex()
        var texts: [IdentityText] = []
        for first in Self.names {
            for last in ["", "Vega", first] {
                texts.append(Self.text([last, first, first, last], born: "2010-03-14"))
            }
        }
        for (number, text) in texts.enumerated() { index.insert(text, number: UInt32(number)) }
        index.freeze()
        #expect(index.count == texts.count)
        for (number, text) in texts.enumerated() {
            let people = index.search(text, scoring: .fitted)
            let sum = people.map(\.likelihood).reduce(0, +)
            #expect(people.allSatisfy { (0...1).contains($0.likelihood) } && sum <= 1.000_001)
            #expect(people.flatMap(\.numbers).count <= 40, "of text \(number)")
        }
        for number in texts.indices {
            let isWithdrawn = index.withdraw(UInt32(number))
            #expect(isWithdrawn)
        }
        #expect(index.count == 0)
        for text in texts { #expect(index.search(text, scoring: .fitted).isEmpty) }
    }

    /// Words of seven letters that a hash without a key, the one in every textbook, files in one
    /// place of a table of 1,024.
    private static func colliding(_ count: Int) -> [String] {
        var words: [String] = []
        var number: UInt64 = 0
        while words.count < count {
            number += 1
            var rest = number
            var letters: [UInt8] = []
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for _ in 0..<7 {
                let letter = UInt8(0x61 + rest % 26)
                rest /= 26
                letters.append(letter)
                hash = (hash ^ UInt64(letter)) &* 0x100_0000_01B3
            }
            let folded = UInt32(truncatingIfNeeded: hash ^ hash >> 32)
            if folded & 1_023 == 7 { words.append(String(decoding: letters, as: UTF8.self)) }
        }
        return words
    }

    @Test func `a feed whose words are made to collide makes no word's place a long walk`() {
        var index = IdentityIndex()
        for (number, word) in Self.colliding(300).enumerated() {
            index.append(
                Self.text(["Vega", "", word], born: "2010-03-14"),
                number: UInt32(number)
            )
        }
        index.freeze()
        // In one place there would be three hundred.
        #expect(LocatorProbe.longestWalk(in: index) < 150)
    }

    @Test func `random bytes are read without harm`() {
        var generator = SeededGenerator(seed: 3)
        var index = IdentityIndex()
        for number in 0..<100 {
            var text = IdentityText()
            for _ in IdentityText.Field.allCases {
                let length = Int.random(in: 0..<24, using: &generator)
                text.append((0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) })
            }
            text.birthDay = BirthDay(
                written: (0..<10).map { _ in UInt8.random(in: 0x20...0x7F, using: &generator) }
            )
            index.insert(text, number: UInt32(number))
            _ = index.search(text, scoring: .fitted)
        }
        #expect(index.count == 100)
    }

    @Test(arguments: [
        ("PEÑA", "PeÃ\u{91}a"), ("PEÑA", "peã\u{91}a"), ("PEÑA", "PEÃ‘A"), ("PEÑA", "PE?A"),
        ("MARTÍNEZ", "MartÃ\u{AD}nez"), ("NÚÑEZ", "NÃºÃ±ez"),
    ])
    func `a garbled name is the name`(name: String, garbled: String) {
        #expect(NameFolding.words(of: garbled) == NameFolding.words(of: name))
    }

    @Test(arguments: [
        "2010-03-27", "3/27/2010", "03/27/2010", "20100327", "27-Mar-2010", "March 27, 2010",
        "2010/03/27", "2010-03-27 00:00:00", "27 marzo 2010", " 2010-03-27 ",
    ])
    func `a date is read however it is written`(written: String) throws {
        #expect(BirthDay(written: written.utf8) == BirthDay(try Build.date("2010-03-27")))
    }

    @Test(arguments: [
        "", "2010", "2010-03", "2010-02-30", "13/40/2010", "0000-00-00", "1900-01-01", "abc",
        "99999999999999999999", "--", "2010-3", "Mar 2010",
    ])
    func `what is no date is no date`(written: String) {
        #expect(BirthDay(written: written.utf8) == .unknown)
    }

    @Test func `every day survives being packed`() throws {
        let first = try Build.date("1990-01-01")
        for offset in 0..<20_000 {
            let date = first.advanced(by: offset)
            #expect(BirthDay(written: date.description.utf8) == BirthDay(date))
        }
    }
}
