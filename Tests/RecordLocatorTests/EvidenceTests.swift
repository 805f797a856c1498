import RecordLocator
import Testing
import Vocabulary

@Suite("Locator evidence") struct EvidenceTests {
    private static let family = [
        IdentityParticulars.Parent(given: "Anselmo", surname: "Tecuapa"),
        IdentityParticulars.Parent(given: "Rosalba", surname: "Cisneros"),
    ]

    private static func entry(
        _ number: Int,
        _ given: String,
        middle: String = "",
        born: String? = "2011-04-19",
        stateStudentID: String? = nil,
        _ particulars: IdentityParticulars = .none
    ) throws -> LocatorEntry {
        LocatorEntry(
            id: LocatorEntry.ID(rawValue: UInt128(number)),
            name: try Build.name(given, "Tecuapa", "Cisneros", middle: middle),
            birthDate: try born.map(Build.date),
            school: try Build.required(SchoolID("000000000001")),
            stateStudentID: stateStudentID,
            particulars: particulars,
            provenance: LocatorEntry.Provenance(
                source: "test",
                receivedOn: try Build.date("2026-01-01")
            )
        )
    }

    private static func best(
        _ entries: [LocatorEntry],
        _ given: String,
        middle: String = "",
        born: String? = "2011-04-19",
        stateStudentID: String? = nil,
        _ particulars: IdentityParticulars = .none
    ) throws -> LocatedPerson? {
        var index = LocatorIndex(try Town(size: 1_000, seed: 31).entries())
        for entry in entries { index.insert(entry) }
        let query = LocatorQuery(
            name: try Build.name(given, "Tecuapa", "Cisneros", middle: middle),
            birthDate: try born.map(Build.date),
            stateStudentID: stateStudentID,
            particulars: particulars
        )
        return index.search(query).people.first
    }

    @Test func `every level has its fitted weight`() {
        #expect(IdentityIndex.Scoring.fitted.rows.isWhole)
        #expect(IdentityIndex.Scoring.fitted.people.isWhole)
    }

    @Test func `parents who agree are a reason, others a doubt`() throws {
        let filed = try Self.entry(90_001, "Citlali", IdentityParticulars(parents: Self.family))
        let same = try Self.best(
            [filed],
            "Citlali",
            IdentityParticulars(parents: Self.family.reversed())
        )
        #expect(same?.reasons.contains(.sameParents) == true)
        let others = IdentityParticulars(
            parents: [
                IdentityParticulars.Parent(given: "Hilario", surname: "Tecuapa"),
                IdentityParticulars.Parent(given: "Zoraida", surname: "Cisneros"),
            ]
        )
        let different = try #require(try Self.best([filed], "Citlali", others))
        #expect(different.reasons.contains(.parentsDiffer))
        #expect(different.likelihood < (same?.likelihood ?? 0))
        #expect(different.grade < .certain)
    }

