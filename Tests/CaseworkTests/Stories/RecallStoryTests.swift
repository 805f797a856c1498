import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Another student's records") struct RecallStoryTests {
    private typealias Case = (world: World, request: RecordRequest, bundle: RecordBundle)

    /// Records that two people of the school took.
    private func taken() async throws -> Case {
        let world = try await World()
        let request = try await world.file()
        let bundle = try await world.sendRecords()
        try await world.take(.archive, of: request, bundle)
        _ = try await world.desk.release(
            .file(bundle.files[0].id),
            of: bundle.id,
            in: request.number,
            to: Cast.counselor.actor
        )
        try await world.settle()
        return (world, request, bundle)
    }

    private func recall(
        _ it: Case,
        by account: StaffAccount = Cast.clerk
    ) async throws {
        try await it.world.step("recall") {
            _ = try await it.world.desk.recallRecords(
                it.bundle.id,
                in: it.request.number,
                note: "Two girls of that name",
                by: account.actor
            )
            try await it.world.settle()
        }
    }

    private func view(
        _ it: Case,
        by account: StaffAccount = Cast.clerk
    ) async throws -> RecallView {
        try await it.world.desk.recallView(
            of: it.bundle.id,
            in: it.request.number,
            by: account.actor
        )
    }

    private func recalledMails(_ world: World, to address: EmailAddress) -> [OutgoingMail] {
        world.mails(to: address, named: "recalled")
    }

    @Test func `one action stops them, names who took what, and tells both districts`()
        async throws
    {
        let it = try await taken()
        let world = it.world
        #expect(try await world.desk.isGiven(it.bundle.id))
        // When the school that sent them says so.
        try await recall(it)
        // Then what is on its way breaks off.
        #expect(try await !world.desk.isGiven(it.bundle.id))
        // Nobody gets anything any more, and is told why.
        for extent in [Extent.archive, .sealed, .file(it.bundle.files[0].id)] {
            await #expect(throws: CaseworkFailure.recalled) {
                try await world.desk.release(
                    extent,
                    of: it.bundle.id,
                    in: it.request.number,
                    to: Cast.registrar.actor
                )
            }
        }
        // Who took what is known to both sides.
        let seen = try await view(it)
        #expect(seen.openings.map(\.person) == [Cast.registrar.name, Cast.counselor.name])
        #expect(seen.openings.map(\.extents) == [["archive"], [it.bundle.files[0].id]])
        #expect(seen.open == 2)
        #expect(seen.bundle.recall?.side == .holder)
        // Whoever took something is asked to destroy it; who took nothing is left alone.
        for account in [Cast.registrar, Cast.counselor] {
            #expect(recalledMails(world, to: account.email).count == 1)
        }
        #expect(recalledMails(world, to: Cast.secondRegistrar.email).isEmpty)
        // Both districts know, and no mail says who the student is.
        for contact in [Cast.figDistrict, Cast.oakDistrictDesk] {
            let mail = try #require(recalledMails(world, to: contact.email).first)
            #expect(mail.plainText.contains("openings: 2"))
            #expect(!mail.plainText.contains("Paloma") && !mail.plainText.contains("Prueba"))
            #expect(!mail.plainText.contains(Cast.registrar.name))
        }
        let story = try await world.story(of: it.request)
        #expect(story.state == .opened)
        #expect(
            story.events.map(\.kind).contains(
                .recalled(bundle: it.bundle.id, side: .holder, note: "Two girls of that name")
            )
        )
        let audit = try await world.everything().audit
        #expect(audit.contains { $0.action == "bundle.recall" })
    }

    @Test(arguments: [Cast.registrar, Cast.clerk, Cast.texas, Cast.california])
    func `either side and either state can say it after the end, which stays as it was`(
        account: StaffAccount
    ) async throws {
        let it = try await taken()
        try await it.world.desk.acceptRecords(it.request.number, by: Cast.registrar.actor)
        try await it.world.settle()
        try await recall(it, by: account)
        #expect(try await it.world.state(of: it.request) == .completed)
        #expect(try await view(it).bundle.withdrawnAt != nil)
        await #expect(throws: CaseworkFailure.recalled) {
            try await it.world.take(.sealed, of: it.request, it.bundle)
        }
        // Whoever sent them is told, unless they said it themselves.
        let office = recalledMails(it.world, to: Cast.mapleOffice.email)
        #expect(office.count == (account == Cast.clerk ? 0 : 1))
    }

    @Test func `whoever has the mailed link says it, after the end too`() async throws {
        let it = try await taken()
        let world = it.world
        try await world.desk.acceptRecords(it.request.number, by: Cast.registrar.actor)
        try await world.settle()
        let key = try world.key(for: Cast.mapleOffice)
        let door = try await world.desk.door(token: key.token)
        #expect(door.obstacle == .closed && door.canRecall)
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.enter(code: key.code, token: key.token)
        }
        let entry = try await world.desk.enter(code: key.code, token: key.token, afterEnd: true)
        let answerer = Answerer.link(entry.link, inquiry: entry.inquiry)
        // It opens nothing else.
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.answerTask(entry.inquiry, by: answerer)
        }
        let sent = try await world.desk.sentBundles(of: entry.inquiry, by: answerer)
        #expect(sent.map(\.id) == [it.bundle.id] && sent.map(\.openings) == [2])
        try await world.desk.recallAnswer(
            it.bundle.id,
            to: entry.inquiry,
            note: "",
            by: answerer
        )
        try await world.settle()
        let recall = try await view(it).bundle.recall
        #expect(recall?.side == .holder && recall?.person == Cast.mapleOffice.name)
        #expect(try await world.state(of: it.request) == .completed)
    }

    @Test func `an ended link without records opens for nothing`() async throws {
        let world = try await World()
        let request = try await world.file()
        let key = try world.key(for: Cast.mapleOffice)
        try await world.desk.cancelRequest(
            request.number,
            reason: .wrongSchool,
            note: "",
            by: Cast.registrar.actor
        )
        #expect(try await !world.desk.door(token: key.token).canRecall)
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.enter(code: key.code, token: key.token, afterEnd: true)
        }
    }

    @Test func `said twice it is said once`() async throws {
        let it = try await taken()
        try await recall(it)
        let before = try await it.world.everything()
        try await recall(it, by: Cast.registrar)
        #expect(try await it.world.everything() == before)
    }

    @Test func `finding the wrong student is the same action`() async throws {
        let it = try await taken()
        try await it.world.desk.rejectRecords(
            it.request.number,
            bundle: it.bundle.id,
            reason: .wrongStudent,
            note: "",
            by: Cast.registrar.actor
        )
        try await it.world.settle()
        #expect(try await view(it).bundle.recall?.side == .requester)
        #expect(recalledMails(it.world, to: Cast.figDistrict.email).count == 1)
        // The office has one mail: with the link to answer again.
        #expect(recalledMails(it.world, to: Cast.mapleOffice.email).isEmpty)
        #expect(it.world.mails(to: Cast.mapleOffice, named: "remind").count == 1)
    }

    @Test func `what is not confirmed in five working days is the state contact's, and again`()
        async throws
    {
        let it = try await taken()
        try await recall(it)
        _ = try await it.world.desk.confirmDestroyed(
            it.bundle.id,
            in: it.request.number,
            forSchool: false,
            by: Cast.registrar.actor
        )
        #expect(try await view(it).open == 1)
        try await it.world.walk(to: it.world.clock.now().advanced(bySeconds: 9 * 86_400))
        #expect(recalledMails(it.world, to: Cast.texasDesk.email).count == 1)
        #expect(recalledMails(it.world, to: Cast.counselor.email).count == 2)
        let kinds = try await it.world.story(of: it.request).events.map(\.kind)
        #expect(kinds.contains(.destructionMissing(bundle: it.bundle.id, copies: 1)))
        try await it.world.walk(to: it.world.clock.now().advanced(bySeconds: 8 * 86_400))
        #expect(recalledMails(it.world, to: Cast.texasDesk.email).count == 2)
        // The state contact called, and says it in the school's place; then it is over.
        let after = try await it.world.desk.confirmDestroyed(
            it.bundle.id,
            in: it.request.number,
            forSchool: true,
            by: Cast.texas.actor
        )
        #expect(after.open == 0)
        try await it.world.walk(to: it.world.clock.now().advanced(bySeconds: 20 * 86_400))
        #expect(recalledMails(it.world, to: Cast.texasDesk.email).count == 2)
    }

    @Test func `nobody is pursued where nothing was taken`() async throws {
        let world = try await World()
        let request = try await world.file()
        let bundle = try await world.sendRecords()
        let it: Case = (world, request, bundle)
        try await recall(it)
        #expect(try await view(it).openings.isEmpty)
        try await world.walk(to: world.clock.now().advanced(bySeconds: 20 * 86_400))
        #expect(recalledMails(world, to: Cast.texasDesk.email).isEmpty)
        #expect(recalledMails(world, to: Cast.oakDistrictDesk.email).count == 1)
    }

    @Test func `a district without a mailbox is told through its state`() async throws {
        let world = try await World(contacts: Cast.contacts.filter { $0 != Cast.oakDistrictDesk })
        let request = try await world.file()
        let bundle = try await world.sendRecords()
        try await recall((world, request, bundle))
        #expect(recalledMails(world, to: Cast.texasDesk.email).count == 1)
    }

    @Test func `destruction is said once it is asked for`() async throws {
        let it = try await taken()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await it.world.desk.confirmDestroyed(
                it.bundle.id,
                in: it.request.number,
                forSchool: true,
                by: Cast.registrar.actor
            )
        }
    }

    @Test func `a copy that a family carried elsewhere is stopped there too`() async throws {
        let world = try await World()
        let first = try await world.file()
        let bundle = try await world.sendRecords()
        let second = try await world.file { $0.duplicateReason = "The family moved on." }
        let copy = try await world.desk.takeFamilyCopy(
            .whole(of: bundle, first.number),
            for: second.number,
            by: Cast.registrar.actor
        )
        try await world.settle()
        try await world.take(.archive, of: second, copy)
        try await recall((world, first, bundle))
        let stopped = try await world.desk.recallView(
            of: copy.id,
            in: second.number,
            by: Cast.registrar.actor
        )
        #expect(stopped.bundle.recall != nil && stopped.open == 1)
        await #expect(throws: CaseworkFailure.recalled) {
            try await world.take(.sealed, of: second, copy)
        }
        let third = try await world.file { $0.duplicateReason = "Again." }
        await #expect(throws: FamilyCopyRefusal.withdrawn) {
            try await world.desk.takeFamilyCopy(
                .whole(of: bundle, first.number),
                for: third.number,
                by: Cast.registrar.actor
            )
        }
    }
}
