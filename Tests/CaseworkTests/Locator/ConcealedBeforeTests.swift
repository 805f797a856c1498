import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import TestSupport
import Testing
import Vocabulary

/// Answers of a gateway that did not hide a concealed child everywhere yet.
@Suite("A child who was concealed before")
struct ConcealedBeforeTests {
    /// The Maple School concealed the child, and nothing but its own entry was weakened.
    private static func before(
        _ reason: ReasonCode
    ) async throws -> (house: HiddenHouse, inquiry: Inquiry.ID) {
        let house = try await HiddenHouse([])
        let inquiry = try await house.refuse(reason).inquiry
        var own = LocatorEntry.sample(11)
        own.standing = .denied
        let entries = [own, .sample(12, school: .oak)]
        try await house.world.store.write { session in
            try session.withdrawEntry(LocatorEntry.ID(rawValue: inquiry.rawValue))
            try session.save(entries)
        }
        return (house, inquiry)
    }

    @Test(arguments: [ReasonCode.missingChild, .protectiveOrder])
    func `the pass hides the child everywhere, and once more changes nothing`(
        reason: ReasonCode
    ) async throws {
        let (house, inquiry) = try await Self.before(reason)
        #expect(try await house.lookedUp().people.isEmpty == false)
        #expect(try await house.desk.concealedWithoutGuardian() == 1)

        let hidden = try await house.desk.guardConcealed()

        #expect(hidden.children == 1 && hidden.entries == 2)
        #expect(try await house.lookedUp() == HiddenHouse([]).lookedUp())
        #expect(try await house.entry(of: inquiry)?.protectionGround == .person)
        #expect(await house.locator.isGuarded(HiddenHouse.paloma))
        #expect(
            try await house.lines() == [
                "operator locator.protect \(house.request.number) entries=2"
            ]
        )
        #expect(try await house.desk.concealedWithoutGuardian() == 0)
        #expect(try await house.desk.guardConcealed().children == 0)

        // It is the school's word, and undone like it; then it stays so.
        let lifted = try await house.desk.unprotect(.request(house.request.number))
        #expect(lifted.shown == 2)
        #expect(try await house.desk.guardConcealed().children == 0)
        #expect(try await house.entry(12)?.isProtected == false)
    }

    @Test
    func `whom a person has shown again stays so`() async throws {
        let (house, _) = try await Self.before(.missingChild)
        try await house.desk.unprotect(.request(house.request.number))

        #expect(try await house.desk.concealedWithoutGuardian() == 0)
        #expect(try await house.desk.guardConcealed().children == 0)
        #expect(try await house.entry(12)?.isProtected == false)
    }

    @Test
    func `an answer that hid the child by itself, and one that conceals nobody, need none`()
        async throws
    {
        for reason in [ReasonCode.missingChild, .neverEnrolled] {
            let house = try await HiddenHouse([.sample(12, school: .oak)])
            try await house.refuse(reason)
            #expect(try await house.desk.concealedWithoutGuardian() == 0)
            #expect(try await house.desk.guardConcealed().entries == 0)
        }
    }

    @Test
    func `a word that was lifted by the person's number stays lifted`() async throws {
        let person = Person.sample(1)
        var known = LocatorEntry.sample(11)
        known.person = person.id
        let house = try await HiddenHouse([known], of: person)
        try await house.refuse(.missingChild)

        try await house.desk.unprotect(.person(person.number))

        #expect(
            try await house.lines() == [
                "operator locator.unprotect \(person.id) shown=1 kept=0",
                "operator locator.unprotect \(house.request.number) with=\(person.id)",
            ]
        )
        #expect(try await house.desk.concealedWithoutGuardian() == 0)
        #expect(try await house.entry(11)?.isProtected == false)
    }

    @Test
    func `a pointer that was hidden before grounds were written down is shown by its own number`()
        async throws
    {
        let house = try await HiddenHouse([.sample(11)])
        var old = LocatorEntry(
            id: LocatorEntry.ID(rawValue: house.request.id.rawValue),
            name: StudentIdentity.paloma.name,
            birthDate: StudentIdentity.paloma.birthDate,
            school: School.oak.id,
            provenance: .init(source: "records request", receivedOn: .on("2026-01-05"))
        )
        old.protect(nil)
        let pointer = old
        try await house.world.store.write { try $0.save([pointer]) }

        let lifted = try await house.desk.unprotect(.request(house.request.number))

        #expect(lifted.shown == 1 && lifted.kept == 0)
        let now = try await house.world.store.read { try $0.locatorEntry(pointer.id) }
        #expect(now?.isProtected == false)
    }
}
