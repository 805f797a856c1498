import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("A family's card") struct FamilyCardTests {
    private static let card = StudentRecordNumber(bits: 7)

    private func entry(_ number: Int, isProtected: Bool = false) throws -> LocatorEntry {
        LocatorEntry(
            id: .numbered(number),
            name: try PersonName(
                given: "Paloma",
                paternalSurname: "Prueba",
                maternalSurname: "Ejemplo"
            ),
            birthDate: .on("2011-03-09"),
            school: School.maple.id,
            from: .on("2024-08-19"),
            to: .on("2025-06-06"),
            provenance: .init(source: "Sample feed", receivedOn: .on("2026-01-05")),
            isProtected: isProtected,
            person: .numbered(7)
        )
    }

    /// The locator knows Paloma surely, and her number.
    private func world(isProtected: Bool = false) async throws -> World {
        let world = try await World()
        let entry = try entry(70, isProtected: isProtected)
        await world.locator.add([entry])
        try await world.store.write { session in
            try session.save(.sample(7, numbered: 7))
            try session.save([entry])
        }
        return world
    }

    private func look(
        _ world: World,
        number: String,
        given: String = "Paloma",
        year: String = "2011"
    ) async throws -> LocatedStudents {
        let draft = try await world.draft { draft in
            draft.given = given
            draft.birthYear = year
            draft.recordNumber = number
        }
        return try await world.desk.locate(draft.id, by: Cast.registrar.actor)
    }

    @Test func `with the number a similar name is certain, and its school is named`()
        async throws
    {
        let world = try await world()
        let without = try await look(world, number: " ", given: "Palma")
        #expect(without.numberFits == nil)
        let typed = Self.card.description.lowercased().replacing("-", with: " ")
        let found = try await look(world, number: typed, given: "Palma")
        #expect(found.numberFits == true)
        #expect(found.grade == .certain)
        #expect(found.people.first?.places.first?.school?.school == .maple)
        let line = try await world.everything().audit.last { $0.action == "locator.query" }
        #expect(line?.detail.contains("purpose=enrolling") == true)
        #expect(line?.detail.contains("card=fits") == true)
        #expect(line?.detail.contains("Pal") == false)
    }

    @Test func `an unknown number, another student's and a protected one's look the same`()
        async throws
    {
        let unknown = StudentRecordNumber(bits: 8).description
        let plain = try await world()
        let hidden = try await world(isProtected: true)
        let nobody = try await World()

        let first = try await look(plain, number: unknown)
        #expect(first.numberFits == false)
        let foreign = try await look(
            plain,
            number: Self.card.description,
            given: "Guadalupe",
            year: "2009"
        )
        #expect(foreign.numberFits == false && foreign.people.isEmpty)
        // A protected child's card finds what a made-up number finds.
        let secret = try await look(hidden, number: Self.card.description)
        let madeUp = try await look(nobody, number: Self.card.description)
        #expect(secret == madeUp)
        #expect(secret.numberFits == false)
    }

    @Test func `a card and a birth date without the name name no school`() async throws {
        let world = try await world()
        let draft = try await world.draft { draft in
            (draft.given, draft.paternalSurname, draft.maternalSurname) = (
                "Guadalupe", "Robles", "Cano"
            )
            draft.recordNumber = Self.card.description
        }
        let found = try await world.desk.locate(draft.id, by: Cast.registrar.actor)
        #expect(found.numberFits == true)
        #expect(found.grade == .possible)
        #expect(found.keepsBack)
        #expect(found.people.flatMap(\.places).allSatisfy { $0.school == nil })
        // The log says the same: nothing was shown.
        let line = try await world.everything().audit.last { $0.action == "locator.query" }
        #expect(line?.detail.hasSuffix("shown=") == true)
    }

    @Test func `what is no such number is said at once`() async throws {
        let world = try await world()
        for (typed, problem) in [
            ("SR-00000-00008", RequestDraft.Problem.recordNumberMistyped),
            ("SR-1234", .recordNumberMalformed), ("SR-00000-0000U", .recordNumberMalformed),
            (RequestNumber(bits: 7).description, .recordNumberMalformed),
        ] {
            let draft = try await world.draft { $0.recordNumber = typed }
            let malformed = await #expect(throws: RequestDraft.Malformed.self) {
                try await world.desk.locate(draft.id, by: Cast.registrar.actor)
            }
            #expect(malformed?.problems == [problem], "\(typed)")
        }
    }

    @Test func `another number is another look, and is counted`() async throws {
        let world = try await world()
        var draft = try await world.draft { _ in }
        _ = try await world.desk.locate(draft.id, by: Cast.registrar.actor)
        draft = try await world.desk.draft(draft.id, by: Cast.registrar.actor)
        draft.recordNumber = Self.card.description
        try await world.desk.save(draft, by: Cast.registrar.actor)
        _ = try await world.desk.locate(draft.id, by: Cast.registrar.actor)
        let use = try await world.desk.lookupUse(by: Cast.administrator.actor)
        #expect(use.allSatisfy { $0.today == 2 } && !use.isEmpty)
    }

    // MARK: The card itself

    private func number(_ world: World) async throws -> StudentRecordNumber? {
        let request = try await world.file()
        return try await world.desk.cardNumber(
            ofStudentIn: request.number,
            for: .enrolling,
            by: Cast.registrar.actor
        )
    }

    @Test func `a school prints the number of a student who is surely known`() async throws {
        let world = try await world()
        #expect(try await number(world) == Self.card)
        let line = try await world.everything().audit.last
        #expect(line?.action == "family.card")
        #expect(line?.detail == "purpose=enrolling printed=true")
    }

    @Test func `who is surely known and has no number yet gets one, and keeps it`() async throws {
        let world = try await World()
        var entry = try entry(70)
        entry.person = nil
        await world.locator.add([entry])
        try await world.store.write { [entry] in try $0.save([entry]) }
        let request = try await world.file()
        let look = {
            try await world.desk.cardNumber(
                ofStudentIn: request.number,
                for: .enrolling,
                by: Cast.registrar.actor
            )
        }
        let first = try #require(try await look())
        #expect(try await look() == first)
        #expect(first != Self.card)
    }

    @Test func `nobody's and a protected child's number are not there, in the same way`()
        async throws
    {
        #expect(try await number(World()) == nil)
        #expect(try await number(world(isProtected: true)) == nil)
        let guarded = try await world()
        guarded.locator.guardsEverybody.isRaised = true
        #expect(try await number(guarded) == nil)
    }

    @Test func `it is a look, so it is counted and ends with the budget`() async throws {
        let budget = LookupBudget(
            person: .init(perHour: 1, perDay: 1),
            organization: .init(perHour: 100, perDay: 100)
        )
        let world = try await World(lookups: budget)
        let request = try await world.file()
        let look = {
            try await world.desk.cardNumber(
                ofStudentIn: request.number,
                for: .enrolling,
                by: Cast.registrar.actor
            )
        }
        _ = try await look()
        await #expect(throws: LookupsSpent.self) { _ = try await look() }
    }

    @Test func `a merged person's card still leads to the one they are now`() async throws {
        let world = try await world()
        var merged = Person.sample(6, numbered: 6)
        merged.mergedInto = .numbered(7)
        try await world.store.write { [merged] in try $0.save(merged) }
        let old = StudentRecordNumber(bits: 6).description
        #expect(try await look(world, number: old).numberFits == true)
    }
}
