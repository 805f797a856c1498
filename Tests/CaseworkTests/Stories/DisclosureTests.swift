import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("What the locator shows") struct DisclosureTests {
    private static let born = "2009-09-14"

    private static func entry(
        _ number: Int,
        given: String,
        middle: String = "",
        surnames: (String, String) = ("Hernández", "Muñoz"),
        born: String? = born,
        at school: School = .maple,
        isProtected: Bool = false
    ) throws -> LocatorEntry {
        LocatorEntry(
            id: .numbered(number),
            name: try PersonName(
                given: given,
                middle: middle,
                paternalSurname: surnames.0,
                maternalSurname: surnames.1
            ),
            birthDate: born.map { .on($0) },
            school: school.id,
            from: .on("2024-08-19"),
            to: .on("2025-06-06"),
            grade: .tenth,
            provenance: .init(source: "Sample feed", receivedOn: .on("2026-01-05")),
            isProtected: isProtected
        )
    }

    /// The registrar of the Oak School types José Hernández Muñoz.
    private static func draft(
        in world: World,
        change: @Sendable (inout RequestDraft) -> Void = { _ in }
    ) async throws -> RequestDraft.ID {
        try await world.draft { draft in
            draft.given = "José"
            draft.paternalSurname = "Hernandez"
            draft.maternalSurname = "Muñoz"
            (draft.birthMonth, draft.birthDay, draft.birthYear) = ("9", "14", "2009")
            change(&draft)
        }.id
    }

    private static func look(
        _ world: World,
        change: @Sendable (inout RequestDraft) -> Void = { _ in }
    ) async throws -> LocatedStudents {
        let id = try await draft(in: world, change: change)
        return try await world.desk.locate(id, by: Cast.registrar.actor)
    }

    @Test func `a certain student's schools are named`() async throws {
        let world = try await World()
        await world.locator.add([try Self.entry(50, given: "José")])

        let found = try await Self.look(world)

        #expect(found.grade == .certain && !found.keepsBack)
        let student = try #require(found.people.first)
        #expect(student.name == "José Hernández Muñoz" && student.birthDate == .on(Self.born))
        #expect(student.places.map(\.school?.school) == [.maple])
    }

    @Test func `a name that nobody typed is shown by its first letter`() async throws {
        let world = try await World()
        await world.locator.add([try Self.entry(50, given: "José", middle: "Ángel")])

        let found = try await Self.look(world)

        #expect(found.people.map(\.name) == ["José Á. Hernández Muñoz"])
    }

    @Test func `two children who look alike are told apart without their names and schools`()
        async throws
    {
        let world = try await World()
        await world.locator.add([
            try Self.entry(50, given: "José", middle: "Luis"),
            try Self.entry(51, given: "José", middle: "Leonardo", at: .willow),
        ])

        let found = try await Self.look(world)

        #expect(
            Set(found.people.map(\.name)) == [
                "José Lu. Hernández Muñoz", "José Le. Hernández Muñoz",
            ]
        )
        #expect(found.people.allSatisfy { $0.grade < .certain })
        #expect(found.keepsBack && found.people.flatMap(\.places).allSatisfy { $0.school == nil })
        let everything = "\(found)"
        for hidden in ["Leonardo", "Luis", "Maple", "Willow", "Almond", "Pear"] {
            #expect(!everything.contains(hidden), "\(hidden)")
        }
    }

    @Test(
        arguments: [
            ("pear", true), ("the WILLOW school, I think", true), ("Pear Washington", true),
            ("school", false), ("Almonds", false), ("Washington", false), ("willo", false),
        ]
    )
    func `whoever can name the school or its town is shown that school only`(
        said: String,
        fits: Bool
    ) async throws {
        let world = try await World()
        await world.locator.add([
            try Self.entry(50, given: "José", middle: "Luis"),
            try Self.entry(51, given: "José", middle: "Antonio", at: .willow),
        ])

        let found = try await Self.look(world) { $0.statedPlace = said }

        #expect(found.statementFits == fits && found.keepsBack)
        #expect(
            found.people.flatMap(\.places).compactMap(\.school?.school) == (fits ? [.willow] : [])
        )
    }

    @Test func `where no school knows the birth date a name alone leads to no school`()
        async throws
    {
        for said in ["", "Almond"] {
            let world = try await World()
            await world.locator.add([try Self.entry(50, given: "José", born: nil)])

            let found = try await Self.look(world) { $0.statedPlace = said }

            #expect(found.people.count == 1)
            #expect((found.grade ?? .certain) < .certain)
            let shown = found.people.flatMap(\.places).compactMap(\.school?.school)
            #expect(shown == (said.isEmpty ? [] : [.maple]))
            #expect(found.keepsBack == said.isEmpty)
        }
    }

    @Test func `a protected twin changes nothing that a requester could see`() async throws {
        let plain = try await World()
        let guarded = try await World()
        for world in [plain, guarded] {
            await world.locator.add([try Self.entry(50, given: "José")])
        }
        await guarded.locator.add([
            try Self.entry(51, given: "José", at: .willow, isProtected: true),
            try Self.entry(52, given: "Joel", at: .willow, isProtected: true),
        ])

        let without = try await Self.look(plain)
        let with = try await Self.look(guarded)

        #expect(without == with && with.grade == .certain)
        #expect(try await plain.everything() == guarded.everything())
    }

    @Test func `a child on file only as protected is not known at all`() async throws {
        let world = try await World()
        await world.locator.add([try Self.entry(50, given: "José", isProtected: true)])

        let found = try await Self.look(world) { $0.statedPlace = "Almond" }

        #expect(found.people.isEmpty && !found.statementFits)
    }

    @Test func `nobody looks without a purpose, and all problems are told at once`() async throws {
        let world = try await World()
        let before = try await world.everything()
        let id = try await Self.draft(in: world) { draft in
            draft.purpose = nil
            draft.given = "J\u{043E}sé"
            draft.birthYear = "2030"
        }
        let draft = try await world.desk.draft(id, by: Cast.registrar.actor)

        let refusal = await #expect(throws: RequestDraft.Malformed.self) {
            try await world.desk.locate(id, by: Cast.registrar.actor)
        }

        #expect(
            Set(refusal?.problems ?? []) == [
                .purposeMissing, .mixedAlphabets(.given), .birthDateInFuture,
            ]
        )
        #expect(draft.given == "J\u{043E}sé" && draft.birthYear == "2030")
        #expect(try await world.everything().audit == before.audit)
    }
}
