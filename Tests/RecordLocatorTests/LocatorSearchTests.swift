import RecordLocator
import Testing
import Vocabulary

@Suite("Locator search") struct LocatorSearchTests {
    /// Marisol Reyes Ortega, among a thousand others.
    private static func index(adding entries: [LocatorEntry] = []) throws -> LocatorIndex {
        var index = LocatorIndex(try Town(size: 1_000, seed: 7).entries())
        index.insert(
            try Build.entry(
                50_001,
                Build.name("Marisol", "Reyes", "Ortega"),
                "2010-03-27",
                school: 50_001
            )
        )
        for entry in entries { index.insert(entry) }
        return index
    }

    @Test(arguments: [
        ("Marisol", "Reyes", "Ortega", [MatchReason.sameBirthDate, .sameGivenName, .sameSurnames]),
        ("MARISOL", "REYES", "ORTEGA", [.sameBirthDate, .sameGivenName, .sameSurnames]),
        ("marisol", "Reyes-Ortega", "", [.sameBirthDate, .sameGivenName, .sameSurnames]),
        ("Marisol", "Ortega", "Reyes", [.sameBirthDate, .sameGivenName, .surnamesExchanged]),
        ("Marisol", "Reyes", "", [.sameBirthDate, .sameGivenName, .oneSurname]),
        ("Marisol", "Ortega", "", [.sameBirthDate, .sameGivenName, .oneSurname]),
        ("Mari", "Reyes", "Ortega", [.sameBirthDate, .nickname, .sameSurnames]),
        ("Marizol", "Reyes", "Ortega", [.sameBirthDate, .similarGivenName, .sameSurnames]),
        ("M", "Reyes", "Ortega", [.sameBirthDate, .givenNameInitial, .sameSurnames]),
        ("Marisol", "Reies", "Hortega", [.sameBirthDate, .sameGivenName, .similarSurname]),
        ("Reyes", "Marisol", "Ortega", [.sameBirthDate, .givenNameAndSurnameExchanged]),
    ])
    func `says why a student fits`(
        given: String,
        paternal: String,
        maternal: String,
        reasons: [MatchReason]
    ) throws {
        let query = try Build.query(Build.name(given, paternal, maternal), "2010-03-27")
        let answer = try Self.index().search(query)
        let person = try #require(answer.people.first)
        #expect(person.name.given == "Marisol")
        #expect(person.reasons == reasons)
    }

    @Test(arguments: [
        ("2010-03-27", MatchReason.sameBirthDate), ("2010-03-28", .birthDateOneDigitOff),
        ("2010-03-72", nil), ("2011-03-27", .birthDateOneDigitOff),
        ("2010-04-27", .birthDateOneDigitOff), ("2010-03-17", .birthDateOneDigitOff),
    ])
    func `says how the birth dates relate`(born: String, reason: MatchReason?) throws {
        guard let reason else {
            #expect(CivilDate(iso8601: born) == nil)
            return
        }
        let query = try Build.query(Build.name("Marisol", "Reyes", "Ortega"), born)
        let person = try #require(try Self.index().search(query).people.first)
        #expect(person.reasons.first == reason)
        #expect((person.grade == .certain) == (reason == .sameBirthDate))
    }

    @Test func `exchanged day and month is found but never certain`() throws {
        let name = try Build.name("Xóchitl", "Bautista", "Tecuapa")
        let index = try Self.index(adding: [Build.entry(60_001, name, "2011-04-07")])
        let answer = index.search(try Build.query(name, "2011-07-04"))
        #expect(answer.people.first?.reasons.first == .birthDateDayMonthExchanged)
        #expect(answer.people.first?.grade == .probable)
        #expect(answer.certain == nil)
    }

    @Test func `an exact match is not spoiled by one with day and month exchanged`() throws {
        let name = try Build.name("Xóchitl", "Bautista", "Tecuapa")
        let index = try Self.index(adding: [
            Build.entry(60_001, name, "2011-04-07"),
            Build.entry(60_002, name, "2011-04-07", school: 2),
            Build.entry(60_003, name, "2011-07-04", school: 3),
        ])
        let certain = try #require(index.search(try Build.query(name, "2011-04-07")).certain)
        let exact = certain.matches.filter { $0.grade == .certain }.map(\.entry.id.rawValue)
        #expect(Set(exact) == [60_001, 60_002])
        let third = certain.matches.first { $0.entry.id.rawValue == 60_003 }
        #expect(third?.reasons.first == .birthDateDayMonthExchanged)
    }

    @Test func `a bare first name and surname leave one with day and month exchanged beside it`()
        throws
    {
        let index = try Self.index(adding: [
            Build.entry(60_001, Build.name("Ana", "García", "Huerta"), "2011-04-07"),
            Build.entry(60_002, Build.name("Ana", "García", "Vega"), "2011-07-04", school: 2),
        ])
        let answer = index.search(try Build.query(Build.name("Ana", "García"), "2011-07-04"))
        #expect(answer.people.first?.name.maternalSurname == "Vega")
        #expect(answer.people.first?.matches.map(\.entry.id.rawValue) == [60_002])
    }

    @Test func `the whole name and birth date are certain`() throws {
        let query = try Build.query(Build.name("Marisol", "Reyes", "Ortega"), "2010-03-27")
        let answer = try Self.index().search(query)
        #expect(answer.certain?.name.given == "Marisol")
        #expect(!answer.isAmbiguous)
    }

