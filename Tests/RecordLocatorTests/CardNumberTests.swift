import RecordLocator
import Testing
import Vocabulary

@Suite("The number of a family's card") struct CardNumberTests {
    private let born = "2010-04-12"

    private func entry(
        _ number: Int,
        _ given: String,
        person: Int?,
        born: String = "2010-04-12",
        standing: LocatorEntry.Standing = .onFile
    ) throws -> LocatorEntry {
        var entry = try Build.entry(number, Build.name(given, "Luna", "Vega"), born)
        entry.person = person.map { PersonID(rawValue: UInt128($0)) }
        entry.standing = standing
        return entry
    }

    private func answer(
        _ entries: [LocatorEntry],
        _ given: String,
        card: Int,
        typed: String? = nil
    ) throws -> LocatorAnswer? {
        let index = LocatorIndex(entries)
        let born = typed ?? born
        let person = PersonID(rawValue: UInt128(card))
        return try index.search(Build.query(Build.name(given, "Luna", "Vega"), born))
            .heeding(
                cardOf: person,
                entries.filter { $0.person == person },
                born: CivilDate(iso8601: born)
            )
    }

    @Test func `it makes the student certain whom the name leads to as well`() throws {
        let heeded = try #require(
            try answer([entry(1, "Marisol", person: 7)], "Marysol", card: 7)
        )
        let person = try #require(heeded.people.first)
        #expect(person.grade == .certain)
        #expect(person.reasons.first == .sameRecordNumber)
        #expect(heeded.certain != nil)
    }

    @Test func `a twin's card decides nothing`() throws {
        let twins = try [entry(1, "Marisol", person: 7), entry(2, "Xochitl", person: 8)]
        #expect(try answer(twins, "Marisol", card: 8) == nil)
        let own = try answer(twins, "Marisol", card: 7)?.certain
        #expect(own?.matches.first?.entry.id == LocatorEntry.ID(rawValue: 1))
    }

    @Test func `a name that leads to nobody needs the birth date, and is only possible`() throws {
        let entries = [try entry(1, "Marisol", person: 7)]
        let index = LocatorIndex(entries)
        let query = try Build.query(Build.name("Guadalupe", "Robles", "Cano"), born)
        let found = index.search(query)
        let seven = PersonID(rawValue: 7)
        #expect(found.people.isEmpty)
        let heeded = try #require(
            found.heeding(cardOf: seven, entries, born: CivilDate(iso8601: born))
        )
        #expect(heeded.people.map(\.grade) == [.possible])
        #expect(heeded.people.first?.reasons.first == .sameRecordNumber)
        #expect(heeded.certain == nil)
        #expect(found.heeding(cardOf: seven, entries, born: nil) == nil)
        let another = CivilDate(iso8601: "2010-04-13")
        #expect(found.heeding(cardOf: seven, entries, born: another) == nil)
        #expect(found.heeding(cardOf: seven, [], born: another) == nil)
    }

    @Test func `whom the name leads to stands before whom only the card leads to`() throws {
        let entries = try [
            entry(1, "Marisol", person: 7), entry(2, "Xochitl", person: 8, born: "2010-04-21"),
        ]
        let heeded = try #require(try answer(entries, "Xochitl", card: 7))
        let grades = heeded.people.map(\.grade)
        #expect(grades == grades.sorted(by: >))
        #expect(heeded.certain == nil)
        #expect(heeded.people.contains { $0.reasons.first == .sameRecordNumber })
    }

    @Test func `it makes nobody certain on hearsay`() throws {
        let entries = [try entry(1, "Marisol", person: 7, standing: .hearsay)]
        let heeded = try #require(try answer(entries, "Marisol", card: 7))
        #expect(heeded.certain == nil)
    }
}
