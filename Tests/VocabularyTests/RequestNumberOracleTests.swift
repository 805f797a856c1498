import SeededNumbers
import Testing
import Vocabulary

/// Luhn's check over an alphabet of 32, as it is described: double every second character from the
/// right, add the digits of what comes out, and make the whole divisible.
private struct LuhnOverThirtyTwo {
    static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// Whether ten characters, the check character last, belong together.
    static func isValid(_ characters: [Character]) -> Bool {
        let values = characters.compactMap { alphabet.firstIndex(of: $0) }
        guard values.count == characters.count else { return false }
        let sum = values.reversed().enumerated().reduce(0) { sum, place in
            guard !place.offset.isMultiple(of: 2) else { return sum + place.element }
            let doubled = place.element * 2
            return sum + doubled / 32 + doubled % 32
        }
        return sum.isMultiple(of: 32)
    }
}

@Suite("Request number by the rule") struct RequestNumberOracleTests {
    private static func characters(of number: RequestNumber) -> [Character] {
        Array(number.description.dropFirst(3).filter { $0 != "-" })
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `every number made is valid by the rule`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let number = RequestNumber(bits: generator.next())
        #expect(LuhnOverThirtyTwo.isValid(Self.characters(of: number)))
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `of any ten characters those are read that are valid by the rule`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let typed = (0..<10).map { _ in
                LuhnOverThirtyTwo.alphabet[Int.random(in: 0..<32, using: &generator)]
            }
            let isRead = (try? RequestNumber(parsing: String(typed))) != nil
            #expect(isRead == LuhnOverThirtyTwo.isValid(typed))
        }
    }

    @Test func `of all last characters exactly one is right`() {
        for seed in 0..<100 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let characters = Self.characters(of: RequestNumber(bits: generator.next()))
            let readable = LuhnOverThirtyTwo.alphabet.filter { last in
                (try? RequestNumber(parsing: String(characters.dropLast() + [last]))) != nil
            }
            #expect(readable == [characters[9]])
        }
    }

    @Test func `different bits make different numbers`() {
        var generator = SeededGenerator(seed: 5)
        let bits = (0..<5_000).map { _ in generator.next() & (1 << 45 - 1) }
        let numbers = Set(bits.map { RequestNumber(bits: $0) })
        #expect(numbers.count == Set(bits).count)
        #expect(Set(numbers.map(\.description)).count == numbers.count)
    }

    @Test func `nobody can tell the next number from the last`() throws {
        // Two numbers whose bits differ by one differ in the ninth character and the check alone:
        // the bits must be random, and the type offers no counter.
        let one = Self.characters(of: RequestNumber(bits: 10))
        let next = Self.characters(of: RequestNumber(bits: 11))
        #expect(zip(one, next).map(==) == Array(repeating: true, count: 8) + [false, false])
    }

    @Test func `a number is short, and no character of it is mistaken for another`() {
        for seed in 0..<200 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let text = RequestNumber(bits: generator.next()).description
            #expect(text.utf8.count == 14)

            #expect(!text.dropFirst(3).contains { "ILOU".contains($0) })
        }
    }
}