    @Test(arguments: [("Hilario", "Zoraida"), ("Hilario", ""), ("", "Zoraida")])
    func `a child in another's care is shown, and with two other parents never certain`(
        father: String,
        mother: String
    ) throws {
        let filed = try Self.entry(90_001, "Citlali", IdentityParticulars(parents: Self.family))
        let carers = [(father, "Olmedo"), (mother, "Olmedo")].filter { !$0.0.isEmpty }
            .map { IdentityParticulars.Parent(given: $0.0, surname: $0.1) }
        let particulars = IdentityParticulars(parents: carers)
        let person = try #require(try Self.best([filed], "Citlali", particulars))
        #expect(person.reasons.contains(.parentsDiffer))
        if carers.count == 2 { #expect(person.grade < .certain) }
    }

    @Test func `a birth date nobody knows is no conflict, and never certain`() throws {
        let filed = try Self.entry(90_001, "Citlali", IdentityParticulars(parents: Self.family))
        let asked = try Self.best(
            [filed],
            "Citlali",
            born: nil,
            IdentityParticulars(parents: Self.family)
        )
        #expect(asked?.matches.map(\.entry.id) == [filed.id])
        #expect((asked?.grade ?? .certain) < .certain)
        let unknown = try Self.entry(
            90_002,
            "Citlali",
            born: nil,
            IdentityParticulars(parents: Self.family)
        )
        let found = try Self.best(
            [unknown],
            "Citlali",
            IdentityParticulars(parents: Self.family)
        )
        #expect(found?.matches.map(\.entry.id) == [unknown.id])
        #expect(found?.birthDate == nil)
    }

    @Test func `another number in the same state is another student`() throws {
        let filed = try Self.entry(
            90_001,
            "Citlali",
            stateStudentID: "8142220917",
            IdentityParticulars(numberState: "TX")
        )
        func likelihood(_ number: String?, _ state: String) throws -> Double {
            try Self.best(
                [filed],
                "Citlali",
                stateStudentID: number,
                IdentityParticulars(numberState: state)
            )?.likelihood ?? 0
        }
        let same = try likelihood("8142220917", "TX")
        let other = try likelihood("5530181264", "TX")
        #expect(other < same)
        let doubted = try Self.best(
            [filed],
            "Citlali",
            stateStudentID: "5530181264",
            IdentityParticulars(numberState: "TX")
        )
        #expect(doubted.map { $0.reasons.contains(.otherStateStudentID) } ?? true)
        #expect(doubted?.grade != .certain)
    }

    @Test(arguments: ["08142220917", "TX8142220917", "8142-220-917", "8142220917.0"])
    func `a state's number is one however it is written`(written: String) throws {
        let filed = try Self.entry(90_001, "Citlali", stateStudentID: "8142220917")
        let person = try Self.best([filed], "Citlali", stateStudentID: written)
        #expect(person?.reasons.contains(.sameStateStudentID) == true)
    }

    @Test(arguments: ["0000000000", "N/A", "PENDING", "1234567890", "9999999"])
    func `a number that everybody has is nobody's`(number: String) throws {
        let filed = try Self.entry(90_001, "Citlali", stateStudentID: number)
        let person = try Self.best([filed], "Citlali", stateStudentID: number)
        #expect(person?.reasons.contains(.sameStateStudentID) == false)
    }

    @Test(arguments: [
        ("Alondra", "", ""), ("Alondra", "Itzel", "Itzel"), ("Alondra", "Fabiola", ""),
        ("Alondra", "", "Itzel"), ("Alexis", "Itzel", "Itzel"),
    ])
    func `an absent twin is not the one on file, whatever else agrees`(
        given: String,
        middle: String,
        filedMiddle: String
    ) throws {
        let particulars = IdentityParticulars(
            gender: "F",
            birthCity: "Uruapan",
            birthState: "MIC",
            birthCountry: "MX",
            parents: Self.family
        )
        let filed = try Self.entry(90_001, "Citlali", middle: filedMiddle, particulars)
        #expect(try Self.best([filed], given, middle: middle, particulars) == nil)
    }

    @Test func `a twin whose entry has the surname as the first name is still the other one`()
        throws
    {
        let particulars = IdentityParticulars(gender: "F", parents: Self.family)
        let plain = try Self.entry(90_001, "Citlali", particulars)
        let exchanged = LocatorEntry(
            id: LocatorEntry.ID(rawValue: 90_002),
            name: try Build.name("Tecuapa", "Citlali"),
            birthDate: plain.birthDate,
            school: plain.school,
            particulars: particulars,
            provenance: plain.provenance
        )
        let asked = try #require(try Self.best([plain, exchanged], "Citlali", particulars))
        #expect(asked.grade == .certain)
        #expect(try Self.best([exchanged], "Alondra", particulars) == nil)
        #expect(try Self.best([plain, exchanged], "Alondra", particulars) == nil)
    }

    @Test(arguments: [
        ("Oscar", "Ozzy"), ("Luis", "Louie"), ("Jonathan", "John"), ("Magdalena", "Lena"),
        ("Christopher", "Chris"), ("Francisco", "Paco"), ("Guadalupe", "Lupita"),
    ])
    func `short forms in both languages are the same child`(given: String, short: String) throws {
        let particulars = IdentityParticulars(parents: Self.family)
        for (filed, asked) in [(given, short), (short, given)] {
            let entry = try Self.entry(90_001, filed, particulars)
            let person = try Self.best([entry], asked, particulars)
            #expect(person?.reasons.contains(.nickname) == true, "\(filed) \(asked)")
        }
    }

    @Test(arguments: [
        ("Yesenia", "Jessenica"), ("Citlali", "Citlalmina"), ("Damaris", "Maris"),
        ("Abril", "Avelina"), ("Noemí", "No"),
    ])
    func `a name that only resembles another is not shown as the same`(
        given: String,
        other: String
    ) throws {
        let particulars = IdentityParticulars(parents: Self.family)
        let person = try Self.best([try Self.entry(90_001, given, particulars)], other, particulars)
        #expect((person?.grade ?? .possible) < .certain)
        #expect(person?.reasons.contains(.sameGivenName) != true)
    }

    @Test func `of two twins on file the one asked for is certain`() throws {
        let particulars = IdentityParticulars(parents: Self.family)
        let entries = [
            try Self.entry(90_001, "Citlali", particulars),
            try Self.entry(90_002, "Alondra", particulars),
        ]
        let person = try Self.best(entries, "Alondra", particulars)
        #expect(person?.matches.map(\.entry.id) == [entries[1].id])
        #expect(person?.grade == .certain)
    }

    @Test func `what one school wrote is made up for by what another wrote`() throws {
        // One has the mother's name and a nickname, the other the given name and nobody's mother.
        let entries = [
            try Self.entry(
                90_001,
                "Lupita",
                IdentityParticulars(parents: [Self.family[1]])
            ),
            try Self.entry(90_002, "Guadalupe", stateStudentID: "8142220917"),
        ]
        let asked = IdentityParticulars(parents: [Self.family[1]])
        let both = try #require(try Self.best(entries, "Guadalupe", asked))
        let one = try #require(try Self.best([entries[0]], "Guadalupe", asked))
        #expect(Set(both.matches.map(\.entry.id)) == Set(entries.map(\.id)))
        #expect(both.likelihood >= one.likelihood)
        #expect(both.grade == .certain)
    }
}
