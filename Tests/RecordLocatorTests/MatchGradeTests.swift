import RecordLocator
import Testing
import Vocabulary

@Suite("Match grades") struct MatchGradeTests {
    /// One entry among a thousand, and the best person found for a query.
    private static func best(
        filed: (name: PersonName, born: String, number: String?),
        asked: (name: PersonName, born: String, number: String?)
    ) throws -> LocatedPerson? {
        var index = LocatorIndex(try Town(size: 1_000, seed: 13).entries())
        let entry = try Build.entry(
            90_001,
            filed.name,
            filed.born,
            school: 90_001,
            stateStudentID: filed.number
        )
        index.insert(entry)
        let query = try Build.query(asked.name, asked.born, stateStudentID: asked.number)
        return index.search(query).people.first { person in
            person.matches.contains { $0.entry.id == entry.id }
        }
    }

    private static func grade(
        filed: PersonName,
        asked: PersonName,
        born: String = "2010-03-14",
        askedBorn: String = "2010-03-14"
    ) throws -> MatchGrade? {
        try best(filed: (filed, born, nil), asked: (asked, askedBorn, nil))?.grade
    }

    @Test func `grades are ordered from possible to certain`() {
        #expect(MatchGrade.allCases.sorted() == [.possible, .probable, .certain])
    }

    @Test(arguments: [
        ("de la Cruz", "Cruz"), ("Delacruz", "de la Cruz"), ("Delacruz", "Cruz"),
        ("de los Santos", "Santos"), ("Delossantos", "Santos"), ("Muñoz", "MU?OZ"),
        ("Muñoz", "MuÃ±oz"), ("Núñez", "Nunez"), ("Yáñez Jr", "Yanez"), ("Yanez III", "Yáñez"),
    ])
    func `spellings of one surname are the same surname`(one: String, other: String) throws {
        let filed = try Build.name("Citlali", "Ramírez", one)
        let asked = try Build.name("Citlali", "Ramirez", other)
        #expect(try Self.grade(filed: filed, asked: asked) == .certain)
        #expect(try Self.grade(filed: asked, asked: filed) == .certain)
    }

