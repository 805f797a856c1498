import Casework
import RecordExchange
import RecordLocator
import TestSupport
import Testing
import Vocabulary

@Suite("Entries whose birth date nobody knows")
struct MissingBirthDateTests {
    private static let file = """
        id,given,surname,born,school
        1,Paloma,Quiñones Urrutia,,480000100001

        """

    private static func query(_ born: String?) throws -> LocatorQuery {
        LocatorQuery(
            name: try PersonName(given: "Paloma", paternalSurname: "Quiñones Urrutia"),
            birthDate: born.map { .on($0) }
        )
    }

    @Test
    func `a row without a birth date goes in, is found and is never certain`() async throws {
        let world = try await FeedWorld()
        let report = try await world.apply(Self.file)

        #expect(report.counts.added == 1 && report.refusals.isEmpty)
        #expect(try await world.entries.map(\.birthDate) == [nil])
        for born in ["2011-03-09", nil] {
            let answer = await world.locator.find(try Self.query(born))
            #expect(answer.people.count == 1)
            #expect(answer.certain == nil)
        }
        // The same file changes nothing, and a date that became known is a change.
        #expect(try await world.apply(Self.file).counts.unchanged == 1)
        let known = Self.file.replacing("Urrutia,,", with: "Urrutia,2011-03-09,")
        #expect(try await world.apply(known).counts.changed == 1)
        #expect(await world.locator.find(try Self.query("2011-03-09")).certain != nil)
    }

    @Test
    func `nobody joins a person by themselves without a birth date`() async throws {
        let world = try await FeedWorld()
        try await world.apply(Self.file + "2,Paloma,Quiñones Urrutia,2011-03-09,480000100001\n")
        #expect(try await world.group().joined == 0)
        #expect(Set(try await world.entries.map(\.person)).count == 2)
    }

    @Test
    func `beside a person's other entries it is shown as no more than probable`() async throws {
        let world = try await FeedWorld()
        try await world.apply(Self.file + "2,Paloma,Quiñones Urrutia,2011-03-09,480000100001\n")
        try await world.group()
        let people = Set(try await world.entries.compactMap(\.person)).sorted()
        let one = try #require(people.first)
        // Two people said whose it is.
        let undated = try await world.entries.map { entry in
            var entry = entry
            entry.person = one
            return entry
        }
        try await world.save(undated)

        let person = try #require(
            await world.locator.find(try Self.query("2011-03-09")).people.first
        )
        #expect(person.matches.count == 2)
        #expect(person.birthDate == .on("2011-03-09"))
        for match in person.matches where match.entry.birthDate == nil {
            #expect(match.grade < .certain)
        }
    }

    @Test
    func `one that may be a protected student's is protected too, also once it is put right`()
        async throws
    {
        let world = try await FeedWorld()
        try await world.store.write { session in
            var hidden = LocatorEntry(
                id: .numbered(900),
                name: try PersonName(given: "Paloma", paternalSurname: "Quiñones Urrutia"),
                birthDate: .on("2011-03-09"),
                school: School.maple.id,
                provenance: .init(source: "Court", receivedOn: .on("2026-01-05"))
            )
            hidden.isProtected = true
            try session.save([hidden])
        }
        try await world.apply(Self.file + "2,Ulises,Prueba,2012-02-02,480000100001\n")
        #expect(await world.locator.find(try Self.query("2011-03-09")).people.isEmpty)
        #expect(try await world.entries.filter(\.isProtected).count == 2)

        let right = "2,Paloma,Quiñones Urrutia,2011-03-09,480000100001\n"
        try await world.apply(Self.file + right)
        #expect(await world.locator.find(try Self.query("2011-03-09")).people.isEmpty)
        #expect(try await world.entries.allSatisfy(\.isProtected))
    }
}
