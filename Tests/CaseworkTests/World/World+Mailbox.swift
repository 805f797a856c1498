import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

extension World {
    /// The token and code of the newest question about a mailbox that went to `email`.
    func mailboxKey(to email: EmailAddress) throws -> Key {
        let mail = try #require(mails(to: email, named: "confirmContact").last)
        let token = try #require(mail.plainText.between("/c/", "\""))
        let code = try #require(mail.plainText.between("code: \"", "\""))
        return Key(token: token, code: code)
    }

    /// A world in which Maple's office was asked whether its mailbox is still the right one.
    static func askedMailbox() async throws -> (world: World, key: Key) {
        let world = try await World()
        try await world.desk.askContact(
            Cast.mapleOffice.id,
            of: Cast.maple,
            by: Cast.clerk.actor
        )
        try await world.settle()
        return (world, try world.mailboxKey(to: Cast.mapleOffice.email))
    }
}

extension EmailAddress {
    /// The domain without the ending that all samples have.
    var firstLabel: String {
        domain.split(separator: ".").first.map(String.init) ?? ""
    }
}
