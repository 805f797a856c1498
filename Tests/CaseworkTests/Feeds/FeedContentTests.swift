import Casework
import RecordLocator
import TestSupport
import Testing
import Vocabulary

@Suite("What a feed says of a student")
struct FeedContentTests {
    private static let mapping: FeedMapping = {
        var mapping = FeedMapping.plain
        for (field, column) in [
            (FeedMapping.Field.generation, "gen"), (.gender, "sex"), (.birthCity, "city"),
            (.birthState, "state"), (.birthCountry, "country"), (.parent1Given, "p1"),
            (.parent1Surname, "p1s"), (.parent2Given, "p2"), (.parent2Surname, "p2s"),
            (.stateStudentID, "sid"),
        ] {
            mapping.columns[field] = FeedMapping.Column(column: column)
        }
        return mapping
    }()

    private static func file(_ rows: String...) -> String {
        (["id,given,surname,born,school,gen,sex,city,state,country,p1,p1s,p2,p2s,sid"] + rows)
            .map { "\($0)\n" }.joined()
    }

    private static let plain = "1,Luz,Prueba,2011-03-09,480000100001"

    @Test
    func `what tells two children apart is kept: parents, birth place, generation, number`()
        async throws
    {
        let world = try await FeedWorld(mapping: Self.mapping)

        try await world.apply(
            Self.file(
                "\(Self.plain),Jr,F,Uruapan,MIC,MX,Rosa,Ejemplo,,Prueba,77",
                "2\(Self.plain.dropFirst()),,,,,,,,,,"
            )
        )

        let entries = try await world.entries
        let full = try #require(entries.first { $0.stateStudentID == "77" })
        #expect(
            full.particulars
                == IdentityParticulars(
                    generation: "Jr",
                    gender: "F",
                    birthCity: "Uruapan",
                    birthState: "MIC",
                    birthCountry: "MX",
                    parents: [.init(given: "Rosa", surname: "Ejemplo"), .init(surname: "Prueba")],
                    numberState: "TX"
                )
        )
        // What nobody said stays unsaid, whose number it is among them.
        #expect(entries.first { $0.stateStudentID == nil }?.particulars == IdentityParticulars.none)
    }

    @Test(arguments: [
        "Jr,F,Uruapan,MIC,MX,Rosa,Ejemplo,,Muestra,77",
        "III,F,Uruapan,MIC,MX,Rosa,Ejemplo,,Prueba,77",
        "Jr,M,Uruapan,MIC,MX,Rosa,Ejemplo,,Prueba,77", "Jr,F,Zamora,MIC,MX,Rosa,Ejemplo,,Prueba,77",
        "Jr,F,Uruapan,MIC,MX,,Ejemplo,,Prueba,77", "Jr,F,Uruapan,MIC,MX,Rosa,Ejemplo,,Prueba,78",
    ])
    func `a row that says something else of them is a change`(said: String) async throws {
        let world = try await FeedWorld(mapping: Self.mapping)
        let first = Self.file("\(Self.plain),Jr,F,Uruapan,MIC,MX,Rosa,Ejemplo,,Prueba,77")
        try await world.apply(first)
        #expect(try await world.check(first).counts.unchanged == 1)

        let report = try await world.apply(Self.file("\(Self.plain),\(said)"), .changes)

        #expect(report.counts.changed == 1)
    }

    @Test
    func `what is too long, cannot be shown or mixes alphabets is refused by its column`()
        async throws
    {
        let world = try await FeedWorld(mapping: Self.mapping)
        let long = String(repeating: "x", count: 201)

        let report = try await world.check(
            Self.file(
                "\(Self.plain),,,\(long),,,\(long),,,,",
                "2,Luz,Prueba,2011-03-09,480000100001,,,Uru\u{7}apan,,,,,,,",
                "3,L\u{0443}z,Prueba,2011-03-09,480000100001,,,,,,,,,,",
                "4,Луз,Prueba,2011-03-09,480000100001,,,,,,,,,,"
            )
        )

        #expect(
            Set(report.refusals.map { "\($0.row) \($0.column) \($0.reason.rawValue)" }) == [
                "2 city tooLong", "2 p1 tooLong", "3 city controlCharacter",
                "4 given mixedAlphabets",
            ]
        )
        // One name in another alphabet altogether is a name.
        #expect(report.counts.added == 1)
    }
}
