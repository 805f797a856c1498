import RecordExchange
import ReferenceData
import Testing
import Vocabulary

/// The program's own directory, loaded once for all tests.
enum Loaded {
    static let directory = Result { try NationalDirectory.load() }
    static let search = Result { DirectorySearch(try directory.get()) }
}

@Suite("National directory") struct NationalDirectoryTests {
    @Test func `holds every school and district of its sources`() throws {
        let directory = try Loaded.directory.get()
        #expect(directory.schools.count == 101_688)
        #expect(directory.districts.count == 18_607)
        #expect(directory.states.map(\.code) == StateCode.all)
    }

    @Test func `knows a school with its town, grades and phone`() throws {
        let directory = try Loaded.directory.get()
        let id = try #require(SchoolID("484496008851"))
        let school = try #require(directory.school(id))
        #expect(school.name == "Weslaco East High School")
        #expect(school.districtName == "Weslaco ISD")
        #expect(school.city == "Weslaco")
        #expect(school.state.description == "TX")
        #expect(school.lowGrade == .ninth)
        #expect(school.highGrade == .twelfth)
        #expect(school.zip == "78596")
        #expect(school.phone == "(956)969-6950")
        #expect(school.custodian == nil)
    }

    @Test(arguments: [
        ("063441005643", "Lowell High", "CA"), ("530771001171", "Garfield High School", "WA"),
    ])
    func `keeps well-known schools under their numbers`(
        number: String,
        name: String,
        state: String
    ) throws {
        let directory = try Loaded.directory.get()
        let school = try #require(SchoolID(number).flatMap(directory.school))
        #expect(school.name == name)
        #expect(school.state == StateCode(state))
    }

    @Test func `stands in the order of the numbers, each found by its own`() throws {
        let directory = try Loaded.directory.get()
        #expect(zip(directory.schools, directory.schools.dropFirst()).allSatisfy { $0.id < $1.id })
        for index in stride(from: 0, to: directory.schools.count, by: 997) {
            let school = directory.schools[index]
            #expect(directory.school(school.id) == school)
            #expect(directory.district(school.district)?.name == school.districtName)
        }
    }

    @Test func `gives a district's schools and no others`() throws {
        let directory = try Loaded.directory.get()
        let district = try #require(DistrictID("4844960"))
        let schools = directory.schools(of: district)
        #expect(schools.count == 23)
        #expect(schools.allSatisfy { $0.district == district })
        #expect(directory.district(district)?.city == "Weslaco")
        let none = try #require(DistrictID("9999999"))
        #expect(directory.schools(of: none).isEmpty)
        #expect(directory.district(none) == nil)
    }

    @Test func `shows a number only where the source has one`() throws {
        let directory = try Loaded.directory.get()
        let phones = directory.schools.compactMap(\.phone)
        #expect(phones.count > 28_000)
        #expect(phones.allSatisfy { $0.utf8.count == 13 && $0.hasPrefix("(") })
        let states = Set(directory.schools.filter { $0.phone != nil }.map(\.state.description))
        #expect(states.isSuperset(of: ["CA", "FL", "MI", "TX", "WA"]))
        #expect(!states.contains("NY"))
    }

    @Test func `credits its sources`() throws {
        let credits = try NationalDirectory.credits()
        #expect(credits.contains(NationalDirectory.creditLine))
        #expect(credits.contains("public domain"))
    }

    @Test func `says how far loading has come`() throws {
        var seen: [NationalDirectory.Progress] = []
        _ = try NationalDirectory.load { seen.append($0) }
        #expect((10...30).contains(seen.count))
        #expect(seen.last?.schoolsRead == 101_688)
        #expect(seen.allSatisfy { $0.schoolsInAll == 101_688 })
        #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.schoolsRead < $1.schoolsRead })
    }
}
