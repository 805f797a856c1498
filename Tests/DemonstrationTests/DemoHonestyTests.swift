import Casework
import Demonstration
import RecordExchange
import RecordLocator
import ReferenceData
import Testing
import Vocabulary

/// What the demonstration must never do to anybody real.
@Suite("Demonstration honesty") struct DemoHonestyTests {
    @Test func `no made-up student is put into a jail, a hospital or a special program`() throws {
        let directory = try Stage.directory.get()
        let schools = Set(try Stage.entries.get().map(\.school)).compactMap(directory.school)
        #expect(schools.count > 500)
        for school in schools {
            let name = school.name.lowercased()
            for word in ["juvenile", "jail", "detention", "daep", "hospital", "alternative"] {
                #expect(!name.contains(word), "\(school.name)")
            }
        }
    }

    @Test func `nobody was enrolled after the story's last day`() throws {
        let last = try #require(CivilDate(iso8601: "2026-05-18"))
        for entry in try Stage.entries.get() {
            if let from = entry.from { #expect(from < last) }
            #expect(entry.provenance.receivedOn < last)
            #expect(entry.provenance.source == "demonstration")
        }
    }

    @Test func `only the showcase's protected student is protected`() throws {
        let hidden = try Stage.entries.get().filter(\.isProtected)
        #expect(hidden.map(\.name.full) == ["Renata Olivares Tapia"])
    }

    @Test func `names come from many combinations, so that few are alike`() throws {
        let names = try Stage.entries.get().map { entry in
            NameFolding.words(of: entry.name.full).joined(separator: " ")
        }
        #expect(Set(names).count > 8_000)
    }

    @Test func `everyone who signs in works at an organisation that exists`() throws {
        let directory = try Stage.directory.get()
        for person in DemoCast.people {
            switch person.organization {
            case .school(let school): #expect(directory.school(school) != nil)
            case .district(let district): #expect(directory.district(district) != nil)
            case .state(let state): #expect(directory.state(state) != nil)
            case .gateway: #expect([.administrator, .auditor].contains(person.role))
            case .project, .custodian: Issue.record("\(person.organization) has no sign-in")
            }
            #expect(!person.name.isEmpty && !person.title.isEmpty)
        }
    }

    @Test func `every contact is of an organisation that exists, in a role that fits it`() throws {
        let directory = try Stage.directory.get()
        for contact in DemoCast.contacts() {
            switch contact.organization {
            case .school(let school):
                #expect(directory.school(school) != nil)
                #expect([.recordsOffice, .backup, .summer].contains(contact.role))
            case .district(let district):
                #expect(directory.district(district) != nil)
                #expect(contact.role == .district)
            case .state: #expect(contact.role == .stateContact)
            case .project(let code):
                #expect(DemoCast.projects.contains { $0.code == code })
                #expect(contact.role == .project)
            case .custodian(let code):
                #expect(DemoCast.custodians.contains { $0.code == code })
                #expect(contact.role == .recordsOffice)
            case .gateway: Issue.record("the gateway answers no requests")
            }
        }
    }

    @Test func `projects and custodians say that they are made up`() {
        #expect(DemoCast.projects.allSatisfy { $0.name.contains("demonstration") })
        #expect(DemoCast.custodians.allSatisfy { $0.name.contains("demonstration") })
    }

    @Test func `the showcase is the same whatever the seed and the number of students`() throws {
        let directory = try Stage.directory.get()
        func showcase(_ seed: UInt64) -> [String] {
            DemoStory.entries(seed: seed, students: 0, directory: directory).map { entry in
                "\(entry.name.full) \(entry.birthDate?.description ?? "") \(entry.school) \(entry.from?.description ?? "")"
            }
        }
        #expect(showcase(1) == showcase(2))
        #expect(showcase(1).count == 12)
    }

    @Test func `a student is found under the name of the latest school`() throws {
        let index = try Stage.index.get()
        let entries = try Stage.entries.get().filter { $0.to == nil && !$0.isProtected }
        var found = 0
        let asked = entries.prefix(2_000)
        for entry in asked {
            let query = LocatorQuery(name: entry.name, birthDate: entry.birthDate)
            if index.search(query).people.contains(where: { person in
                person.matches.contains { $0.entry.id == entry.id }
            }) {
                found += 1
            }
        }
        #expect(found == asked.count)
    }
}
