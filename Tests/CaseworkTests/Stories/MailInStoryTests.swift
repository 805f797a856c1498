import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("What mail that comes in does") struct MailInStoryTests {
    private func take(_ world: World, _ text: String) async throws -> MailTaken {
        let taken = try await world.desk.takeMail(InboundMail(parsing: Array(text.utf8)))
        try await world.settle()
        return taken
    }

    private func answer(
        _ mail: OutgoingMail,
        _ headers: String = "",
        _ text: String
    ) -> String {
        "In-Reply-To: <\(mail.messageID)>\n\(headers)Message-ID: <a@school.example>\n\n\(text)"
    }

    @Test func `a bounce moves the request the same day`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let mail = try #require(world.mails(to: Cast.mapleOffice).first)
        let report = InboundMailTests.report("failed", original: mail.messageID)
        #expect(try await world.step("bounce") { try await take(world, report) } == .noted)
        #expect(world.mails(to: Cast.figDistrict, named: "escalate").count == 1)
        #expect(world.mails(to: Cast.registrar.email, named: "bounced").count == 1)
        let story = try await world.story(of: request)
        #expect(story.events.map(\.kind).contains(.mailRefused(organization: Cast.maple)))
        #expect(story.inquiries.first?.clock.level == .district)
        // The same report again, as mail servers do.
        let before = try await world.everything()
        #expect(try await take(world, report) == .repeated)
        #expect(try await world.everything() == before)
    }

    @Test func `an absence asks the second address now and offers to mark the school closed`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let mail = try #require(world.mails(to: Cast.mapleOffice).first)
        let text = answer(mail, "Auto-Submitted: auto-replied\n", "I am back on June 8, 2026.")
        #expect(try await world.step("away") { try await take(world, text) } == .noted)
        #expect(world.mails(to: Cast.mapleBackup, named: "ask").count == 1)
        let contacts = try await world.everything().contacts
        #expect(contacts.first { $0.id == Cast.mapleOffice.id }?.awayUntil == .on("2026-06-08"))
        let before = try await world.everything()
        #expect(try await take(world, text) == .repeated)
        #expect(try await world.everything() == before)
        // The state contact takes the offer up: others are asked at once.
        let offer = try await world.desk.closureOffer(
            of: request.number,
            by: Cast.california.actor
        )
        #expect(offer == .on("2026-06-08"))
        try await world.step("closed") {
            _ = try await world.desk.markClosed(request.number, by: Cast.california.actor)
            try await world.settle()
        }
        #expect(world.mails(to: Cast.mapleSummer, named: "ask").count == 1)
        #expect(try await world.story(of: request).closedUntil == .on("2026-06-08"))
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.markClosed(request.number, by: Cast.california.actor)
        }
    }

    @Test func `a reply stands on the timeline once`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let mail = try #require(world.mails(to: Cast.mapleOffice).first)
        let text = answer(mail, "", "She retired, ask Ana.")
        #expect(try await world.step("reply") { try await take(world, text) } == .noted)
        let kinds = try await world.story(of: request).events.map(\.kind)
        #expect(kinds.contains(.mailReply(organization: Cast.maple, note: "She retired, ask Ana.")))
        #expect(try await take(world, text) == .repeated)
    }

    @Test(arguments: [
        "In-Reply-To: <nobody@mochila.example>\n\nHello",
        "In-Reply-To: <00000000000000000000000000@mochila.example>\n\nHello", "X: y\n\nBuy this",
    ])
    func `what answers no mail of ours is nothing to us`(text: String) async throws {
        let world = try await World()
        try await world.file()
        let before = try await world.everything()
        #expect(try await take(world, text) == .unrelated)
        #expect(try await world.everything() == before)
    }
}