    @Test func `a twin who is not there is not answered with the one who is`() throws {
        let query = try Build.query(Build.name("Alondra", "Reyes", "Ortega"), "2010-03-27")
        #expect(try Self.index().search(query).people.isEmpty)
    }

    @Test func `of two twins only the one asked for is named`() throws {
        let twin = try Build.entry(60_001, Build.name("Alondra", "Reyes", "Ortega"), "2010-03-27")
        let index = try Self.index(adding: [twin])
        let query = try Build.query(Build.name("Alondra", "Reyes", "Ortega"), "2010-03-27")
        #expect(index.search(query).people.map(\.name.given) == ["Alondra"])
        #expect(index.search(query).certain != nil)
    }

    @Test func `a younger sister is not named`() throws {
        let query = try Build.query(Build.name("Luisa", "Reyes", "Ortega"), "2012-09-02")
        #expect(try Self.index().search(query).people.isEmpty)
    }

    @Test func `two who look alike are both shown and neither is certain`() throws {
        let entries = [
            try Build.entry(
                60_001,
                Build.name("Juan", "García", "Quiroz", middle: "Carlos"),
                "2010-11-02"
            ),
            try Build.entry(
                60_002,
                Build.name("Juan", "García", "Quiroz", middle: "Manuel"),
                "2010-11-02",
                school: 2
            ),
        ]
        let index = try Self.index(adding: entries)
        let answer = index.search(
            try Build.query(Build.name("Juan", "García", "Quiroz"), "2010-11-02")
        )
        #expect(answer.people.count == 2)
        #expect(answer.isAmbiguous)
        #expect(answer.certain == nil)
        #expect(answer.people.allSatisfy { $0.grade < .certain })
    }

    @Test func `another child of the same rare first name and birth date is not named`() throws {
        let other = try Build.entry(
            50_002,
            Build.name("Marisol", "Ahuatzi", "Tlatelpa"),
            "2010-03-27",
            school: 50_002
        )
        let third = try Build.entry(
            50_003,
            Build.name("Marisol", "Ahuatzi"),
            "2010-03-27",
            school: 50_003
        )
        let query = try Build.query(Build.name("Marisol", "Reyes", "Ortega"), "2010-03-27")
        let answer = try Self.index(adding: [other, third]).search(query)
        #expect(answer.certain?.matches.map(\.entry.name.full) == ["Marisol Reyes Ortega"])
        #expect(answer.people.first?.name.full == "Marisol Reyes Ortega")
    }

    @Test func `a bare name does not bind two brothers into one person`() throws {
        let entries = [
            try Build.entry(
                60_001,
                Build.name("José", "Peña", "Vega", middle: "Luis"),
                "2011-05-05"
            ),
            try Build.entry(60_002, Build.name("José", "Peña", "Vega"), "2011-05-05", school: 2),
            try Build.entry(
                60_003,
                Build.name("José", "Peña", "Vega", middle: "Antonio"),
                "2011-05-05",
                school: 3
            ),
        ]
        let answer = try Self.index(adding: entries)
            .search(Build.query(Build.name("José", "Peña", "Vega"), "2011-05-05"))
        for person in answer.people {
            let middles = Set(person.matches.map(\.entry.name.middle)).subtracting([""])
            #expect(middles.count <= 1)
        }
        #expect(answer.certain == nil)
    }

    @Test func `the state's number finds a name that was misheard altogether`() throws {
        let entry = try Build.entry(
            60_001,
            Build.name("Guadalupe", "Xicoténcatl", "Nieto"),
            "2009-02-03",
            stateStudentID: "TX-123 456 789"
        )
        let index = try Self.index(adding: [entry])
        let query = try Build.query(
            Build.name("Lupita", "Chicotencal", "Nieto"),
            "2009-02-03",
            stateStudentID: "tx123456789"
        )
        let person = try #require(index.search(query).people.first)
        #expect(person.matches.map(\.entry.id) == [entry.id])
        #expect(person.reasons.contains(.sameStateStudentID))
    }

    @Test func `places of one person stand together, latest enrollment first`() throws {
        let name = try Build.name("Noé", "Equihua", "Galván")
        let entries = [
            try Build.entry(
                1_001,
                name,
                "2009-06-06",
                school: 11,
                from: "2023-08-20",
                to: "2024-05-20"
            ),
            try Build.entry(1_002, name, "2009-06-06", school: 12, from: "2025-08-20"),
            try Build.entry(
                1_003,
                Build.name("NOE", "EQUIHUA"),
                "2009-06-06",
                school: 13,
                from: "2024-08-20",
                to: "2025-05-20"
            ),
            try Build.entry(1_004, name, "2009-06-06", school: 14),
        ]
        let answer = try Self.index(adding: entries).search(Build.query(name, "2009-06-06"))
        let person = try #require(answer.certain)
        #expect(person.matches.map(\.entry.school.description.last) == ["2", "3", "1", "4"])
    }

    @Test func `no more people than asked for`() throws {
        let name = try Build.name("Ana", "López")
        let entries = try (0..<30).map { number in
            try Build.entry(
                70_000 + number,
                Build.name("Ana", "López", Town.surnames[number % 26], middle: "\(number)x"),
                "2010-10-10",
                school: number + 1
            )
        }
        let answer = try Self.index(adding: entries)
            .search(Build.query(name, "2010-10-10"), limit: 4)
        #expect(answer.people.count == 4)
        #expect(answer.isAmbiguous)
    }
}
