import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Mail that does not arrive") struct MailTests {
    @Test func `a refused address moves the request up the same day`() async throws {
        // Given an office whose mailbox is gone.
        let world = try await World()
        world.mail.refuse(Cast.mapleOffice.email)
        // When a request is filed.
        let request = try await world.step("file") { try await world.file() }
        // Then the district has it at once, and requester and tracker know why.
        #expect(world.mails(to: Cast.figDistrict, named: "escalate").count == 1)
        let story = try await world.story(of: request)
        #expect(story.events.map(\.kind).contains(.mailRefused(organization: Cast.maple)))
        #expect(story.inquiries.first?.clock.level == .district)
        #expect(world.mails(to: Cast.registrar.email, named: "bounced").count == 1)
        let contact = try await world.everything().contacts.first { $0.id == Cast.mapleOffice.id }
        #expect(contact?.bouncedOn == .on("2026-05-18"))
        #expect(contact?.isUsable == false)
    }

    @Test func `without a district it is the state's`() async throws {
        let world = try await World(contacts: [Cast.mapleOffice, Cast.californiaDesk])
        world.mail.refuse(Cast.mapleOffice.email)
        let request = try await world.step("file") { try await world.file() }
        #expect(try await world.inquiry(of: request).clock.level == .state)
        let rows = try await world.desk.stateQueue(
            of: .california,
            all: false,
            by: Cast.california.actor
        )
        #expect(rows.map(\.why) == [.mailBounced])
    }

    @Test func `where the district's is refused too the state has it the same day`() async throws {
        let world = try await World(
            contacts: [Cast.mapleOffice, Cast.figDistrict, Cast.californiaDesk]
        )
        world.mail.refuse(Cast.mapleOffice.email)
        world.mail.refuse(Cast.figDistrict.email)
        let request = try await world.step("file") { try await world.file() }
        #expect(try await world.inquiry(of: request).clock.level == .state)
    }

    @Test func `the next request does not go to a dead address`() async throws {
        let world = try await World()
        world.mail.refuse(Cast.mapleOffice.email)
        try await world.file()
        let attempts = world.mail.attempts
        try await world.file { $0.birthDay = "10" }
        #expect(world.mails(to: Cast.figDistrict, named: "ask").count == 1)
        // Asked through the district, and confirmed to the registrar.
        #expect(world.mail.attempts == attempts + 2)
    }

    @Test func `a mail server that is down is retried with growing delay and seen`() async throws {
        let world = try await World()
        world.mail.isDown = true
        let request = try await world.step("file") { try await world.file() }
        let delayed = TimelineEvent.Kind.mailDelayed(organization: Cast.maple)
        #expect(try await world.story(of: request).events.map(\.kind).contains(delayed))
        var waits: [Int64] = []
        for _ in 0..<10 {
            let due = try #require(try await world.desk.nextDue())
            waits.append(world.clock.now().seconds(to: due))
            world.clock.advance(bySeconds: world.clock.now().seconds(to: due))
            try await world.step("retry") { try await world.settle() }
        }
        #expect(waits == [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600])
        #expect(world.mail.arrived.isEmpty)
        #expect(try await world.everything().troubled.count == 2)
        // Said once, however often it was tried.
        #expect(try await world.story(of: request).events.count { $0.kind == delayed } == 1)
        // Back again, everything is delivered, once.
        world.mail.isDown = false
        try await world.step("back") { try await world.walk(to: "2026-05-18", hour: 15) }
        #expect(world.mails(to: Cast.mapleOffice, named: "ask").count == 1)
        #expect(world.mails(to: Cast.registrar.email, named: "filed").count == 1)
        #expect(try await world.everything().troubled.isEmpty)
        #expect(
            try await world.story(of: request).events.map(\.kind)
                .contains(.mailAccepted(to: .recordsOffice, organization: Cast.maple))
        )
    }

    @Test func `the ladder does not wait for the mail server`() async throws {
        let world = try await World()
        world.mail.isDown = true
        let request = try await world.file()
        try await world.step("weeks") { try await world.walk(to: "2026-06-02", hour: 10) }
        #expect(try await world.inquiry(of: request).clock.level == .state)
        world.mail.isDown = false
        try await world.step("back") { try await world.walk(to: "2026-06-02", hour: 12) }
        // Nothing was lost in two weeks, and nothing came twice.
        let identifiers = world.mail.arrived.map(\.messageID)
        #expect(Set(identifiers).count == identifiers.count)
        #expect(world.mails(to: Cast.mapleOffice, named: "ask").count == 1)
        #expect(world.mails(to: Cast.figDistrict, named: "escalate").count == 1)
    }

    @Test func `every attempt carries the same Message-ID`() async throws {
        let world = try await World()
        try await world.file()
        let effect = try #require(world.mail.arrived.first)
        let file = try await world.everything()
        // Only Monday's mail is still to come.
        #expect(file.waiting.map(\.kind) == ["digest"])
        #expect(effect.messageID.hasSuffix("@mochila.example"))
        #expect(effect.references == world.mail.arrived.last?.references)
    }

    @Test func `a mail that is done keeps no link`() async throws {
        let world = try await World()
        try await world.file()
        let text = try await world.store.read { session in
            try world.mail.arrived.compactMap { mail in
                let id = mail.messageID.prefix { $0 != "@" }
                return try Effect.ID(id).flatMap { try session.effect($0) }
            }
            .map { "\($0)" }
        }
        #expect(text.count == world.mail.arrived.count)
        for (effect, mail) in zip(text, world.mail.arrived) {
            guard let key = World.Key(mail) else { continue }
            #expect(!effect.contains(key.token))
            #expect(!effect.contains(key.code))
        }
    }

    @Test func `an outcome noted twice counts once`() async throws {
        let world = try await World()
        world.mail.isDown = true
        try await world.file()
        let effect = try #require(try await world.everything().waiting.first)
        try await world.desk.noteMail(effect.id, .accepted)
        let before = try await world.everything()
        try await world.desk.noteMail(effect.id, .accepted)
        try await world.desk.noteMail(effect.id, .refused(reason: "x"))
        #expect(try await world.everything() == before)
    }
}
