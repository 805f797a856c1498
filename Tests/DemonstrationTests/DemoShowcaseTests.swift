import Demonstration
import RecordLocator
import Testing
import Vocabulary

@Suite("Demonstration showcase") struct DemoShowcaseTests {
    private func showcase(_ title: String) throws -> DemoShowcase {
        try #require(DemoCast.showcase.first { $0.title == title })
    }

    private func search(_ showcase: DemoShowcase) throws -> LocatorAnswer {
        try Stage.index.get()
            .search(LocatorQuery(name: showcase.student, birthDate: showcase.birthDate))
    }

    @Test func `lists eleven students, each with something to try`() {
        #expect(DemoCast.showcase.count == 11)
        #expect(DemoCast.showcase.allSatisfy { !$0.tryThis.isEmpty && !$0.tryThis.contains("\n") })
        #expect(Set(DemoCast.showcase.map(\.title)).count == 11)
    }

    @Test(arguments: [
        ("The main path", "484496008851"), ("Moved on", "120033000355"),
        ("Summer", "484496008851"), ("A school closed for good", "120162001808"),
        ("A holder who reads Spanish", "720003001155"),
        ("Day and month exchanged", "484496008851"),
    ])
    func `is found for certain at the school that is told`(title: String, school: String) throws {
        let answer = try search(showcase(title))
        #expect(answer.certain?.matches.first?.entry.school.description == school)
        #expect(answer.certain?.matches.first?.grade == .certain)
    }

    @Test func `Marisol left Weslaco East on May 8`() throws {
        let showcase = try showcase("The main path")
        #expect(showcase.student.full == "Marisol Reyes Ortega")
        #expect(showcase.birthDate.description == "2010-03-27")
        let match = try search(showcase).certain?.matches.first
        #expect(match?.entry.school == DemoCast.holderSchool)
        #expect(match?.entry.to?.description == "2026-05-08")
    }

    @Test(arguments: ["Nobody knows where", "A protected student"])
    func `is not found`(title: String) throws {
        #expect(try search(showcase(title)).people.isEmpty)
    }

    @Test func `two look alike when the middle name is not known`() throws {
        let name = try PersonName(
            given: "Juan",
            paternalSurname: "García",
            maternalSurname: "López"
        )
        let born = try showcase("Two students look alike").birthDate
        let answer = try Stage.index.get().search(LocatorQuery(name: name, birthDate: born))
        #expect(answer.isAmbiguous)
        #expect(answer.people.count == 2)
    }

    @Test func `the twin who is not there gets no answer`() throws {
        let name = try PersonName(
            given: "Abigail",
            paternalSurname: "Cisneros",
            maternalSurname: "Villarreal"
        )
        let born = try showcase("A twin who is not there").birthDate
        let answer = try Stage.index.get().search(LocatorQuery(name: name, birthDate: born))
        #expect(answer.people.isEmpty)
    }

    @Test func `exchanged day and month is only probable`() throws {
        let showcase = try showcase("Day and month exchanged")
        let born = try #require(CivilDate(iso8601: "2011-07-04"))
        let answer = try Stage.index.get()
            .search(LocatorQuery(name: showcase.student, birthDate: born))
        #expect(answer.people.first?.grade == .probable)
        #expect(answer.people.first?.reasons.first == .birthDateDayMonthExchanged)
    }
}
