import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Whom a mailbox named") struct MailboxTakeOverTests {
    private static let successor = EmailAddress.of(
        "lee",
        at: Cast.mapleOffice.email.domain.split(separator: ".").first.map(String.init) ?? ""
    )

    /// The newest question's token and code.
    private func key(_ world: World, to email: EmailAddress) throws -> World.Key {
        let mail = try #require(world.mails(to: email, named: "confirmContact").last)
        let token = try #require(mail.plainText.between("/c/", "\""))
        let code = try #require(mail.plainText.between("code: \"", "\""))
        return World.Key(token: token, code: code)
    }

    private func asked() async throws -> (world: World, key: World.Key) {
        let world = try await World()
        try await world.desk.askContact(
            Cast.mapleOffice.id,
            of: Cast.maple,
            by: Cast.clerk.actor
        )
        try await world.settle()
        return (world, try key(world, to: Cast.mapleOffice.email))
    }

    @Test func `does not come once it was taken off the list itself`() async throws {
        let (world, key) = try await asked()
        try await world.desk.nameSuccessor(
            "Lee Park",
            at: Self.successor,
            token: key.token,
            code: key.code
        )
        try await world.settle()
        let named = try self.key(world, to: Self.successor)
        try await world.desk.endContact(
            Cast.mapleOffice.id,
            of: Cast.maple,
            by: Cast.clerk.actor
        )
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.link(.unknown)) {
            try await world.desk.mailboxDoor(token: named.token)
        }
        await #expect(throws: CaseworkFailure.link(.unknown)) {
            try await world.desk.confirmMailbox(token: named.token, code: named.code)
        }
        #expect(try await world.everything() == before)
        let contacts = try await world.desk.contacts(of: Cast.maple)
        #expect(!contacts.contains { $0.email == Self.successor })
    }

    @Test func `has a name of one line, since a mail of ours begins with it`() async throws {
        let (world, key) = try await asked()
        for name in ["Lee\n\nYour account ends today", "Lee\r", "Lee\u{2028}Park", "\u{202E}Lee"] {
            await #expect(throws: CaseworkFailure.nameMissing) {
                try await world.desk.nameSuccessor(
                    name,
                    at: Self.successor,
                    token: key.token,
                    code: key.code
                )
            }
        }
    }
}
