import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Whom a mailbox named") struct MailboxTakeOverTests {
    private static let successor = EmailAddress.of("lee", at: Cast.mapleOffice.email.firstLabel)

    @Test func `does not come once it was taken off the list itself`() async throws {
        let (world, key) = try await World.askedMailbox()
        try await world.desk.nameSuccessor(
            "Lee Park",
            at: Self.successor,
            token: key.token,
            code: key.code
        )
        try await world.settle()
        let named = try world.mailboxKey(to: Self.successor)
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
        let (world, key) = try await World.askedMailbox()
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
