import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("The mail to a family") struct FamilyMailTests {
    private static let address = EmailAddress.of("familia", at: "correo")
    private static let other = EmailAddress.of("tia", at: "correo")
    private static let typed = TypedFamily(email: address.description, isAgreed: true)

    private func keep(
        _ world: World,
        _ request: RecordRequest,
        _ typed: TypedFamily = typed
    ) async throws {
        try await world.desk.keepFamilyContact(
            typed,
            of: request.number,
            by: Cast.registrar.actor
        )
        try await world.settle()
    }

    private func standing(
        _ world: World,
        _ request: RecordRequest
    ) async throws -> FamilyMailStanding {
        try await world.desk.familyMail(of: request.number, by: Cast.registrar.actor).standing
    }

    private func contact(_ world: World, _ request: RecordRequest) async throws -> FamilyContact? {
        try await world.store.read { try $0.familyContact(of: request.id) }
    }

    /// Every mail of the outbox to a family, whatever became of it.
    private func effects(_ world: World, _ request: RecordRequest) async throws -> [Effect] {
        let file = try await world.everything()
        let sent = world.mail.arrived.compactMap { mail in
            mail.messageID.split(separator: "@").first.flatMap { Effect.ID($0) }
        }
        let done = try await world.store.read { session in
            try sent.compactMap { try session.effect($0) }
        }
        return (file.waiting + file.troubled + done).filter { effect in
            guard case .mail(_, let subject) = effect.work else { return false }
            return subject.isToFamily && subject.request == request.id
        }
    }

    @Test func `it leaves once, when the first records come, and says the number only`()
        async throws
    {
        let world = try await World()
        let request = try await world.file { $0.family = Self.typed }
        #expect(world.mails(to: Self.address).isEmpty)
        #expect(try await contact(world, request)?.agreedWith == Cast.registrar.id)

        try await world.sendRecords(complete: false)
        let mail = try #require(world.mails(to: Self.address).first)
        #expect(mail.subject == "family" && mail.language == .spanish && mail.toName.isEmpty)
        #expect(mail.plainText.contains("\(request.number)"))
        for secret in ["Paloma", "Prueba", "2011", "Maple", "Oak", "/requests/", "/r/"] {
            #expect(!mail.plainText.contains(secret), "\(secret)")
        }

        try await world.sendRecords()
        #expect(world.mails(to: Self.address).count == 1)
        guard case .told = try await standing(world, request) else {
            Issue.record("the family was not told")
            return
        }
    }

    @Test func `the address is forgotten as soon as the mail left, in the outbox too`()
        async throws
    {
        let world = try await World()
        let request = try await world.file { $0.family = Self.typed }
        world.mail.isDown = true
        let answerer = try await world.open()
        _ = try await world.desk.answer(answerer.inquiry, with: .sample(), by: answerer)
        try await world.settle()
        #expect(try await contact(world, request) == nil)
        #expect(try await standing(world, request) == .leaving)
        #expect("\(try await effects(world, request))".contains(Self.address.description))

        world.mail.isDown = false
        world.clock.advance(bySeconds: 7_200)
        try await world.settle()
        #expect(world.mails(to: Self.address).count == 1)
        let kept = try await effects(world, request)
        #expect(kept.map(\.status) == [.done])
        #expect(!"\(kept)".contains(Self.address.description))
        #expect(!"\(try await world.everything())".contains(Self.address.description))
    }

    @Test func `every attempt carries the same identifier`() async throws {
        let world = try await World()
        let request = try await world.file { $0.family = Self.typed }
        try await world.sendRecords()

        let effect = try #require(try await effects(world, request).first)
        let mail = try #require(world.mails(to: Self.address).first)
        #expect(mail.messageID.hasPrefix("\(effect.id)@"))
    }

    @Test func `an address that comes after the records is written to at once`() async throws {
        let world = try await World()
        let request = try await world.file()
        try await world.sendRecords()
        #expect(try await standing(world, request) == .nobody)

        try await keep(
            world,
            request,
            TypedFamily(
                email: " Familia@Correo.example ",
                language: .english,
                isAgreed: true
            )
        )
        #expect(world.mails(to: Self.address).map(\.language) == [.english])
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await keep(world, request, TypedFamily(email: "b@c.example", isAgreed: true))
        }
        #expect(world.mail.arrived.count { $0.subject == "family" } == 1)
    }

    @Test(arguments: [
        (TypedFamily(email: "a@b.example"), [TypedFamily.Problem.consentMissing]),
        (TypedFamily(email: "familia"), [.emailMalformed, .consentMissing]),
        (TypedFamily(email: " ", isAgreed: true), [.emailMissing]),
        (TypedFamily(), [.emailMissing, .consentMissing]),
        (TypedFamily(email: "a@b.example\r\nBcc: x@y.example", isAgreed: true), [.emailMalformed]),
    ])
    func `without an address or the family's word nothing is kept`(
        typed: TypedFamily,
        problems: [TypedFamily.Problem]
    ) async throws {
        let world = try await World()
        let request = try await world.file()
        let before = try await world.everything()

        await #expect(throws: TypedFamily.Malformed(problems: problems)) {
            try await keep(world, request, typed)
        }
        #expect(try await world.everything() == before)
        #expect(try await contact(world, request) == nil)
    }

    @Test func `a draft with a wrong address is not filed and keeps what was typed`() async throws {
        let world = try await World()
        let wrong = TypedFamily(email: "familia@", isAgreed: true)
        let draft = try await world.draft { $0.family = wrong }

        await #expect(throws: TypedFamily.Malformed(problems: [.emailMalformed])) {
            _ = try await world.desk.fileRequest(draft.id, by: Cast.registrar.actor)
        }
        #expect(try await world.desk.draft(draft.id, by: Cast.registrar.actor).family == wrong)
        #expect(try await world.everything().requests.isEmpty)
    }

    @Test func `a form without an address is filed as ever`() async throws {
        let world = try await World()
        let request = try await world.file { $0.family = TypedFamily(email: "  ") }
        try await world.sendRecords()

        #expect(try await standing(world, request) == .nobody)
        #expect(!world.mail.arrived.contains { $0.subject == "family" })
    }

    @Test func `the family may take it back, and the log never says where`() async throws {
        let world = try await World()
        let request = try await world.file { $0.family = Self.typed }
        try await world.desk.forgetFamilyContact(
            of: request.number,
            by: Cast.registrar.actor
        )
        let once = try await world.everything()
        try await world.desk.forgetFamilyContact(
            of: request.number,
            by: Cast.registrar.actor
        )
        #expect(try await world.everything() == once)

        try await world.sendRecords()
        #expect(world.mails(to: Self.address).isEmpty)
        let actions = once.audit.map(\.action)
        #expect(actions.contains("family.contactKept"))
        #expect(actions.contains("family.contactForgotten"))
        #expect(!"\(once.audit)".contains("correo"))
    }

    @Test func `a refused address stands on the timeline, and another one can be given`()
        async throws
    {
        let world = try await World()
        world.mail.refuse(Self.address)
        let request = try await world.file { $0.family = Self.typed }
        try await world.sendRecords()

        let kinds = try await world.story(of: request).events.map(\.kind)
        #expect(kinds.contains(.familyMailRefused))
        #expect(!"\(try await world.everything())".contains(Self.address.description))
        try await keep(world, request, TypedFamily(email: Self.other.description, isAgreed: true))
        #expect(world.mails(to: Self.other).count == 1)
        guard case .told = try await standing(world, request) else {
            Issue.record("the family was not told")
            return
        }
    }

    @Test func `a bounce that comes by mail is noted once`() async throws {
        let world = try await World()
        let request = try await world.file { $0.family = Self.typed }
        try await world.sendRecords()
        let mail = try #require(world.mails(to: Self.address).first)
        let report = InboundMailTests.report("failed", original: mail.messageID)
        let inbound = try InboundMail(parsing: Array(report.utf8))

        #expect(try await world.desk.takeMail(inbound) == .noted)
        #expect(try await world.desk.takeMail(inbound) == .repeated)
        let kinds = try await world.story(of: request).events.map(\.kind)
        #expect(kinds.count { $0 == .familyMailRefused } == 1)
        // Nobody at the holder is to blame.
        #expect(try await world.everything().contacts.allSatisfy { $0.bouncedOn == nil })
    }

    @Test func `an answer or an absence of a family changes nothing`() async throws {
        let world = try await World()
        try await world.file { $0.family = Self.typed }
        try await world.sendRecords()
        let mail = try #require(world.mails(to: Self.address).first)
        let before = try await world.everything()
        for text in [
            "In-Reply-To: <\(mail.messageID)>\n\nGracias, Paloma está bien.",
            "In-Reply-To: <\(mail.messageID)>\nAuto-Submitted: auto-replied\n\nVuelvo el lunes.",
        ] {
            _ = try await world.desk.takeMail(InboundMail(parsing: Array(text.utf8)))
        }
        #expect(try await world.everything() == before)
    }

    @Test func `with the end of a request its address is gone`() async throws {
        let world = try await World()
        let request = try await world.file { $0.family = Self.typed }
        try await world.desk.cancelRequest(
            request.number,
            reason: .wrongSchool,
            note: "",
            by: Cast.registrar.actor
        )
        try await world.settle()

        #expect(try await contact(world, request) == nil)
        #expect(world.mails(to: Self.address).isEmpty)
        await #expect(throws: CaseworkFailure.notPossibleNow) { try await keep(world, request) }
    }

    @Test func `the family of a request that goes on as another one is told by that one`()
        async throws
    {
        let world = try await World()
        let first = try await world.file { $0.family = Self.typed }
        let second = try await world.file { $0.duplicateReason = "By mistake." }
        try await world.desk.mergeRequest(
            first.number,
            into: second.number,
            by: Cast.registrar.actor
        )
        #expect(try await contact(world, first) == nil)
        #expect(try await contact(world, second)?.email == Self.address)

        try await world.sendRecords()
        let mails = world.mails(to: Self.address)
        #expect(mails.count == 1)
        #expect(mails.first?.plainText.contains("\(second.number)") == true)
    }

    @Test(arguments: [false, true])
    func `where a holder said that the student died, a merge brings no family's address back`(
        isSurvivor: Bool
    ) async throws {
        let world = try await World()
        let dead = try await world.file()
        try await world.step("refuse") {
            let answerer = try await world.open()
            try await world.desk.refuse(
                answerer.inquiry,
                reason: .deceased,
                note: "",
                by: answerer
            )
        }
        let other = try await world.file {
            $0.duplicateReason = "By mistake."
            $0.family = Self.typed
        }
        #expect(try await contact(world, other) != nil)
        let (gone, kept) = isSurvivor ? (other, dead) : (dead, other)
        try await world.desk.mergeRequest(
            gone.number,
            into: kept.number,
            by: Cast.registrar.actor
        )
        #expect(try await contact(world, dead) == nil)
        #expect(try await contact(world, other) == nil)
    }

    @Test func `who merges into a request with records tells the family at once`() async throws {
        let world = try await World()
        let first = try await world.file()
        try await world.sendRecords(complete: false)
        let second = try await world.file {
            $0.duplicateReason = "By mistake."
            $0.family = Self.typed
        }
        try await world.desk.mergeRequest(
            second.number,
            into: first.number,
            by: Cast.registrar.actor
        )
        try await world.settle()
        let mails = world.mails(to: Self.address)
        #expect(mails.map { $0.plainText.contains("\(first.number)") } == [true])
    }
}
