import RecordLocator
import StudentRecords
import TestSupport
import Testing
import Vocabulary

/// One person written in two ways, neither of which is enough by itself.
@Suite("Known variants of a person")
struct KnownVariantsTests {
    private static func entry(
        _ number: Int,
        given: String,
        born: String,
        person: PersonID?
    ) -> LocatorEntry {
        var entry = LocatorEntry.sample(
            number,
            student: .sample(given: given, birthDate: born)
        )
        entry.person = person
        return entry
    }

    /// The given name stands in one entry, the birth date in the other.
    private static func index(_ persons: [PersonID?]) -> LocatorIndex {
        LocatorIndex([
            entry(1, given: "Paloma", born: "2011-09-03", person: persons[0]),
            entry(2, given: "Ulises", born: "2011-03-09", person: persons[1]),
        ])
    }

    private static let query = LocatorQuery(
        name: StudentIdentity.sample(given: "Paloma").name,
        birthDate: .on("2011-03-09")
    )

    @Test
    func `what one variant shows and what another shows count together`() {
        let person = PersonID.numbered(1)

        let answer = Self.index([person, person]).search(Self.query)

        #expect(answer.people.count == 1)
        #expect(answer.people.first?.matches.count == 2)
        let alone = Self.index([person, .numbered(2)]).search(Self.query)
        let before = alone.people.map(\.grade).max()
        #expect(answer.people.first.map(\.grade) ?? .possible >= before ?? .possible)
        #expect(!alone.people.contains { $0.matches.count > 1 })
    }

    @Test
    func `entries of different people answer as entries of nobody do`() {
        let known = Self.index([.numbered(1), .numbered(2)]).search(Self.query)
        let unknown = Self.index([nil, nil]).search(Self.query)

        #expect(known.people.map(\.grade) == unknown.people.map(\.grade))
        #expect(known.people.map(\.likelihood) == unknown.people.map(\.likelihood))
    }

    @Test
    func `a protected twin changes neither the answer nor the work done for it`() {
        let entries = [Self.entry(1, given: "Paloma", born: "2011-03-09", person: nil)]
        var twin = Self.entry(2, given: "Paloma", born: "2011-03-09", person: nil)
        twin.protect(nil)

        let open = LocatorIndex(entries)
        var hiding = LocatorIndex(entries + [twin])
        hiding.insert(twin)

        #expect(open.search(Self.query) == hiding.search(Self.query))
        let (mine, theirs) = (open.compared(Self.query), hiding.compared(Self.query))
        #expect(mine == theirs)
        #expect(mine.count == 1)
        // It would be seen: an open twin is one more row to compare.
        twin.liftProtection()
        hiding.insert(twin)
        #expect(hiding.compared(Self.query).count == 2)
    }
}
