import RecordExchange
import ReferenceData
import Testing
import Vocabulary

/// The rules of the search on a handful of made-up schools, where every answer is known.
@Suite("Directory search rules") struct DirectorySearchRulesTests {
    struct Missing: Error {}

    private static let states = StateCode.all.map { code in
        StateEntry(
            code: code,
            name: ["TX": "Texas", "NC": "North Carolina"][code.description] ?? "",
            timeZone: "America/Chicago"
        )
    }

    private static func school(
        _ number: Int,
        _ name: String,
        _ city: String,
        _ state: String = "TX",
        district: String = "Oak ISD",
        zip: String? = nil
    ) throws -> School {
        let digits = String(number)
        let text = String(repeating: "0", count: 12 - digits.utf8.count) + digits
        guard let id = SchoolID(text), let districtID = DistrictID(text.prefix(7)),
            let state = StateCode(state)
        else { throw Missing() }
        return School(
            id: id,
            name: name,
            district: districtID,
            districtName: district,
            city: city,
            state: state,
            zip: zip
        )
    }

    private static func found(
        _ text: String,
        in schools: [School],
        state: StateCode? = nil
    ) -> [String] {
        DirectorySearch(schools: schools, states: states).search(text, state: state).map(\.name)
    }

    @Test func `a word in the name comes before the same word in the town`() throws {
        let schools = [
            try Self.school(1, "Elm Elementary", "Maple"),
            try Self.school(2, "Maple Elementary", "Elm"),
        ]
        #expect(Self.found("maple", in: schools) == ["Maple Elementary", "Elm Elementary"])
    }

    @Test func `a whole word comes before the beginning of one`() throws {
        let schools = [
            try Self.school(1, "Mapleton High", "Birch"), try Self.school(2, "Maple High", "Birch"),
        ]
        #expect(Self.found("maple", in: schools) == ["Maple High", "Mapleton High"])
        #expect(Self.found("maplet", in: schools) == ["Mapleton High"])
    }

    @Test func `a name that says less besides comes first`() throws {
        let schools = [
            try Self.school(1, "Maple Creek Early College High", "Birch"),
            try Self.school(2, "Maple High", "Birch"),
        ]
        let expected = ["Maple High", "Maple Creek Early College High"]
        #expect(Self.found("maple high", in: schools) == expected)
    }

    @Test(arguments: [
        ("maple hs", "Maple High School"), ("maple high", "Maple HS"),
        ("oak jr", "Oak Junior High"),
        ("st ann", "Saint Ann Academy"), ("saint ann", "St. Ann Academy"),
        ("mt rose elem", "Mount Rose Elementary"), ("mount rose", "Mt Rose Elem"),
        ("obrien", "O'Brien Middle"), ("o'brien", "OBrien Middle"), ("o’brien", "O`Brien Middle"),
        ("pena", "Peña Elementary"), ("PEÑA", "Pena Elementary"), ("ps 121", "P.S. 121"),
        ("jose marti", "José Martí"), ("hilo", "Hilo High"),
    ])
    func `short forms, accents and apostrophes do not matter`(text: String, name: String) throws {
        #expect(Self.found(text, in: [try Self.school(1, name, "Birch")]) == [name])
    }

    @Test(arguments: ["mapel", "mple", "mapple", "maplr", "naple"])
    func `a single slip is forgiven where nothing fits`(typed: String) throws {
        let schools = [try Self.school(1, "Maplewood High", "Birch", district: "Elm")]
        let maple = [try Self.school(1, "Maple High", "Birch", district: "Elm")]
        // Words shorter than five letters are taken as they are.
        #expect(Self.found(typed, in: maple) == (typed == "mple" ? [] : ["Maple High"]))
        #expect(Self.found(typed, in: schools).isEmpty)
    }

    @Test func `what fits exactly hides what only nearly fits`() throws {
        let schools = [
            try Self.school(1, "Maple High", "Birch"), try Self.school(2, "Mable High", "Birch"),
        ]
        #expect(Self.found("mable", in: schools) == ["Mable High"])
    }

    @Test func `the state is found by code and by name`() throws {
        let schools = [
            try Self.school(1, "Maple High", "Birch", "TX"),
            try Self.school(2, "Maple High School", "Birch", "NC"),
        ]
        #expect(Self.found("maple texas", in: schools) == ["Maple High"])
        #expect(Self.found("maple tx", in: schools) == ["Maple High"])
        #expect(Self.found("maple north carolina", in: schools) == ["Maple High School"])
        #expect(Self.found("maple", in: schools, state: StateCode("NC")) == ["Maple High School"])
        #expect(Self.found("maple", in: schools, state: StateCode("WA")).isEmpty)
    }

