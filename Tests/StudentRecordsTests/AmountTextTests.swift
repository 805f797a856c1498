import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

/// Amounts read a second time, digit by digit, as a person with a pencil would.
@Suite("Amounts against their digits") struct AmountTextTests {
    /// Hundredths of a plain decimal number; `nil` where a digit would be lost or it is none.
    private static func byHand(_ text: String) -> Int? {
        var whole = ""
        var places: String?
        for character in text {
            switch (character, places) {
            case (".", nil): places = ""
            case ("0"..."9", nil): whole.append(character)
            case ("0"..."9", let digits?): places = digits + String(character)
            default: return nil
            }
        }
        let fraction = places ?? ""
        guard !(whole + fraction).isEmpty, (whole + fraction).count <= 15,
            fraction.dropFirst(2).allSatisfy({ $0 == "0" })
        else { return nil }
        let hundredths = String((fraction + "00").prefix(2))
        guard let count = Int((whole.isEmpty ? "0" : whole) + hundredths),
            count <= Hundredths.largest.count
        else { return nil }
        return count
    }

    @Test(arguments: 0..<60)
    func `whatever is written is read to the hundredth or not at all`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let characters = Array("0011223559.. -+,e٣")
        for _ in 0..<300 {
            let length = Int.random(in: 0...9, using: &generator)
            let text = String(
                (0..<length).compactMap { _ in characters.randomElement(using: &generator) }
            )
            let isPlain = text.unicodeScalars.allSatisfy { $0.isASCII }
            let expected = isPlain ? Self.byHand(text) : nil
            #expect(Hundredths(text)?.count == expected, "\(text)")
        }
    }

    @Test(arguments: 0..<40)
    func `an amount is written with two places and in the order of its size`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let counts = (0..<50).map { _ in Int.random(in: 0...99_999, using: &generator) }
        for count in counts {
            let text = Hundredths(count).description
            #expect(Self.byHand(text) == count)
            #expect(text.split(separator: ".").map(\.count).last == 2)
        }
        let ordered = counts.map { Hundredths($0) }.sorted()
        #expect(ordered.map(\.count) == counts.sorted())
        #expect(ordered.sum.count == counts.reduce(0, +))
        let (one, other) = (try #require(ordered.first), try #require(ordered.last))
        #expect(one.left(of: other).count == other.count - one.count)
        #expect(other.left(of: one) == .zero)
        #expect((one + other).left(of: other) == .zero)
    }

    @Test(arguments: [
        ("100000", 10_000_000), ("100000.00", 10_000_000), ("100000.01", nil), ("100001", nil),
        ("000000000000000", 0), ("0000000000000000", nil), ("0.000000000000000", nil),
        ("99999999999999999999", nil), ("00001.5", 150),
    ])
    func `the largest amount is read, and no number of digits overflows`(
        text: String,
        count: Int?
    ) {
        #expect(Hundredths(text)?.count == count)
    }
}
