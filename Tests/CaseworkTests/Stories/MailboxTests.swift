import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("A mailbox is asked about itself") struct MailboxTests {
    private func contact(_ world: World, _ id: Contact.ID) async throws -> Contact? {
        try await world.store.read { try $0.contact(id) }
    }

    @Test func `yes confirms it from today, once, and only with the code`() async throws {
        let (world, key) = try await World.askedMailbox()
        let door = try await world.desk.mailboxDoor(token: key.token)
        #expect(door.kind == .stillRight && door.organization == School.maple.name)
        await #expect(throws: CaseworkFailure.wrongCode(triesLeft: 4)) {
            try await world.desk.confirmMailbox(token: key.token, code: "ZZZZZZ")
        }
        let earlier = try await contact(world, Cast.mapleOffice.id)?.confirmedOn
        #expect(earlier == Cast.mapleOffice.confirmedOn && earlier != .on("2026-05-18"))
        try await world.desk.confirmMailbox(token: key.token, code: key.code)
        let confirmed = try await contact(world, Cast.mapleOffice.id)
        #expect(confirmed?.confirmedOn == .on("2026-05-18"))
        await #expect(throws: CaseworkFailure.link(.unknown)) {
            try await world.desk.confirmMailbox(token: key.token, code: key.code)
        }
    }

    @Test func `five wrong codes or thirty days end the link`() async throws {
        let (world, key) = try await World.askedMailbox()
        for _ in 1...5 {
            await #expect(throws: CaseworkFailure.self) {
                try await world.desk.confirmMailbox(token: key.token, code: "ZZZZZZ")
            }
        }
        await #expect(throws: CaseworkFailure.link(.tooManyWrongCodes)) {
            try await world.desk.confirmMailbox(token: key.token, code: key.code)
        }
        let (later, old) = try await World.askedMailbox()
        later.clock.advance(bySeconds: 30 * 86_400)
        await #expect(throws: CaseworkFailure.link(.expired)) {
            try await later.desk.confirmMailbox(token: old.token, code: old.code)
        }
    }

    @Test func `somebody else takes the place when they say yes themselves`() async throws {
        let (world, key) = try await World.askedMailbox()
        let successor = EmailAddress.of("lee", at: Cast.mapleOffice.email.firstLabel)
        try await world.desk.nameSuccessor(
            "Lee Park",
            at: successor,
            token: key.token,
            code: key.code
        )
        try await world.settle()
        // Until then the office is what it was.
        let before = try await world.desk.contacts(of: Cast.maple)
        #expect(before.contains { $0.id == Cast.mapleOffice.id })
        #expect(!before.contains { $0.email == successor })
        let mine = try world.mailboxKey(to: successor)
        #expect(try await world.desk.mailboxDoor(token: mine.token).kind == .takeOver)
        try await world.desk.confirmMailbox(token: mine.token, code: mine.code)
        try await world.settle()
        let after = try await world.desk.contacts(of: Cast.maple)
        #expect(!after.contains { $0.id == Cast.mapleOffice.id })
        let lee = try #require(after.first { $0.email == successor })
        #expect(lee.role == .recordsOffice && lee.confirmedOn == .on("2026-05-18"))
        // What waits is asked of the new one, and the old one hears that it is off the list.
        #expect(world.mails(to: Cast.mapleOffice, named: "contactChanged").count == 1)
        let request = try await world.file()
        #expect(world.mails(to: successor, named: "ask").count <= 1)
        try await world.settle()
        #expect(world.mails(to: successor, named: "ask").count == 1)
        #expect(try await world.state(of: request) == .requested)
    }

    @Test func `nobody leads an office's mail to another domain`() async throws {
        let (world, key) = try await World.askedMailbox()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.addressMalformed) {
            try await world.desk.nameSuccessor(
                "Lee Park",
                at: .of("lee", at: "elsewhere"),
                token: key.token,
                code: key.code
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `a mailbox is asked once a day at most`() async throws {
        let (world, _) = try await World.askedMailbox()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.askContact(
                Cast.mapleOffice.id,
                of: Cast.maple,
                by: Cast.clerk.actor
            )
        }
        #expect(world.mails(to: Cast.mapleOffice, named: "confirmContact").count == 1)
    }
}
