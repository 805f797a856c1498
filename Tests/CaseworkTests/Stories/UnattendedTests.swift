import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("A state without a contact") struct UnattendedTests {
    /// Nobody at the school, its district and its state can be written to.
    private func forsaken(
        _ change: @Sendable (inout [Contact]) -> Void = { _ in }
    ) async throws -> World {
        let state = OrganizationID.state(.california)
        var contacts = Cast.contacts.filter { contact in
            contact.organization != state && contact.organization != Cast.maple
                && contact.role != .district
        }
        change(&contacts)
        return try await World(contacts: contacts)
    }

    private func told(_ account: StaffAccount, _ world: World) -> Int {
        world.mails(to: account.email, named: "unattended").count
    }

    @Test func `the state's people who sign in are told the same day`() async throws {
        let world = try await forsaken()
        try await world.file()
        #expect(told(Cast.california, world) == 1)
        #expect(told(Cast.administrator, world) == 0)
        let mail = try #require(world.mails(to: Cast.california.email, named: "unattended").first)
        #expect(mail.plainText.contains("/contacts/state:CA"))
        #expect(!mail.plainText.contains("Paloma"))
    }

    @Test func `where nobody of the state signs in the administrators are told`() async throws {
        let world = try await forsaken()
        var gone = Cast.california
        gone.status = .disabled
        let left = gone
        try await world.store.write { try $0.save(left) }
        try await world.file()
        #expect(told(Cast.administrator, world) == 1)
        #expect(told(Cast.california, world) == 0)
        #expect(told(Cast.washington, world) == 0)
    }

    @Test func `however many requests wait, one mail a day`() async throws {
        let world = try await forsaken()
        try await world.file()
        try await world.file { $0.birthDay = "11" }
        try await world.walk(to: "2026-05-18", hour: 20)
        #expect(told(Cast.california, world) == 1)
    }

    @Test func `it is told again while it stays so`() async throws {
        let world = try await forsaken()
        try await world.file()
        try await world.walk(to: "2026-06-12")
        #expect(told(Cast.california, world) > 1)
    }

    @Test func `a state with a contact is none of the administrators' business`() async throws {
        let world = try await World()
        try await world.file()
        try await world.walk(to: "2026-06-12")
        #expect(told(Cast.administrator, world) == 0)
        #expect(told(Cast.california, world) == 0)
    }

    @Test func `whoever is named gets the list of what waits`() async throws {
        let world = try await forsaken()
        let request = try await world.file()
        try await world.desk.keepContact(
            ContactDraft(
                role: .stateContact,
                name: "Sol Vega",
                title: "",
                email: Cast.californiaDesk.email,
                phone: nil,
                language: .english,
                isChecked: true
            ),
            of: .state(.california),
            by: Cast.administrator.actor
        )
        try await world.walk(to: "2026-05-19", hour: 12)
        let digests = world.mails(to: Cast.californiaDesk, named: "digest")
        #expect(digests.count == 1)
        #expect(digests.first?.plainText.contains("\(request.number)") == true)
    }

    @Test func `a request without a school is told to whoever can name a contact`() async throws {
        let contacts = Cast.contacts.filter { $0.organization != .state(.texas) }
        let world = try await World(contacts: contacts)
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.desk.refuse(
            answerer.inquiry,
            reason: .neverEnrolled,
            note: "",
            by: answerer
        )
        try await world.settle()
        #expect(try await world.state(of: request) == .endOfLocations)
        #expect(told(Cast.texas, world) == 1)
    }
}
