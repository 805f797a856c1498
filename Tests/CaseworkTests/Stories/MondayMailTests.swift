import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("What waits, told on Mondays") struct MondayMailTests {
    private func mails(_ world: World) -> [OutgoingMail] {
        world.mails(to: Cast.mapleOffice, named: "waiting")
    }

    @Test func `an office is told on Monday what waits for it, oldest first, with a link`()
        async throws
    {
        // A Thursday; Memorial Day is the Monday after, so it is Tuesday.
        let world = try await World(on: "2026-05-21")
        let first = try await world.file()
        try await world.walk(to: "2026-05-22", hour: 12)
        let second = try await world.file { $0.given = "Perla" }
        try await world.walk(to: "2026-05-25", hour: 18)
        #expect(mails(world).isEmpty)
        try await world.walk(to: "2026-05-26", hour: 12)
        let mail = try #require(mails(world).first)
        #expect(mails(world).count == 1)
        let text = mail.plainText
        let places = [first, second].compactMap {
            text.firstRange(of: $0.number.description)?.lowerBound
        }
        #expect(places.count == 2 && places[0] < places[1])
        #expect(!text.contains("Paloma") && !text.contains("Perla"))
        let key = try #require(World.Key(mail))
        let entry = try await world.desk.enter(code: key.code, token: key.token)
        #expect(entry.inquiry == (try await world.inquiry(of: first)).id)
    }

    @Test func `what is answered by then is not told, and without anything open there is no mail`()
        async throws
    {
        let world = try await World(on: "2026-05-21")
        try await world.file()
        try await world.walk(to: "2026-05-22", hour: 12)
        try await world.sendRecords()
        try await world.walk(to: "2026-06-09", hour: 12)
        #expect(mails(world).isEmpty)
        let waiting = try await world.everything().waiting
        #expect(!waiting.contains { if case .waiting = $0.work { true } else { false } })
    }

    @Test func `what the office named a day for waits for that day`() async throws {
        let world = try await World(on: "2026-05-21")
        let request = try await world.file()
        try await world.desk.promise(
            try await world.inquiry(of: request).id,
            day: .on("2026-06-05"),
            note: "",
            by: .staff(Cast.clerk.actor)
        )
        try await world.walk(to: "2026-06-02", hour: 12)
        #expect(mails(world).isEmpty)
    }

    @Test func `there is one every Monday while something is open`() async throws {
        let world = try await World(on: "2026-05-14")
        try await world.file()
        try await world.walk(to: "2026-06-02", hour: 12)
        #expect(mails(world).count == 3)
    }

    @Test func `a closed school's office is not written to`() async throws {
        let world = try await World(on: "2026-06-11")
        try await world.file()
        try await world.walk(to: "2026-07-07", hour: 12)
        #expect(mails(world).isEmpty)
    }

    @Test func `a reply to it that names a request belongs to that one`() async throws {
        let world = try await World(on: "2026-05-21")
        let request = try await world.file()
        try await world.walk(to: "2026-05-26", hour: 12)
        let mail = try #require(mails(world).first)
        let reply = "In-Reply-To: <\(mail.messageID)>\nMessage-ID: <r@maple.example>\n\nAna has it."
        let taken = try await world.desk.takeMail(InboundMail(parsing: Array(reply.utf8)))
        #expect(taken == .noted)
        let kinds = try await world.story(of: request).events.map(\.kind)
        #expect(kinds.contains(.mailReply(organization: Cast.maple, note: "Ana has it.")))
    }
}
