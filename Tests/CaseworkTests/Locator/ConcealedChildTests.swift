import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import TestSupport
import Testing
import Vocabulary

/// One school conceals a child: no other school's entry may give the child away.
@Suite("A concealed child in the locator")
struct ConcealedChildTests {
    private static let entries = [LocatorEntry.sample(11), .sample(12, school: .oak)]

    @Test(arguments: [ReasonCode.missingChild, .protectiveOrder])
    func `another school's look-up shows nothing of the child, as if there were none`(
        reason: ReasonCode
    ) async throws {
        let house = try await HiddenHouse(Self.entries)
        #expect(try await house.lookedUp().people.isEmpty == false)

        try await house.refuse(reason)

        #expect(try await house.lookedUp() == HiddenHouse([]).lookedUp())
        for number in [11, 12] {
            let entry = try #require(try await house.entry(number))
            #expect(entry.isProtected && entry.protectionGround == .person)
        }
    }

    @Test(arguments: [ReasonCode.neverEnrolled, .missingChild, .protectiveOrder])
    func `where one school alone has the child, it looks like "never enrolled"`(
        reason: ReasonCode
    ) async throws {
        let house = try await HiddenHouse([.sample(11)])

        try await house.refuse(reason)

        #expect(try await house.lookedUp() == HiddenHouse([]).lookedUp())
    }

    @Test
    func `entries of the same person are hidden however they are written`() async throws {
        let person = Person.sample(1)
        var known = LocatorEntry.sample(11)
        known.person = person.id
        let other = StudentIdentity.sample(given: "Zoila", birthDate: "2010-01-30")
        var variant = LocatorEntry.sample(12, student: other, school: .oak)
        variant.person = person.id
        let house = try await HiddenHouse([known, variant], of: person)

        try await house.refuse(.missingChild)

        #expect(try await house.entry(12)?.isProtected == true)
        let query = LocatorQuery(name: other.name, birthDate: other.birthDate)
        #expect(await house.locator.find(query).people.isEmpty)
    }

    @Test
    func `a namesake of another birth date stays in sight`() async throws {
        let namesake = StudentIdentity.sample(given: "Ulises", birthDate: "2014-11-20")
        let house = try await HiddenHouse(
            Self.entries + [.sample(13, student: namesake, school: .willow)]
        )

        try await house.refuse(.missingChild)

        #expect(try await house.entry(13)?.isProtected == false)
    }

    @Test
    func `what comes later is hidden even after every feed withdrew its entries`() async throws {
        let house = try await HiddenHouse(Self.entries)
        try await house.refuse(.protectiveOrder)

        try await house.world.store.write { session in
            for number in [11, 12] { try session.withdrawEntry(.numbered(number)) }
        }

        #expect(await house.locator.isGuarded(HiddenHouse.paloma))
    }

    @Test
    func `a child whom no entry knew is hidden from then on`() async throws {
        let house = try await HiddenHouse([])
        #expect(await house.locator.isGuarded(HiddenHouse.paloma) == false)

        try await house.refuse(.missingChild)

        #expect(await house.locator.isGuarded(HiddenHouse.paloma))
        #expect(await house.locator.find(HiddenHouse.paloma).people.isEmpty)
    }

    @Test
    func `a source's own word stays its own`() async throws {
        var hidden = LocatorEntry.sample(11)
        hidden.protect(nil)
        let house = try await HiddenHouse([hidden, .sample(12, school: .oak)])

        try await house.refuse(.missingChild)

        let entry = try #require(try await house.entry(11))
        #expect(entry.isProtected && entry.protectionGround == nil)
    }

    @Test
    func `where a hidden child moved on, the pointer there is hidden because of it`() async throws {
        let house = try await HiddenHouse(Self.entries)
        try await house.desk.protect(.request(house.request.number))
        let answerer = try await house.world.open()

        try await house.desk.answerMovedOn(
            answerer.inquiry,
            to: School.willow.id,
            note: "",
            by: answerer
        )

        let pointer = try #require(try await house.entry(of: answerer.inquiry))
        #expect(pointer.school == School.willow.id)
        #expect(pointer.isProtected && pointer.protectionGround == .anotherEntry)
    }
}
