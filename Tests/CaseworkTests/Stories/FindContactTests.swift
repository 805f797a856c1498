import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Finding a contact for a school") struct FindContactTests {
    static func draft(_ box: String = "lee", checked: Bool = false) -> ContactDraft {
        ContactDraft(
            role: .recordsOffice,
            name: "Lee Park",
            title: "Secretary",
            email: .of(box, at: "maple"),
            phone: nil,
            language: .english,
            isChecked: checked
        )
    }

    private func found(_ world: World, _ box: String = "lee") async throws -> Contact? {
        try await world.desk.contacts(of: Cast.maple).first { $0.email == .of(box, at: "maple") }
    }

    @Test func `what is known of the school is on one page`() async throws {
        let world = try await World()
        let request = try await world.file()
        let search = try await world.desk.contactSearch(
            for: request.number,
            by: Cast.california.actor
        )
        #expect(search.holder == Cast.maple && search.school == .maple)
        #expect(search.contacts.map(\.email).contains(Cast.mapleOffice.email))
    }

    @Test func `the address gets what waits, also where somebody opened it, and is asked itself`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        _ = try await world.open(Cast.mapleOffice)
        try await world.step("find") {
            try await world.desk.addFoundContact(
                Self.draft(),
                for: request.number,
                by: Cast.california.actor
            )
            try await world.settle()
        }
        let contact = try #require(try await found(world))
        #expect(contact.confirmedOn == nil && contact.question != nil)
        #expect(world.mails(to: contact, named: "ask").count == 1)
        #expect(world.mails(to: contact, named: "confirmContact").count == 1)
        _ = try await world.open(contact)
    }

    @Test func `what nobody opened is mailed once, and twice pressed is done once`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        for _ in 0..<2 {
            try await world.desk.addFoundContact(
                Self.draft(),
                for: request.number,
                by: Cast.california.actor
            )
            try await world.settle()
        }
        let contact = try #require(try await found(world))
        #expect(world.mails(to: contact, named: "ask").count == 1)
        #expect(world.mails(to: contact, named: "confirmContact").count == 1)
    }

    @Test func `an office that was asked by telephone is not asked again by mail`() async throws {
        let world = try await World()
        let request = try await world.file()
        try await world.desk.addFoundContact(
            Self.draft(checked: true),
            for: request.number,
            by: Cast.california.actor
        )
        try await world.settle()
        let contact = try #require(try await found(world))
        #expect(contact.confirmedOn != nil)
        #expect(world.mails(to: contact, named: "confirmContact").isEmpty)
    }

    @Test func `only the state of the school looks, and only while somebody is asked`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        let before = try await world.everything()
        for account in [Cast.texas, Cast.washington, Cast.registrar] {
            await #expect(throws: CaseworkFailure.self) {
                try await world.desk.addFoundContact(
                    Self.draft(),
                    for: request.number,
                    by: account.actor
                )
            }
        }
        #expect(try await world.everything() == before)
        try await world.desk.closeUnfilled(
            request.number,
            reason: .noAnswerAtCap,
            note: "",
            by: Cast.california.actor
        )
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            _ = try await world.desk.contactSearch(
                for: request.number,
                by: Cast.california.actor
            )
        }
    }
}