    @Test func `the word school is not needed and not in the way`() throws {
        let schools = [try Self.school(1, "Maple High", "Birch")]
        #expect(Self.found("the maple high school of birch", in: schools) == ["Maple High"])
        #expect(Self.found("school", in: schools).isEmpty)
        let named = [try Self.school(1, "The School", "Birch")]
        #expect(Self.found("school", in: named) == ["The School"])
    }

    @Test func `schools that fit alike keep their order`() throws {
        let schools = try (1...9).map { try Self.school($0, "Maple High", "Town \($0)") }
        let search = DirectorySearch(schools: schools, states: Self.states)
        #expect(search.search("maple high").map(\.id) == schools.map(\.id))
    }

    @Test func `without schools nothing is found`() {
        #expect(Self.found("maple", in: []).isEmpty)
    }

    @Test(arguments: [1, 2, 3, 4, 5])
    func `finds exactly the schools in which every word begins a word`(seed: Int) throws {
        var state = UInt64(seed)
        func draw(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let words = ["abba", "abbot", "beta", "betty", "carl", "carla", "dune", "dunes", "easy"]
        func text(_ count: Int) -> String {
            (0..<count).map { _ in words[draw(words.count)] }.joined(separator: " ")
        }
        let schools = try (1...60).map { number in
            try Self.school(number, text(1 + draw(3)), text(1), district: text(1))
        }
        let search = DirectorySearch(schools: schools, states: Self.states)
        for _ in 0..<200 {
            let typed = (0..<(1 + draw(3))).map { _ in
                String(words[draw(words.count)].prefix(1 + draw(5)))
            }
            let expected = schools.filter { school in
                let all = "\(school.name) \(school.city) \(school.districtName) texas tx"
                    .split(separator: " ")
                return typed.allSatisfy { word in all.contains { $0.hasPrefix(word) } }
            }
            let found = search.search(typed.joined(separator: " "), limit: 100)
            // A slip is forgiven only where nothing fits.
            if !expected.isEmpty {
                #expect(Set(found.map(\.id)) == Set(expected.map(\.id)), "\(typed)")
            }
        }
    }

    // MARK: By field

    private static func found(_ question: SchoolQuestion) throws -> [String] {
        let schools = [
            try school(1, "Austin High", "Houston", district: "Bay ISD", zip: "77002"),
            try school(2, "Bowie High", "Austin", district: "Hill ISD", zip: "78704"),
            try school(3, "Bowie High", "Arlington", district: "Austin County", zip: "76010"),
            try school(4, "Bowie High", "Raleigh", "NC", district: "Wake", zip: nil),
        ]
        return DirectorySearch(schools: schools, states: states).search(question)
            .map { "\($0.name), \($0.city)" }
    }

    @Test func `a town is looked for among towns only, a district among districts`() throws {
        #expect(try Self.found(.init(town: "austin")) == ["Bowie High, Austin"])
        #expect(try Self.found(.init(district: "Austin")) == ["Bowie High, Arlington"])
        #expect(
            Set(try Self.found(.init(name: "austin"))) == [
                "Austin High, Houston", "Bowie High, Austin", "Bowie High, Arlington",
            ]
        )
    }

    @Test func `all fields must fit, and a ZIP code may be begun`() throws {
        #expect(try Self.found(.init(name: "bowie", zip: "787")) == ["Bowie High, Austin"])
        #expect(try Self.found(.init(name: "bowie", zip: "99999")).isEmpty)
        #expect(try Self.found(.init(zip: "76010")) == ["Bowie High, Arlington"])
        let texas = try #require(StateCode("TX"))
        #expect(
            Set(try Self.found(.init(name: "bowie", state: texas))) == [
                "Bowie High, Austin", "Bowie High, Arlington",
            ]
        )
        #expect(try Self.found(.init(name: "bowie", town: "raliegh")) == ["Bowie High, Raleigh"])
    }

    @Test func `a question without a word finds nothing`() throws {
        #expect(SchoolQuestion(name: " ", town: "\t").isEmpty)
        #expect(try Self.found(.init(state: StateCode("TX"))).isEmpty)
    }
}
