import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

/// Above three mails of a day a person gets one more, which names the rest.
@Suite("One digest a day above three mails") struct NoticeDigestTests {
    /// So many students of the Maple School, asked for by the same registrar.
    private func file(_ count: Int, in world: World) async throws -> [RecordRequest] {
        var requests: [RecordRequest] = []
        for number in 0..<count {
            requests.append(
                try await world.file { draft in
                    draft.given = ["Ana", "Berta", "Carla", "Dora", "Elena", "Flora"][number]
                }
            )
        }
        return requests
    }

    @Test func `first invitations all go out at once, reminders beyond the third as one mail`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        let requests = try await file(6, in: world)
        #expect(world.mails(to: Cast.mapleOffice, named: "ask").count == 6)

        // The reminders of the second working day are due at six, the digest at seven.
        try await world.walk(to: "2026-05-20", hour: 12)

        #expect(world.mails(to: Cast.mapleOffice, named: "remind").count == 3)
        let digests = world.mails(to: Cast.mapleOffice, named: "notices")
        let digest = try #require(digests.first)
        #expect(digests.count == 1)
        for request in requests[3...] {
            #expect(digest.plainText.contains("\(request.number)"), "a reminder was lost")
        }
        #expect(!digest.plainText.contains("Prueba"))
    }

    @Test func `the digest's link opens its first line, and the older links open the others`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        let requests = try await file(5, in: world)
        let asks = world.mails(to: Cast.mapleOffice, named: "ask").compactMap(World.Key.init)
        try await world.walk(to: "2026-05-20", hour: 12)
        let digest = try #require(world.mails(to: Cast.mapleOffice, named: "notices").first)
        let key = try #require(World.Key(digest))
        let entry = try await world.desk.enter(code: key.code, token: key.token)
        let inquiry = try await world.inquiry(of: requests[3])
        #expect(entry.inquiry == inquiry.id)
        let older = try await world.desk.enter(code: asks[4].code, token: asks[4].token)
        #expect(try await world.inquiry(of: requests[4]).id == older.inquiry)
    }

    @Test func `what was answered before the digest is written needs no reminder`() async throws {
        let world = try await World(on: "2026-05-18")
        let requests = try await file(5, in: world)
        let keys = world.mails(to: Cast.mapleOffice, named: "ask").compactMap(World.Key.init)
        try await world.walk(
            to: world.clock.instant(of: .on("2026-05-20"), hour: 6, in: .california)
        )
        for key in keys[3...] {
            let entry = try await world.desk.enter(code: key.code, token: key.token)
            _ = try await world.desk.answer(
                entry.inquiry,
                with: .sample(files: 1, complete: true),
                by: .link(entry.link, inquiry: entry.inquiry)
            )
        }
        try await world.walk(to: "2026-05-20", hour: 12)
        #expect(world.mails(to: Cast.mapleOffice, named: "notices").isEmpty)
        #expect(try await world.state(of: requests[4]) == .sent)
        #expect(try await world.everything().troubled.isEmpty)
    }

    @Test func `a requester gets no fourth mail of a day, and loses no news`() async throws {
        let world = try await World(on: "2026-05-18")
        let requests = try await file(6, in: world)
        let address = Cast.registrar.email
        #expect(world.mails(to: address, named: "filed").count == 3)
        let keys = world.mails(to: Cast.mapleOffice, named: "ask").compactMap(World.Key.init)
        for key in keys {
            let entry = try await world.desk.enter(code: key.code, token: key.token)
            _ = try await world.desk.answer(
                entry.inquiry,
                with: .sample(files: 1, complete: true),
                by: .link(entry.link, inquiry: entry.inquiry)
            )
        }
        try await world.settle()
        #expect(world.mails(to: address).count == 3)

        try await world.walk(to: "2026-05-18", hour: 16)
        let mails = world.mails(to: address)
        #expect(mails.map(\.subject) == ["filed", "filed", "filed", "notices"])
        let text = try #require(mails.last).plainText
        for request in requests { #expect(text.contains("\(request.number)")) }
    }

    @Test func `after a day's digest the rest comes with the next working day's`() async throws {
        // A Friday.
        let world = try await World(on: "2026-05-15")
        _ = try await file(4, in: world)
        try await world.walk(to: "2026-05-15", hour: 16)
        let address = Cast.registrar.email
        #expect(world.mails(to: address, named: "notices").count == 1)
        let last = try await world.file { $0.given = "Gala" }
        try await world.walk(to: "2026-05-17", hour: 12)
        #expect(world.mails(to: address, named: "notices").count == 1)
        try await world.walk(to: "2026-05-18", hour: 8)
        let digests = world.mails(to: address, named: "notices")
        #expect(digests.count == 2)
        #expect(try #require(digests.last).plainText.contains("\(last.number)"))
    }

    @Test func `writing a digest twice changes nothing more`() async throws {
        let world = try await World(on: "2026-05-18")
        _ = try await file(5, in: world)
        let waiting = try await world.everything().waiting
        let effect = try #require(
            waiting.first { if case .notices = $0.work { true } else { false } }
        )
        guard case .notices(let box) = effect.work else { return }
        try await world.desk.writeNotices(to: box, instead: effect.id)
        let before = try await world.everything()
        try await world.desk.writeNotices(to: box, instead: effect.id)
        #expect(try await world.everything() == before)
        // Nothing held is left to go out by itself.
        try await world.walk(to: "2026-05-20", hour: 5)
        #expect(world.mails(to: Cast.registrar.email, named: "filed").count == 3)
    }

    @Test func `where no digest is written each goes out by itself a day later`() async throws {
        let world = try await World(on: "2026-05-18")
        _ = try await file(5, in: world)
        let waiting = try await world.everything().waiting
        var effect = try #require(
            waiting.first { if case .notices = $0.work { true } else { false } }
        )
        effect.due = .noon("2030-01-01")
        let never = effect
        try await world.store.write { try $0.save(never) }
        try await world.walk(to: "2026-05-19", hour: 16)
        #expect(world.mails(to: Cast.registrar.email, named: "filed").count == 5)
    }

    @Test func `a digest that bounces moves each of its requests up the same day`() async throws {
        let world = try await World(on: "2026-05-18")
        let requests = try await file(5, in: world)
        try await world.walk(
            to: world.clock.instant(of: .on("2026-05-20"), hour: 6, in: .california)
        )
        world.mail.refuse(Cast.mapleOffice.email)
        try await world.walk(to: "2026-05-20", hour: 12)
        for request in requests[3...] {
            let inquiry = try await world.inquiry(of: request)
            #expect(inquiry.clock.done.contains(.tellDistrict), "\(request.number)")
            let kinds = try await world.story(of: request).events.map(\.kind)
            #expect(kinds.contains(.mailRefused(organization: Cast.maple)))
        }
    }

    @Test func `a bounce that comes back later is every line's, a reply only that of its number`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        let requests = try await file(5, in: world)
        try await world.walk(to: "2026-05-20", hour: 12)
        let digest = try #require(world.mails(to: Cast.mapleOffice, named: "notices").first)
        func reply(_ text: String) throws -> InboundMail {
            let header = "In-Reply-To: <\(digest.messageID)>\nMessage-ID: <a@school.example>"
            return try InboundMail(parsing: Array("\(header)\n\n\(text)".utf8))
        }
        let bounce = InboundMailTests.report("failed", original: digest.messageID)
        #expect(try await world.desk.takeMail(reply("Which one?")) == .unrelated)
        let text = "About \(requests[4].number): tomorrow."
        #expect(try await world.desk.takeMail(reply(text)) == .noted)
        for (request, count) in zip(requests[3...], [0, 1]) {
            let replies = try await world.story(of: request).events.count { event in
                if case .mailReply = event.kind { true } else { false }
            }
            #expect(replies == count)
        }
        #expect(try await world.desk.takeMail(InboundMail(parsing: Array(bounce.utf8))) == .noted)
        for request in requests[3...] {
            #expect(try await world.inquiry(of: request).clock.done.contains(.tellDistrict))
        }
    }

    @Test func `whoever said meanwhile not to be the right one gets no new link`() async throws {
        let world = try await World(on: "2026-05-18")
        let requests = try await file(5, in: world)
        let keys = world.mails(to: Cast.mapleOffice, named: "ask").compactMap(World.Key.init)
        try await world.walk(
            to: world.clock.instant(of: .on("2026-05-20"), hour: 6, in: .california)
        )
        let entry = try await world.desk.enter(code: keys[3].code, token: keys[3].token)
        try await world.desk.notTheRightPerson(
            entry.inquiry,
            suggestion: .nothing,
            by: .link(entry.link, inquiry: entry.inquiry)
        )
        try await world.walk(to: "2026-05-20", hour: 12)
        let digest = try #require(world.mails(to: Cast.mapleOffice, named: "notices").first)
        #expect(!digest.plainText.contains("\(requests[3].number)"))
        let key = try #require(World.Key(digest))
        let opened = try await world.desk.enter(code: key.code, token: key.token)
        #expect(try await world.inquiry(of: requests[4]).id == opened.inquiry)
    }

    @Test func `no school reads a reply that is about another school's student as well`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        let ours = try await file(4, in: world)
        var theirs: [RecordRequest] = []
        for name in ["Gala", "Hilda", "Iris", "Julia"] {
            theirs.append(try await world.file(by: Cast.outsider) { $0.given = name })
        }
        try await world.walk(to: "2026-05-20", hour: 12)
        let digest = try #require(world.mails(to: Cast.mapleOffice, named: "notices").first)
        let text = digest.plainText
        // Five of the eight are in it.
        let one = try #require(ours.first { text.contains("\($0.number)") })
        let other = try #require(theirs.first { text.contains("\($0.number)") })
        func reply(_ text: String) throws -> InboundMail {
            let header = "In-Reply-To: <\(digest.messageID)>\nMessage-ID: <b@school.example>"
            return try InboundMail(parsing: Array("\(header)\n\n\(text)".utf8))
        }
        let both = "\(one.number) tomorrow, \(other.number) was never here."
        #expect(try await world.desk.takeMail(reply(both)) == .unrelated)
        // As Outlook quotes.
        let own = "\(one.number): tomorrow."
        let quoting = "\(own)\n\nFrom: Mochila\nSent: Wednesday\nTo: Records\n\n\(text)"
        #expect(try await world.desk.takeMail(reply(quoting)) == .noted)
        let notes = try await world.story(of: one).events.compactMap { event in
            if case .mailReply(_, let note) = event.kind { note } else { nil }
        }
        #expect(notes == [own])
    }

    @Test func `a reminder to whoever has no link that works does not wait`() async throws {
        let world = try await World(on: "2026-05-18")
        let requests = try await file(5, in: world)
        let keys = world.mails(to: Cast.mapleOffice, named: "ask").compactMap(World.Key.init)
        for _ in 0..<AnswerLink.codeTries {
            await #expect(throws: CaseworkFailure.self) {
                try await world.desk.enter(code: "wrong", token: keys[4].token)
            }
        }
        try await world.walk(to: "2026-05-20", hour: 12)
        var opened: [Inquiry.ID] = []
        for mail in world.mails(to: Cast.mapleOffice, named: "remind") {
            let key = try #require(World.Key(mail))
            opened.append(try await world.desk.enter(code: key.code, token: key.token).inquiry)
        }
        let asked = try await world.inquiry(of: requests[4]).id
        #expect(opened.contains(asked))
        #expect(opened.count == 4)
    }
}
