import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Guardians")
struct GuardianTests {
    private static let other = StudentIdentity.sample(given: "Zoila", birthDate: "2010-01-30")

    /// A person who is written in two ways that have nothing to do with each other.
    private static func twofold() async throws -> (house: HiddenHouse, person: Person) {
        let person = Person.sample(1)
        var known = LocatorEntry.sample(11)
        known.person = person.id
        var variant = LocatorEntry.sample(12, student: other, school: .oak)
        variant.person = person.id
        return (try await HiddenHouse([known, variant], of: person), person)
    }

    private static func query(_ student: StudentIdentity) -> LocatorQuery {
        LocatorQuery(name: student.name, birthDate: student.birthDate)
    }

    /// Every feed withdraws what it reported.
    private static func withdraw(_ numbers: [Int], in house: HiddenHouse) async throws {
        try await house.world.store.write { session in
            for number in numbers { try session.withdrawEntry(.numbered(number)) }
        }
    }

    @Test
    func `a person hidden by number is guarded in every spelling, whatever is withdrawn`()
        async throws
    {
        let (house, person) = try await Self.twofold()
        #expect(try await house.desk.protect(.person(person.number)) == 2)
        // Two entries and a guardian for each spelling; once more adds none.
        #expect(try await house.desk.protect(.person(person.number)) == 0)
        #expect(try await house.entryCount() == 4)

        try await Self.withdraw([11, 12], in: house)

        #expect(await house.locator.isGuarded(Self.query(.paloma)))
        #expect(await house.locator.isGuarded(Self.query(Self.other)))
        try await house.desk.unprotect(.person(person.number))
        #expect(try await house.entryCount() == 0)
        #expect(await house.locator.isGuarded(Self.query(Self.other)) == false)
    }

    @Test(arguments: [nil, .missingChild, .protectiveOrder] as [ReasonCode?])
    func `a request's student is guarded in every spelling that is surely theirs`(
        reason: ReasonCode?
    ) async throws {
        let (house, _) = try await Self.twofold()
        if let reason {
            try await house.refuse(reason)
        } else {
            try await house.desk.protect(.request(house.request.number))
        }
        try await Self.withdraw([11, 12], in: house)
        #expect(await house.locator.isGuarded(Self.query(.paloma)))
        #expect(await house.locator.isGuarded(Self.query(Self.other)))

        try await house.desk.unprotect(.request(house.request.number))

        #expect(try await house.entryCount() == 0)
    }

    @Test
    func `a student is hidden though the school that asks has left the directory`() async throws {
        let house = try await HiddenHouse([.sample(11)])
        let lost = School(
            id: try #require(SchoolID("550000500005")),
            name: "Lost School",
            district: School.oak.district,
            districtName: "Lost Valley",
            city: "Quince",
            state: .texas,
            lowGrade: .kindergarten,
            highGrade: .twelfth
        )
        let request = RecordRequest.filed(77, from: lost)
        try await house.world.store.write { try $0.save(request) }

        #expect(try await house.desk.protect(.request(request.number)) == 1)
        #expect(try await house.lookedUp().people.isEmpty)
        try await house.desk.unprotect(.request(request.number))
        #expect(try await house.lookedUp().people.isEmpty == false)
    }

    @Test
    func `what another request taught is shown again with the rest`() async throws {
        let request = LocatorEntry.Provenance(
            source: "records request",
            receivedOn: .on("2026-01-05")
        )
        let pointer = LocatorEntry(
            id: .numbered(14),
            name: StudentIdentity.paloma.name,
            birthDate: StudentIdentity.paloma.birthDate,
            school: School.willow.id,
            provenance: request
        )
        let house = try await HiddenHouse([.sample(11), pointer])
        let before = try await house.lookedUp()

        #expect(try await house.desk.protect(.request(house.request.number)) == 2)
        let lifted = try await house.desk.unprotect(.request(house.request.number))

        #expect(lifted.shown == 2 && lifted.kept == 0)
        #expect(try await house.lookedUp() == before)
    }

    @Test
    func `an entry without a birth date is hidden and shown again with its namesake`()
        async throws
    {
        let undated = LocatorEntry(
            id: .numbered(15),
            name: StudentIdentity.paloma.name,
            birthDate: nil,
            school: School.willow.id,
            provenance: .init(source: "Sample feed", receivedOn: .on("2026-01-05"))
        )
        let house = try await HiddenHouse([.sample(11), undated])
        #expect(try await house.desk.protect(.request(house.request.number)) == 2)
        #expect(try await house.entry(15)?.isProtected == true)

        let lifted = try await house.desk.unprotect(.request(house.request.number))

        #expect(lifted.shown == 2 && lifted.kept == 0)
        #expect(try await house.entry(15)?.isProtected == false)
    }
}
