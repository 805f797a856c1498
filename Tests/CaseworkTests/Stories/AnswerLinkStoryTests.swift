import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Opening an answer link") struct AnswerLinkStoryTests {
    private let wrong = "ZZZZZZ"

    @Test func `looking at the page changes nothing, however often`() async throws {
        let world = try await World()
        try await world.file()
        let key = try world.key(for: Cast.mapleOffice)
        let before = try await world.everything()
        for _ in 0..<10 { _ = try await world.desk.door(token: key.token) }
        #expect(try await world.everything() == before)
    }

    @Test func `the right code opens it and the tracker says a person did`() async throws {
        let world = try await World()
        let request = try await world.file()
        _ = try await world.step("open") { try await world.open() }
        let story = try await world.story(of: request)
        #expect(story.state == .opened)
        #expect(story.events.map(\.kind).contains(.openedByPerson(organization: Cast.maple)))
        let task = try await world.desk.answerTask(
            story.inquiries[0].id,
            by: try await world.open()
        )
        #expect(task.request.student.name.given == "Paloma")
        #expect(task.contact?.id == Cast.mapleOffice.id)
    }

    @Test func `opening it again is no news`() async throws {
        let world = try await World()
        let request = try await world.file()
        _ = try await world.open()
        let first = try await world.everything()
        world.clock.advance(bySeconds: 3_600)
        _ = try await world.step("again") { try await world.open() }
        // When the code was typed the last time is told to nobody; reports count from there.
        func told(_ file: OnFile) -> OnFile {
            var copy = file.withoutAudit
            for index in copy.links.indices { copy.links[index].enteredAt = nil }
            return copy
        }
        let second = try await world.everything()
        #expect(told(second) == told(first))
        #expect(second.links.compactMap(\.enteredAt) == [world.clock.now()])
        #expect(try await world.inquiry(of: request).openedAt == request.filedAt)
    }

    @Test(arguments: ["lower", "spaced", "hyphens"])
    func `a code is read as people type it`(way: String) async throws {
        let world = try await World()
        try await world.file()
        let key = try world.key(for: Cast.mapleOffice)
        let typed =
            switch way {
            case "lower": key.code.lowercased()
            case "spaced": " \(key.code.prefix(3)) \(key.code.suffix(3)) "
            default: "\(key.code.prefix(2))-\(key.code.dropFirst(2))"
            }
        _ = try await world.desk.enter(code: typed, token: key.token)
    }

    @Test func `five wrong codes kill the link, and then the right one is too late`() async throws {
        let world = try await World()
        let request = try await world.file()
        let key = try world.key(for: Cast.mapleOffice)
        for left in [4, 3, 2, 1] {
            await #expect(throws: CaseworkFailure.wrongCode(triesLeft: left)) {
                try await world.desk.enter(code: wrong, token: key.token)
            }
        }
        for code in [wrong, key.code, wrong] {
            await #expect(throws: CaseworkFailure.link(.tooManyWrongCodes)) {
                try await world.desk.enter(code: code, token: key.token)
            }
        }
        #expect(try await world.state(of: request) == .requested)
        #expect(try await world.desk.door(token: key.token).obstacle == .tooManyWrongCodes)
        try await Invariants.check(world)
    }

    @Test func `the right code in the fifth try still opens`() async throws {
        let world = try await World()
        try await world.file()
        let key = try world.key(for: Cast.mapleOffice)
        for _ in 0..<4 { _ = try? await world.desk.enter(code: wrong, token: key.token) }
        _ = try await world.desk.enter(code: key.code, token: key.token)
    }

    @Test func `another mail's code opens nothing`() async throws {
        let world = try await World()
        try await world.file()
        try await world.walk(to: "2026-05-19")
        let office = try world.key(for: Cast.mapleOffice)
        let backup = try world.key(for: Cast.mapleBackup)
        await #expect(throws: CaseworkFailure.wrongCode(triesLeft: 4)) {
            try await world.desk.enter(code: backup.code, token: office.token)
        }
    }

    @Test(arguments: ["", "0", "00000000000000000000000000", "../../etc/passwd", "'; --"])
    func `an unknown token is unknown and changes nothing`(token: String) async throws {
        let world = try await World()
        try await world.file()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.link(.unknown)) {
            try await world.desk.door(token: token)
        }
        await #expect(throws: CaseworkFailure.link(.unknown)) {
            try await world.desk.enter(code: "BBBBBB", token: token)
        }
        await #expect(throws: CaseworkFailure.link(.unknown)) {
            try await world.desk.sendNewLink(insteadOf: token)
        }
        #expect(try await world.everything() == before)
    }

    @Test func `every mail about an inquiry carries a link that works`() async throws {
        let world = try await World()
        try await world.file()
        try await world.walk(to: "2026-05-22", hour: 10)
        let keys = world.mail.arrived.compactMap(World.Key.init)
        #expect(keys.count == 5)
        for key in keys { _ = try await world.desk.enter(code: key.code, token: key.token) }
    }

    @Test func `a link lives thirty days after the last mail about its inquiry`() async throws {
        let world = try await World(on: "2026-05-18")
        try await world.file()
        let first = try world.key(for: Cast.mapleOffice)
        // The last mail goes to the district on May 22.
        try await world.walk(to: "2026-06-20", hour: 10)
        #expect(try await world.desk.door(token: first.token).obstacle == nil)
        try await world.walk(to: "2026-07-20", hour: 10)
        #expect(try await world.desk.door(token: first.token).obstacle == .expired)
        await #expect(throws: CaseworkFailure.link(.expired)) {
            try await world.desk.enter(code: first.code, token: first.token)
        }
    }

    @Test func `a new link goes to the address on file and nowhere else`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let old = try world.key(for: Cast.mapleOffice)
        for _ in 0..<5 { _ = try? await world.desk.enter(code: wrong, token: old.token) }
        world.clock.advance(bySeconds: 120)
        let before = world.mail.arrived.count
        try await world.step("renew") {
            try await world.desk.sendNewLink(insteadOf: old.token)
            try await world.settle()
        }
        #expect(world.mail.arrived.count == before + 1)
        #expect(world.mail.arrived.last?.to == Cast.mapleOffice.email)
        #expect(world.mail.arrived.last?.subject == "newLink")
        let new = try world.key(for: Cast.mapleOffice)
        #expect(new.token != old.token)
        _ = try await world.desk.enter(code: new.code, token: new.token)
        await #expect(throws: CaseworkFailure.link(.tooManyWrongCodes)) {
            try await world.desk.enter(code: old.code, token: old.token)
        }
        #expect(
            try await world.story(of: request).events.map(\.kind)
                .contains(.newLinkSent(organization: Cast.maple))
        )
    }

    @Test func `the button cannot be used to flood the mailbox`() async throws {
        let world = try await World()
        try await world.file()
        let key = try world.key(for: Cast.mapleOffice)
        world.clock.advance(bySeconds: 120)
        for _ in 0..<20 { try await world.desk.sendNewLink(insteadOf: key.token) }
        try await world.settle()
        #expect(world.mails(to: Cast.mapleOffice, named: "newLink").count == 1)
        // Nor by somebody with patience: the first mail and the renewals are six in a day.
        for _ in 0..<20 {
            world.clock.advance(bySeconds: 300)
            try await world.desk.sendNewLink(insteadOf: key.token)
        }
        try await world.settle()
        #expect(world.mails(to: Cast.mapleOffice).compactMap(World.Key.init).count == 6)
    }

    @Test func `once the request has ended the link shows that and opens nothing`() async throws {
        let world = try await World()
        let request = try await world.file()
        let answerer = try await world.open()
        let key = try world.key(for: Cast.mapleOffice)
        try await world.step("cancel") {
            try await world.desk.cancelRequest(
                request.number,
                reason: .notEnrollingHere,
                note: "",
                by: Cast.registrar.actor
            )
            try await world.settle()
        }
        #expect(world.mails(to: Cast.mapleOffice, named: "withdrawn").count == 1)
        #expect(try await world.desk.door(token: key.token).obstacle == .closed)
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.enter(code: key.code, token: key.token)
        }
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.sendNewLink(insteadOf: key.token)
        }
        // Nor does a session that was open before show the student any longer.
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.answerTask(answerer.inquiry, by: answerer)
        }
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.answer(answerer.inquiry, with: .sample(), by: answerer)
        }
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.notTheRightPerson(
                answerer.inquiry,
                suggestion: .nothing,
                by: answerer
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `a link answers its own inquiry and no other`() async throws {
        let world = try await World()
        try await world.file()
        let first = try await world.open()
        let second = try await world.file { $0.birthDay = "10" }
        let other = try await world.inquiry(of: second)
        guard case .link(let link, _) = first else { throw Surprise("no link") }
        for forged in [first, .link(link, inquiry: other.id)] {
            await #expect(throws: CaseworkFailure.link(.revoked)) {
                try await world.desk.answerTask(other.id, by: forged)
            }
            await #expect(throws: CaseworkFailure.link(.revoked)) {
                try await world.desk.answer(other.id, with: .sample(), by: forged)
            }
        }
    }
}

