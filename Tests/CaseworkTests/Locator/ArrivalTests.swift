import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import TestSupport
import Testing
import Vocabulary

/// Between the question to the locator and the write that rests on it.
@Suite("What arrives while a student is hidden")
struct ArrivalTests {
    private static let late = LocatorEntry.sample(12, school: .oak)

    @Test
    func `an entry that arrives while a student is hidden by command is hidden too`() async throws {
        let house = try await HiddenHouse([.sample(11)])
        let arrival = Arrival(beside: house.locator)
        let store = house.world.store
        arrival.next(after: .hanging) { try await store.write { try $0.save([Self.late]) } }

        let count = try await house.world.desk.asking(arrival)
            .protect(.request(house.request.number))

        #expect(count == 2)
        #expect(try await house.entry(12)?.isProtected == true)
        #expect(try await house.lookedUp().people.isEmpty)
    }

    @Test
    func `an entry of somebody else that arrives stays in sight`() async throws {
        let house = try await HiddenHouse([.sample(11)])
        let arrival = Arrival(beside: house.locator)
        let store = house.world.store
        let other = StudentIdentity.sample(given: "Ulises", birthDate: "2014-11-20")
        let entry = LocatorEntry.sample(13, student: other, school: .willow)
        arrival.next(after: .hanging) { try await store.write { try $0.save([entry]) } }

        try await house.world.desk.asking(arrival).protect(.request(house.request.number))

        #expect(try await house.entry(13)?.isProtected == false)
        #expect(try await house.entry(11)?.isProtected == true)
    }

    @Test(arguments: [ReasonCode.missingChild, .protectiveOrder])
    func `an entry that arrives while a school conceals the child is hidden too`(
        reason: ReasonCode
    ) async throws {
        let house = try await HiddenHouse([.sample(11)])
        let arrival = Arrival(beside: house.locator)
        let store = house.world.store
        let answerer = try await house.world.open()
        arrival.next(after: .hanging) { try await store.write { try $0.save([Self.late]) } }

        try await house.world.desk.asking(arrival)
            .refuse(answerer.inquiry, reason: reason, note: "", by: answerer)

        #expect(try await house.entry(12)?.isProtected == true)
        #expect(try await house.lookedUp() == HiddenHouse([]).lookedUp())
    }

    @Test
    func `a row of a feed is hidden though its student was hidden after the feed asked`()
        async throws
    {
        var guardian = LocatorEntry.sample(7)
        guardian.protect(.person)
        let hidden = guardian
        var made: Arrival?
        let world = try await FeedWorld { locator in
            let arrival = Arrival(beside: locator)
            made = arrival
            return arrival
        }
        let arrival = try #require(made)
        let store = world.store
        arrival.next(after: .areGuarded) { try await store.write { try $0.save([hidden]) } }

        try await world.apply(
            "id,given,surname,born,school\n"
                + "1,Paloma,Prueba Ejemplo,2011-03-09,480000100001\n"
                + "2,Otra,Persona,2009-01-01,480000100001\n"
        )

        let entries = try await world.entries
        #expect(entries.filter { !$0.isProtected }.map(\.name.full) == ["Otra Persona"])
        let row = try #require(entries.first { $0.id != hidden.id && $0.isProtected })
        #expect(row.protectionGround == .anotherEntry)
    }

    @Test
    func `a pointer is hidden though its student was hidden after the locator was asked`()
        async throws
    {
        let house = try await HiddenHouse([])
        let arrival = Arrival(beside: house.locator)
        let desk = house.desk
        let number = house.request.number
        let answerer = try await house.world.open()
        arrival.next(after: .areGuarded) { try await desk.protect(.request(number)) }

        try await house.world.desk.asking(arrival).answerMovedOn(
            answerer.inquiry,
            to: School.willow.id,
            note: "",
            by: answerer
        )

        let pointer = try #require(try await house.entry(of: answerer.inquiry))
        #expect(pointer.isProtected && pointer.protectionGround == .anotherEntry)
    }
}
