import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Hiding a student by command")
struct ProtectStudentTests {
    private static let entries = [LocatorEntry.sample(11), .sample(12, school: .oak)]

    /// Both entries are one person's, who has a number.
    private static func owned() async throws -> (house: HiddenHouse, person: Person) {
        let person = Person.sample(1)
        let house = try await HiddenHouse(
            entries.map { entry in
                var entry = entry
                entry.person = person.id
                return entry
            },
            of: person
        )
        return (house, person)
    }

    @Test
    func `a request's student is hidden and shown again, by number in the audit log`() async throws
    {
        let house = try await HiddenHouse(Self.entries)
        let before = try await house.lookedUp()
        let number = house.request.number

        #expect(try await house.desk.protect(.request(number)) == 2)
        #expect(try await house.lookedUp().people.isEmpty)
        // Once more hides nothing more.
        #expect(try await house.desk.protect(.request(number)) == 0)

        let lifted = try await house.desk.unprotect(.request(number))
        #expect(lifted.shown == 2 && lifted.kept == 0)
        #expect(try await house.lookedUp() == before)
        #expect(try await house.entryCount() == 2)
        #expect(await house.locator.isGuarded(HiddenHouse.paloma) == false)
        #expect(
            try await house.lines() == [
                "operator locator.protect \(number) entries=2",
                "operator locator.protect \(number) entries=0",
                "operator locator.unprotect \(number) shown=2 kept=0",
            ]
        )
    }

    @Test
    func `a student record number does the same`() async throws {
        let (house, person) = try await Self.owned()

        #expect(try await house.desk.protect(.person(person.number)) == 2)
        #expect(try await house.lookedUp().people.isEmpty)
        #expect(try await house.desk.protect(.person(person.number)) == 0)
        #expect(try await house.entryCount() == 3)

        let lifted = try await house.desk.unprotect(.person(person.number))
        #expect(lifted.shown == 2 && lifted.kept == 0)
        #expect(try await house.lookedUp().people.isEmpty == false)
        #expect(try await house.entryCount() == 2)
    }

    @Test
    func `a school's word of a missing child is undone too`() async throws {
        let house = try await HiddenHouse(Self.entries)
        let before = try await house.lookedUp()
        try await house.refuse(.missingChild)

        let lifted = try await house.desk.unprotect(.request(house.request.number))

        #expect(lifted.shown == 2 && lifted.kept == 0)
        #expect(try await house.lookedUp() == before)
    }

    @Test
    func `while a source says so itself, the entries stay hidden because of it`() async throws {
        var hidden = LocatorEntry.sample(11)
        hidden.protect(nil)
        let house = try await HiddenHouse([hidden, .sample(12, school: .oak)])
        try await house.refuse(.missingChild)

        let lifted = try await house.desk.unprotect(.request(house.request.number))

        #expect(lifted.shown == 0 && lifted.kept == 2)
        #expect(try await house.lookedUp().people.isEmpty)
        #expect(try await house.entry(11)?.protectionGround == nil)
        #expect(try await house.entry(11)?.isProtected == true)
        #expect(try await house.entry(12)?.protectionGround == .anotherEntry)
    }

    @Test
    func `a word by another number holds until that number is given`() async throws {
        let (house, person) = try await Self.owned()
        try await house.desk.protect(.person(person.number))
        try await house.desk.protect(.request(house.request.number))

        let first = try await house.desk.unprotect(.request(house.request.number))
        #expect(first.shown == 0 && first.kept == 2)
        #expect(try await house.lookedUp().people.isEmpty)

        let second = try await house.desk.unprotect(.person(person.number))
        #expect(second.shown == 2 && second.kept == 0)
        #expect(try await house.lookedUp().people.isEmpty == false)
    }

    @Test
    func `a number that nothing has changes nothing`() async throws {
        let house = try await HiddenHouse(Self.entries)

        for student in [
            ProtectedStudent.request(RequestNumber(bits: 77)),
            .person(StudentRecordNumber(bits: 77)),
        ] {
            await #expect(throws: CaseworkFailure.notFound) {
                try await house.desk.protect(student)
            }
            await #expect(throws: CaseworkFailure.notFound) {
                try await house.desk.unprotect(student)
            }
        }

        #expect(try await house.lines().isEmpty)
        #expect(try await house.entry(11)?.isProtected == false)
    }
}
