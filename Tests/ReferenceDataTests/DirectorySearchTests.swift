import RecordExchange
import ReferenceData
import Testing
import Vocabulary

@Suite("Directory search") struct DirectorySearchTests {
    @Test(arguments: [
        ("weslaco east high school", "484496008851"),
        ("WESLACO EAST", "484496008851"),
        ("weslaco east hs", "484496008851"),
        ("wesl eas", "484496008851"),
        ("east high weslaco tx", "484496008851"),
        ("Weslaco East High School Texas 78596", "484496008851"),
        ("  weslaco,   east!! ", "484496008851"),
        ("wéslaco east", "484496008851"),
        ("weslacco east", "484496008851"),
        ("immokalee high", "120033000355"),
        ("davis yakima", "531011001689"),
        ("miller middle crescent city", "120162001808"),
        ("o'odham high", "590016900108"), ("O’odham high", "590016900108"),
    ])
    func `finds what a registrar remembers`(text: String, number: String) throws {
        let first = try Loaded.search.get().search(text).first
        #expect(first?.id.description == number)
    }

    @Test func `every word must be found`() throws {
        let search = try Loaded.search.get()
        #expect(search.search("weslaco zzyzx").isEmpty)
        for school in search.search("lincoln fresno", limit: 50) {
            let text = "\(school.name) \(school.city) \(school.districtName)".lowercased()
            #expect(text.contains("lincoln"))
            #expect(text.contains("fresno"))
        }
    }

    @Test func `a name that many schools have is narrowed by the state`() throws {
        let search = try Loaded.search.get()
        let state = try #require(StateCode("WA"))
        let everywhere = search.search("lincoln elementary", limit: 100)
        #expect(Set(everywhere.map(\.state)).count > 10)
        let here = search.search("lincoln elementary", state: state, limit: 100)
        #expect(here.count > 3)
        #expect(here.allSatisfy { $0.state == state })
    }

    @Test func `finds the schools of a ZIP code`() throws {
        let schools = try Loaded.search.get().search("78596", limit: 100)
        #expect(schools.count > 20)
        #expect(schools.allSatisfy { $0.zip == "78596" })
    }

    @Test func `a school comes before longer names that begin alike`() throws {
        let names = try Loaded.search.get().search("weslaco high", limit: 5).map(\.name)
        #expect(names.first == "Weslaco High School")
        #expect(names.contains("Weslaco East High School"))
    }

    @Test(arguments: ["", "   ", "!!!", "\u{0}", "'", "\t\n"])
    func `a text without words finds nothing`(text: String) throws {
        #expect(try Loaded.search.get().search(text).isEmpty)
    }

    @Test func `gives no more than asked for, and the same each time`() throws {
        let search = try Loaded.search.get()
        #expect(search.search("elementary", limit: 7).count == 7)
        #expect(search.search("elementary", limit: 0).isEmpty)
        #expect(search.search("school", limit: 50) == search.search("school", limit: 50))
        let long = String(repeating: "high school ", count: 5_000)
        #expect(search.search(long, limit: 3).count == 3)
        let accents = "weslaco e" + String(repeating: "\u{301}", count: 100_000)
        #expect(search.search(accents, limit: 3).count == 3)
    }

    @Test func `every school is found by its own name, town and state`() throws {
        let directory = try Loaded.directory.get()
        let search = try Loaded.search.get()
        for index in stride(from: 0, to: directory.schools.count, by: 1_009) {
            let school = directory.schools[index]
            let text = "\(school.name) \(school.city)"
            let found = search.search(text, state: school.state, limit: 60)
            #expect(found.contains { $0.id == school.id }, "\(text)")
        }
    }
}