    @Test(arguments: [
        ("Pepe", "José"), ("Lupita", "Guadalupe"), ("Chuy", "Jesús"), ("Memo", "Guillermo"),
        ("Nacho", "Ignacio"), ("Kike", "Enrique"), ("Beto", "Alberto"), ("Beto", "Roberto"),
        ("Alex", "Alejandra"), ("John", "Juan"), ("Mike", "Miguel"),
    ])
    func `a nickname is the name`(short: String, long: String) throws {
        let filed = try Build.name(long, "Xicoténcatl", "Barrera")
        let asked = try Build.name(short, "Xicoténcatl", "Barrera")
        let person = try #require(
            try Self.best(filed: (filed, "2010-03-14", nil), asked: (asked, "2010-03-14", nil))
        )
        #expect(person.reasons.contains(.nickname))
        #expect(person.grade == .certain)
    }

    @Test(arguments: [("Chuy", "Guadalupe"), ("Pepe", "Juan"), ("Memo", "Manuel")])
    func `another name's nickname is another name`(short: String, long: String) throws {
        let filed = try Build.name(long, "Xicoténcatl", "Barrera")
        let asked = try Build.name(short, "Xicoténcatl", "Barrera")
        #expect(try Self.grade(filed: filed, asked: asked) == nil)
    }

    @Test func `a surname that changed leaves it to a person`() throws {
        let filed = try Build.name("Citlali", "Xicoténcatl", "Barrera")
        let asked = try Build.name("Citlali", "Xicoténcatl", "Olmedo")
        let grade = try #require(try Self.grade(filed: filed, asked: asked))
        #expect(grade < .certain)
    }

    @Test func `a second given name that differs is at most possible`() throws {
        let filed = try Build.name("María", "Xicoténcatl", "Barrera", middle: "Elena")
        let asked = try Build.name("María", "Xicoténcatl", "Barrera", middle: "Isabel")
        #expect(try Self.grade(filed: filed, asked: asked) == .possible)
    }

    @Test(arguments: [("Elena", "Elena"), ("Elena", "E"), ("Elena", ""), ("", "Isabel")])
    func `a second given name that fits or is missing changes nothing`(
        filed: String,
        asked: String
    ) throws {
        let first = try Build.name("María", "Xicoténcatl", "Barrera", middle: filed)
        let second = try Build.name("María", "Xicoténcatl", "Barrera", middle: asked)
        #expect(try Self.grade(filed: first, asked: second) == .certain)
    }

    @Test func `both given names in one field are two names`() throws {
        let filed = try Build.name("María Elena", "Xicoténcatl", "Barrera")
        let asked = try Build.name("María", "Xicoténcatl", "Barrera", middle: "Elena")
        #expect(try Self.grade(filed: filed, asked: asked) == .certain)
    }

    @Test func `who goes by the middle name is found, not for certain`() throws {
        let filed = try Build.name("José", "Xicoténcatl", "Barrera", middle: "Emiliano")
        let asked = try Build.name("Emiliano", "Xicoténcatl", "Barrera")
        #expect(try Self.grade(filed: filed, asked: asked) == .probable)
    }

    @Test func `a paternal surname filed as a middle name is no conflict`() throws {
        let filed = try Build.name("Citlali", "Barrera", middle: "Xicoténcatl")
        let asked = try Build.name("Citlali", "Xicoténcatl", "Barrera")
        let grade = try #require(try Self.grade(filed: filed, asked: asked))
        #expect(grade >= .probable)
    }

    @Test(arguments: ["1999-12-01", "2010-07-30", "2013-05-05"])
    func `the same name born on another day altogether is not named`(born: String) throws {
        let name = try Build.name("José", "García")
        #expect(try Self.grade(filed: name, asked: name, askedBorn: born) == nil)
    }

    @Test func `the state's number vouches for a changed name`() throws {
        let filed = try Build.name("Citlali", "Xicoténcatl", "Barrera")
        let asked = try Build.name("Citlally", "Olmedo", "Barrera")
        let with = try Self.best(
            filed: (filed, "2010-03-14", "WA 77-12"),
            asked: (asked, "2010-03-14", "wa7712")
        )
        let without = try Self.best(
            filed: (filed, "2010-03-14", "WA 77-12"),
            asked: (asked, "2010-03-14", nil)
        )
        #expect(with?.reasons.first == .sameStateStudentID)
        #expect((with?.likelihood ?? 0) > (without?.likelihood ?? 0))
    }

    @Test func `the state's number does not vouch for another birth date and name`() throws {
        let filed = try Build.name("Citlali", "Xicoténcatl", "Barrera")
        let asked = try Build.name("Wenceslao", "Olmedo", "Tovar")
        let person = try Self.best(
            filed: (filed, "2010-03-14", "7712"),
            asked: (asked, "2004-11-30", "7712")
        )
        #expect(person?.grade != .certain)
    }

    @Test func `a rare surname says more than a common one`() throws {
        var index = LocatorIndex(try Town(size: 3_000, seed: 17).entries())
        let rare = try Build.name("Juan", "Xicoténcatl")
        let common = try Build.name("Juan", "García")
        index.insert(try Build.entry(90_001, rare, "2021-03-14", school: 90_001))
        index.insert(try Build.entry(90_002, common, "2021-08-25", school: 90_002))
        let slip = try Build.query(rare, "2021-03-15")
        let commonSlip = try Build.query(common, "2021-08-26")
        let sure = index.search(slip).people.first?.likelihood ?? 0
        let unsure = index.search(commonSlip).people.first?.likelihood ?? 0
        #expect(sure > unsure)
    }

    @Test func `likelihoods lie between none and one`() throws {
        let town = try Town(size: 500, seed: 19)
        let index = LocatorIndex(try town.entries())
        for person in town.people {
            let answer = index.search(LocatorQuery(name: person.name, birthDate: person.born))
            #expect(!answer.people.isEmpty)
            #expect(answer.people.allSatisfy { (0...1).contains($0.likelihood) })
            #expect(answer.people.allSatisfy { !$0.matches.isEmpty })
        }
    }

    @Test func `nobody is certain while another is near`() throws {
        let town = try Town(size: 2_000, seed: 23)
        let index = LocatorIndex(try town.entries())
        for person in town.people.prefix(500) {
            let bare = try Build.name(person.name.given, person.name.paternalSurname)
            let answer = index.search(LocatorQuery(name: bare, birthDate: person.born))
            let certain = answer.people.filter { $0.grade == .certain }
            #expect(certain.isEmpty || certain.count == 1)
            if !certain.isEmpty {
                #expect(answer.people.dropFirst().allSatisfy { $0.likelihood < 0.05 })
            }
        }
    }
}
