import HostileInput
import SeededNumbers
import Testing
import Vocabulary

@Suite("Request number") struct RequestNumberTests {
    static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    static let seeds: Range<UInt64> = 0..<60

    private static func number(_ seed: UInt64) -> RequestNumber {
        var generator = SeededGenerator(seed: seed)
        return RequestNumber(bits: generator.next())
    }

    @Test func `is written in two groups of five after its prefix`() {
        #expect(RequestNumber(bits: 0).description == "RQ-00000-00000")
        let fields = Self.number(1).description.split(separator: "-")
        #expect(fields.map(\.count) == [2, 5, 5])
    }

    @Test(arguments: seeds)
    func `survives being written and read`(seed: UInt64) throws {
        let number = Self.number(seed)
        #expect(try RequestNumber(parsing: number.description) == number)
    }

    @Test(arguments: seeds)
    func `every single mistyped character is caught`(seed: UInt64) {
        let typed = Array(Self.number(seed).description.filter { $0 != "-" }.dropFirst(2))
        for position in typed.indices {
            for wrong in Self.alphabet where wrong != typed[position] {
                var mistyped = typed
                mistyped[position] = wrong
                #expect(throws: RequestNumber.Malformed.checkCharacterDiffers) {
                    try RequestNumber(parsing: String(mistyped))
                }
            }
        }
    }

    @Test func `every swap of two neighbours is caught, but that of 0 and Z`() {
        var uncaught: Set<Set<Character>> = []
        for seed in 0..<400 as Range<UInt64> {
            let typed = Array(Self.number(seed).description.filter { $0 != "-" }.dropFirst(2))
            for position in 1..<typed.count where typed[position] != typed[position - 1] {
                var swapped = typed
                swapped.swapAt(position, position - 1)
                if (try? RequestNumber(parsing: String(swapped))) != nil {
                    uncaught.insert([typed[position], typed[position - 1]])
                }
            }
        }

        #expect(uncaught == [["0", "Z"]])
    }

    @Test(arguments: [
        "rq-%-%", "RQ % %", "%%", "Rq%%", " rq - % - % ", "\tRQ-%-%", "r-q-%%",
    ])
    func `is read as people type it`(form: String) throws {
        let number = Self.number(7)
        let groups = number.description.split(separator: "-").dropFirst()
        var typed = form
        for group in groups {
            let place = try #require(typed.firstIndex(of: "%"))
            typed.replaceSubrange(place...place, with: group.lowercased())
        }

        #expect(try RequestNumber(parsing: typed) == number)
    }

    @Test func `O is read as 0, I and L as 1`() throws {
        let number = try #require(
            (0..<UInt64(5_000)).map(Self.number).first { number in
                number.description.contains("0") && number.description.contains("1")
            }
        )
        for one in ["I", "l", "i", "L"] {
            let typed = String(number.description.dropFirst(3))
                .replacing("0", with: "o").replacing("1", with: one)
            #expect(try RequestNumber(parsing: typed) == number)
        }
    }

    @Test func `a number that begins with the letters of the prefix is read without it`() throws {
        // R is 24 and Q is 23 in the alphabet.
        let number = RequestNumber(bits: (24 << 40) | (23 << 35) | 12_345)
        let characters = number.description.filter { $0 != "-" }.dropFirst(2)
        #expect(characters.hasPrefix("RQ"))

        #expect(try RequestNumber(parsing: String(characters)) == number)
        #expect(try RequestNumber(parsing: number.description) == number)
    }

    @Test(arguments: [
        ("", RequestNumber.Malformed.wrongLength(found: 0)),
        ("RQ-7Q4K9-2PMX", .wrongLength(found: 9)),
        ("RQ-7Q4K9-2PMXCC", .wrongLength(found: 11)),
        ("RQ-7Q4K9-2PMXU", .unknownCharacter), ("RQ-7Q4K9-2PM!C", .unknownCharacter),
        ("RQ-7Q4K9-2PMX\u{301}", .wrongLength(found: 11)),
    ])
    func `a refusal says what is wrong`(text: String, problem: RequestNumber.Malformed) {
        #expect(throws: problem) { try RequestNumber(parsing: text) }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `hostile text is refused and never traps`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let text = generator.hostileText(upTo: 20)
        let bytes = String(decoding: generator.bytes(12), as: UTF8.self)
        for typed in [text, bytes, "RQ" + text] {
            guard let number = try? RequestNumber(parsing: typed) else { continue }
            #expect(try RequestNumber(parsing: number.description) == number)
        }
    }

    @Test func `bits above the 45th say nothing`() {
        #expect(RequestNumber(bits: 1 << 45 | 5) == RequestNumber(bits: 5))
        #expect(RequestNumber(bits: 1 << 44 | 5) != RequestNumber(bits: 5))
    }
}
