import RecordLocator
import SeededNumbers
import Testing
import Vocabulary

/// Which rows a search looks at, and that it looks at no others.
@Suite("Search scope") struct SearchScopeTests {
    private static func packed(_ year: Int, _ month: Int, _ day: Int) -> UInt32 {
        UInt32(year) << 9 | UInt32(month) << 5 | UInt32(day)
    }

    /// Said anew, by the calendar: a birth date that has something to do with another.
    private static func isNear(_ left: UInt32, _ right: UInt32) -> Bool {
        if left == 0 || right == 0 { return true }
        let (year, month, day) = (left >> 9, left >> 5 & 15, left & 31)
        let (otherYear, otherMonth, otherDay) = (right >> 9, right >> 5 & 15, right & 31)
        if year == otherYear { return true }
        if month == otherMonth, day == otherDay { return true }
        let isNextYear = year + 1 == otherYear || otherYear + 1 == year
        return isNextYear && (month == otherMonth || day == otherDay)
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func `the rows near a birth date are all of them and no others`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func draw(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }
        let years = draw(1...30)
        var born = try (0..<draw(0...3_000)).map { _ in
            if draw(0...20) == 0 { return UInt32(0) }
            let year = draw(0...200) == 0 ? draw(1...9_999) : 2_000 + draw(0...years)
            let date = try #require(CivilDate(year: year, month: draw(1...12), day: draw(1...28)))
            return BirthDay(date).packed
        }
        born.sort()
        let spans = DaySpans(of: born)
        for _ in 0..<40 {
            let date = try #require(
                CivilDate(year: 1_999 + draw(0...years), month: draw(1...12), day: draw(1...28))
            )
            let asked = BirthDay(date)
            let near = spans.near(asked)
            #expect(near.allSatisfy { !$0.isEmpty })
            #expect(zip(near, near.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
            let found = near.flatMap(Array.init)
            #expect(found == born.indices.filter { Self.isNear(born[$0], asked.packed) })
            let same = spans.rows(in: asked.packed...asked.packed)
            #expect(Array(same) == born.indices.filter { born[$0] == asked.packed })
        }
    }

    @Test func `no rows have no spans`() throws {
        let asked = BirthDay(try Build.date("2010-03-27"))
        #expect(DaySpans().near(asked).isEmpty)
        #expect(DaySpans(of: []).near(asked).isEmpty)
        #expect(DaySpans().rows(in: 0...UInt32.max - 1).isEmpty)
        #expect(DaySpans(of: [asked.packed]).rows(in: 0...asked.packed - 1).isEmpty)
    }

    @Test func `a row that shares one more sound than there are groups shares two of one`() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            let count = Int.random(in: 1...14, using: &generator)
            let groups = Int.random(in: 1...3, using: &generator)
            let rows = (0..<count).map { _ in Float.random(in: 0...1e6, using: &generator) }
            let own = Int.random(in: 0...count, using: &generator)
            let together = SoundGroups(rows: rows, own: own, groups: groups)
            let shared = (0..<count).shuffled(using: &generator).prefix(groups + 1)
            guard shared.count > groups else { continue }
            let isFound = shared.contains { left in
                shared.contains { $0 != left && together.isTogether(left, $0) }
            }
            #expect(isFound)
            for sound in 0..<count { #expect(together.isTogether(sound, sound)) }
        }
    }

    @Test func `the commonest sounds stand in different groups, and parents apart`() {
        let rows: [Float] = [900_000, 10, 800_000, 20, 30, 700_000, 5]
        let three = SoundGroups(rows: rows, own: 5, groups: 3)
        #expect(!three.isTogether(0, 2))
        #expect(!three.isTogether(5, 6))
        #expect(!three.isTogether(2, 5))
        let one = SoundGroups(rows: rows, own: 5, groups: 1)
        #expect(one.isTogether(0, 2) && one.isTogether(5, 6))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `what is remembered of two words is what was kept, or nothing`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var memory = LooseMemory(rows: 1_000)
        var none = LooseMemory(rows: 10)
        var kept: [UInt64: UInt8] = [:]
        var known = 0
        for _ in 0..<20_000 {
            let word = Int.random(in: 0..<20, using: &generator)
            let other = UInt32.random(in: 0..<400, using: &generator) << UInt32(seed * 4)
            let key = UInt64(other) << 8 | UInt64(word)
            if let outcome = memory[word, other] {
                #expect(outcome == kept[key])
                known += 1
            } else {
                let outcome = UInt8.random(in: 0..<15, using: &generator)
                memory.keep(outcome, word, other)
                none.keep(outcome, word, other)
                kept[key] = outcome
                #expect(memory[word, other] == outcome)
            }
            #expect(none[word, other] == nil)
        }
        #expect(known > 1_000)
    }

    // MARK: - Common names

    /// A town where half of the children are a José García López: no name tells anybody apart.
    private struct Alike {
        let names = [
            ("JOSE", "GARCIA", "LOPEZ"), ("JOSE", "GARCIA", "EQUIHUA"), ("HUGO", "GARCIA", "LOPEZ"),
        ]
        var rows: [(name: (String, String, String), born: UInt32, parent: String, city: String)]

        init(count: Int, seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            rows = []
            for _ in 0..<count {
                let place = Int.random(in: 0..<4, using: &generator)
                let day = SearchScopeTests.packed(
                    Int.random(in: 2_000...2_015, using: &generator),
                    Int.random(in: 1...12, using: &generator),
                    Int.random(in: 1...28, using: &generator)
                )
                rows.append(
                    (
                        names[place < 2 ? 0 : place - 1],
                        Int.random(in: 0..<30, using: &generator) == 0 ? 0 : day,
                        Bool.random(using: &generator) ? "CARMEN" : "",
                        Bool.random(using: &generator) ? "URUAPAN" : ""
                    )
                )
            }
        }

        func text(_ row: Int) -> IdentityText {
            let (name, born, parent, city) = rows[row]
            return SearchScopeTests.text(name, born, parent: parent, city: city)
        }
    }

    private static func text(
        _ name: (String, String, String),
        _ born: UInt32,
        parent: String = "",
        city: String = ""
    ) -> IdentityText {
        var text = IdentityText()
        let fields = [
            name.1, name.2, name.0, "", "", "", city, "", "", parent.isEmpty ? "" : name.1, parent,
        ]
        for field in fields { text.append(field.utf8) }
        if born != 0 {
            text.birthDay = BirthDay(
                CivilDate(year: Int(born >> 9), month: Int(born >> 5 & 15), day: Int(born & 31))
            )
        }
        return text
    }

    private static func looked(_ text: IdentityText, _ index: IdentityIndex) -> Set<UInt32> {
        Set(LocatorProbe.rows(text, in: index).map { $0.numbers[0] })
    }

    @Test(arguments: [true, false])
    func `of common names a row is looked at for its birth date or for more words`(
        isDated: Bool
    ) {
        let town = Alike(count: 9_000, seed: 3)
        var frozen = IdentityIndex()
        var living = IdentityIndex()
        for row in town.rows.indices {
            frozen.append(town.text(row), number: UInt32(row))
            if row < 4_500 { living.append(town.text(row), number: UInt32(row)) }
        }
        frozen.freeze()
        living.freeze()
        for row in 4_500..<9_000 { living.insert(town.text(row), number: UInt32(row)) }

        let asked = isDated ? Self.packed(2_008, 3, 27) : 0
        let question = Self.text(("JOSE", "GARCIA", "LOPEZ"), asked, parent: "CARMEN")
        let looked = Self.looked(question, frozen)
        let isEqual = looked == Self.looked(question, living)
        #expect(isEqual)
        for (row, child) in town.rows.enumerated() {
            let isJose = child.name.0 == "JOSE"
            let shared =
                1 + (isJose ? 1 : 0) + (child.name.2 == "LOPEZ" ? 1 : 0)
                + (child.parent.isEmpty ? 0 : 1)
            let isSameDay = child.born == asked && asked != 0
            let isFar = asked != 0 && !Self.isNear(child.born, asked)
            // What must be found: as many words as the birth date asks for, and the given name.
            let isLooked = looked.contains(UInt32(row))
            if isJose, shared >= (isFar ? 4 : 3) || isSameDay { #expect(isLooked, "\(child)") }
            // What must not be read for nothing.
            if shared < 3, isFar || child.born == 0 || asked == 0 {
                #expect(!isLooked, "\(child)")
            }
        }
    }

    @Test func `two rare words and the year are enough, two common ones are not`() {
        let town = Alike(count: 9_000, seed: 4)
        var index = IdentityIndex()
        for row in town.rows.indices { index.append(town.text(row), number: UInt32(row)) }
        let rare = Self.text(("XIMENA", "TECUAPA", "ARRIAGA"), Self.packed(2_008, 11, 2))
        let common = Self.text(("JOSE", "GARCIA", "VEGA"), Self.packed(2_008, 11, 2))
        index.append(rare, number: 9_000)
        index.append(common, number: 9_001)
        index.freeze()
        let born = Self.packed(2_008, 3, 27)
        let rareAsked = Self.text(("XIMENA", "TECUAPA", "TAPIA"), born)
        let commonAsked = Self.text(("JOSE", "GARCIA", "TAPIA"), born)
        #expect(Self.looked(rareAsked, index).contains(9_000))
        #expect(!Self.looked(commonAsked, index).contains(9_001))
        // Three are.
        let third = Self.text(("JOSE", "GARCIA", "VEGA"), born)
        #expect(Self.looked(third, index).contains(9_001))
    }

    @Test(arguments: [("URUAPAN", true), ("MORELIA", false), ("", false)])
    func `both names mistyped, the birth date and the birth place find the child`(
        city: String,
        isFound: Bool
    ) {
        var index = IdentityIndex()
        let born = Self.packed(2_008, 3, 27)
        for row in 0..<300 {
            index.append(Alike(count: 1, seed: UInt64(row)).text(0), number: UInt32(row))
        }
        index.append(Self.text(("GEORGINA", "SIMANCAS", ""), born, city: "Uruapan"), number: 300)
        index.freeze()
        let question = Self.text(("GEOGINA", "SIMANVAS", ""), born, city: city)
        #expect(Self.looked(question, index).contains(300) == isFound)
    }
}
