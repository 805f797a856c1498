import Casework
import Demonstration
import RecordExchange
import RecordLocator
import ReferenceData
import Testing
import Vocabulary

@Suite("Demonstration cast") struct DemoCastTests {
    private static let schools = [
        DemoCast.requesterSchool, DemoCast.holderSchool, DemoCast.secondHolderSchool,
        DemoCast.channelSchool, DemoCast.closedSchool, DemoCast.spanishSchool,
        DemoCast.bouncingSchool,
    ]

    @Test func `every school is a real one, and no two are the same`() throws {
        let directory = try Stage.directory.get()
        #expect(Set(Self.schools).count == Self.schools.count)
        for school in Self.schools { #expect(directory.school(school) != nil) }
    }

    @Test func `everyone's mail ends in .example`() {
        for person in DemoCast.people { #expect(person.email.domain.hasSuffix(".example")) }
        for contact in DemoCast.contacts() { #expect(contact.email.domain.hasSuffix(".example")) }
        #expect(Set(DemoCast.people.map(\.email)).count == DemoCast.people.count)
    }

    @Test(arguments: StaffRole.allCases)
    func `every role has somebody`(role: StaffRole) {
        #expect(DemoCast.people.contains { $0.role == role })
    }

    @Test func `every state where students were has a state contact and a calendar`() throws {
        let directory = try Stage.directory.get()
        let contacts = DemoCast.contacts()
        let states = Set(try Stage.entries.get().compactMap { directory.school($0.school)?.state })
        for state in states {
            #expect(
                contacts.contains {
                    $0.organization == .state(state) && $0.role == .stateContact && $0.isUsable
                }
            )
            #expect(DemoCalendars.all[.state(state)] != nil)
        }
    }

    @Test func `the holder can be asked in session and in summer`() throws {
        let directory = try Stage.directory.get()
        let school = try #require(directory.school(DemoCast.holderSchool))
        let contacts = DemoCast.contacts().filter(\.isUsable)
        let own = contacts.filter { $0.organization == .school(school.id) }.map(\.role)
        #expect(Set(own) == [.recordsOffice, .backup, .summer])
        #expect(contacts.contains { $0.organization == .district(school.district) })
        let project = try #require(DemoCast.projects.first)
        #expect(project.serves.contains(school.district))
        #expect(project.serves.allSatisfy { directory.district($0)?.state == project.state })
        #expect(contacts.contains { $0.organization == .project(project.code) })
    }

    @Test func `one records office bounces, and one reads Spanish`() {
        let contacts = DemoCast.contacts()
        let bouncing = contacts.filter { !$0.isUsable }
        #expect(bouncing.map(\.organization) == [.school(DemoCast.bouncingSchool)])
        let spanish = contacts.first { $0.organization == .school(DemoCast.spanishSchool) }
        #expect(spanish?.language == .spanish)
    }

    @Test func `contacts keep their numbers and take the directory's phones`() throws {
        let directory = try Stage.directory.get()
        let contacts = DemoCast.contacts { organization in
            guard case .school(let school) = organization else { return nil }
            return directory.school(school)?.phone
        }
        #expect(contacts.map(\.id) == DemoCast.contacts().map(\.id))
        #expect(Set(contacts.map(\.id)).count == contacts.count)
        let holder = contacts.first { $0.organization == .school(DemoCast.holderSchool) }
        #expect(holder?.phone == "(956)969-6950")
        #expect(contacts.first { $0.role == .stateContact }?.phone == nil)
    }

    @Test func `the closed school names its custodian, who can be asked`() throws {
        let directory = try Stage.directory.get()
        let schools = DemoCast.closedSchools(in: directory.school)
        #expect(schools.map(\.id) == [DemoCast.closedSchool])
        let custodian = try #require(schools.first?.custodian)
        #expect(DemoCast.contacts().contains { $0.organization == custodian && $0.isUsable })
    }

    @Test(arguments: [
        ("484496008851", "2026-05-18", false), ("484496008851", "2026-05-29", true),
        ("484496008851", "2026-08-16", true), ("484496008851", "2026-08-17", false),
        ("484496008851", "2026-07-02", true), ("531011001689", "2026-06-12", false),
        ("531011001689", "2026-06-15", true), ("530867001449", "2026-08-31", true),
        ("530867001449", "2026-09-01", false), ("120033000355", "2026-07-15", true),
        ("062949004555", "2025-12-24", true), ("720003001155", "2026-07-15", true),
    ])
    func `schools close and open as their calendars say`(
        number: String,
        day: String,
        isClosed: Bool
    ) throws {
        let directory = try Stage.directory.get()
        let school = try #require(SchoolID(number).flatMap(directory.school))
        let calendar = try #require(DemoCalendars.calendar(of: school))
        let date = try #require(CivilDate(iso8601: day))
        #expect((calendar.closure(on: date) != nil) == isClosed)
        if isClosed { #expect(calendar.reopening(after: date) != nil) }
    }

    @Test func `districts that people or calendars name are of schools shown`() throws {
        let directory = try Stage.directory.get()
        let districts = Set(Self.schools.compactMap { directory.school($0)?.district })
        for organization in DemoCast.people.map(\.organization) + Array(DemoCalendars.all.keys) {
            guard case .district(let district) = organization else { continue }
            #expect(districts.contains(district))
        }
    }

    @Test func `the project is open in July`() throws {
        let project = try #require(DemoCast.projects.first)
        let calendar = try #require(DemoCalendars.all[.project(project.code)])
        let first = try #require(CivilDate(iso8601: "2026-06-01"))
        for offset in 0..<75 {
            #expect(calendar.closure(on: first.advanced(by: offset)) == nil)
        }
    }

    @Test func `the notice says that everybody is made up`() {
        #expect(DemoCast.notice.contains("made up"))
    }
}