@Suite("Not the right person") struct WrongPersonTests {
    @Test func `kills every link of that mailbox and asks the district the same day`() async throws
    {
        // Given two mails to the office.
        let world = try await World()
        let request = try await world.file()
        try await world.walk(to: "2026-05-20")
        let keys = world.mails(to: Cast.mapleOffice).compactMap(World.Key.init)
        #expect(keys.count == 2)
        let backup = try world.key(for: Cast.mapleBackup)
        // When its reader says "not me".
        let answerer = try await world.open()
        try await world.step("not me") {
            try await world.desk.notTheRightPerson(
                answerer.inquiry,
                suggestion: SuggestedContact(
                    name: "Rosa Registro",
                    email: "Rosa@maple.example",
                    note: "She has Room 4."
                ),
                by: answerer
            )
            try await world.settle()
        }
        // Then its links are dead, the other mailbox's are not, and the district has it.
        for key in keys {
            await #expect(throws: CaseworkFailure.link(.revoked)) {
                try await world.desk.enter(code: key.code, token: key.token)
            }
        }
        _ = try await world.desk.enter(code: backup.code, token: backup.token)
        #expect(world.mails(to: Cast.figDistrict, named: "escalate").count == 1)
        #expect(
            try await world.story(of: request).events.map(\.kind)
                .contains(.wrongContact(organization: Cast.maple))
        )
        // Nor is what they suggested written down where everybody reads it.
        #expect(!"\(try await world.everything().audit)".contains("Rosa"))
    }

    @Test func `that mailbox is not written to again about it`() async throws {
        let world = try await World()
        try await world.file()
        let answerer = try await world.open()
        try await world.desk.notTheRightPerson(answerer.inquiry, suggestion: .nothing, by: answerer)
        let count = world.mails(to: Cast.mapleOffice).count
        try await world.step("days later") { try await world.walk(to: "2026-05-22", hour: 10) }
        #expect(world.mails(to: Cast.mapleOffice).count == count)
        #expect(world.mails(to: Cast.mapleBackup, named: "remind").count == 1)
    }

    @Test func `saying it twice changes nothing more`() async throws {
        let world = try await World()
        try await world.file()
        let answerer = try await world.open()
        try await world.desk.notTheRightPerson(answerer.inquiry, suggestion: .nothing, by: answerer)
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.link(.revoked)) {
            try await world.desk.notTheRightPerson(
                answerer.inquiry,
                suggestion: .nothing,
                by: answerer
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `where the district says it the state has it`() async throws {
        let world = try await World(on: "2026-07-07")
        let request = try await world.file()
        let answerer = try await world.open(Cast.figDistrict)
        try await world.step("not me") {
            try await world.desk.notTheRightPerson(
                answerer.inquiry,
                suggestion: .nothing,
                by: answerer
            )
        }
        #expect(try await world.inquiry(of: request).clock.level == .state)
    }

    @Test func `a closed matter wakes nobody up`() async throws {
        let world = try await World()
        try await world.file()
        let answerer = try await world.open()
        _ = try await world.desk.answer(answerer.inquiry, with: .sample(), by: answerer)
        try await world.settle()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.notTheRightPerson(
                answerer.inquiry,
                suggestion: .nothing,
                by: answerer
            )
        }
        try await world.settle()
        #expect(world.mails(to: Cast.figDistrict).isEmpty)
    }
}
