import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Refusals that are something else than no") struct ConsequenceStoryTests {
    static let questions = ReasonCode.allCases.filter { $0.consequence == .question }

    @discardableResult
    private func refuse(
        _ world: World,
        _ reason: ReasonCode,
        note: String = "",
        from contact: Contact = Cast.mapleOffice
    ) async throws -> RefusalOutcome {
        let answerer = try await world.open(contact)
        let outcome = try await world.desk.refuse(
            answerer.inquiry,
            reason: reason,
            note: note,
            by: answerer
        )
        try await world.settle()
        return outcome
    }

    @Test(arguments: questions)
    func `it may be a misunderstanding: the requester is asked first`(
        reason: ReasonCode
    ) async throws {
        let world = try await World()
        let request = try await world.file()
        let outcome = try await world.step("refuse") {
            try await refuse(world, reason, note: "Two of that name.")
        }
        #expect(outcome == .asksRequester)
        let story = try await world.story(of: request)
        #expect(story.state == .question)
        #expect(story.next?.owner == .requester)
        #expect(
            story.events.map(\.kind).contains(
                .askedAbout(reason: reason, note: "Two of that name.")
            )
        )
        #expect(world.mails(to: Cast.registrar.email, named: "news").count == 1)
        // The answer goes to whoever asked, who can send then.
        try await world.step("answer") {
            try await world.desk.answerQuestion(
                request.number,
                answer: "Born in Laredo.",
                by: Cast.registrar.actor
            )
            try await world.settle()
        }
        #expect(world.mails(to: Cast.mapleOffice, named: "questionAnswered").count == 1)
        let answerer = try await world.open()
        let task = try await world.desk.answerTask(answerer.inquiry, by: answerer)
        #expect(task.messages.suffix(2) == ["Two of that name.", "Born in Laredo."])
        try await world.step("send") { try await world.sendRecords() }
        #expect(try await world.state(of: request) == .sent)
    }

    @Test(arguments: questions)
    func `said twice before the requester answered it is asked once, and nothing ends`(
        reason: ReasonCode
    ) async throws {
        let world = try await World()
        let request = try await world.file()
        try await refuse(world, reason)
        let before = try await world.story(of: request)
        #expect(try await refuse(world, reason) == .asksRequester)
        let after = try await world.story(of: request)
        #expect(after.inquiries.map(\.status) == [.question])
        #expect(after.events.count == before.events.count)
    }

    @Test(arguments: questions)
    func `said again after the answer it ends the inquiry, and nobody is asked in circles`(
        reason: ReasonCode
    ) async throws {
        let world = try await World()
        let request = try await world.file()
        try await refuse(world, reason)
        try await world.desk.answerQuestion(
            request.number,
            answer: "Please look again.",
            by: Cast.registrar.actor
        )
        try await world.settle()
        let outcome = try await world.step("again") { try await refuse(world, reason) }
        #expect(outcome == .ended)
        let story = try await world.story(of: request)
        #expect(story.state == .endOfLocations)
        #expect(story.inquiries.map(\.reason) == [reason])
    }

    @Test func `another reason after an answer is asked about as well`() async throws {
        let world = try await World()
        let request = try await world.file()
        try await refuse(world, .cannotIdentify)
        try await world.desk.answerQuestion(
            request.number,
            answer: "Maria Prueba.",
            by: Cast.registrar.actor
        )
        #expect(try await refuse(world, .stillEnrolledHere) == .asksRequester)
    }

    @Test(arguments: questions + [.noGradesPosted])
    func `who wants nothing more is neither asked nor waited for`(
        reason: ReasonCode
    ) async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.desk.promise(
            answerer.inquiry,
            day: .on("2026-05-28"),
            note: "",
            by: answerer
        )
        try await world.desk.cancelRequest(
            request.number,
            reason: .notEnrollingHere,
            note: "",
            by: Cast.registrar.actor
        )
        #expect(try await refuse(world, reason) == .ended)
        #expect(try await world.state(of: request) == .cancelled)
    }

    @Test(arguments: [
        (ReasonCode.noDegreeAwarded, HoldCondition.Code.afterDegreeAwarded),
        (.noGradesPosted, .afterGradesPosted), (.paperOnly, .offlineRecordSearch),
    ])
    func `what is a matter of time waits, and is looked at again`(
        reason: ReasonCode,
        code: HoldCondition.Code
    ) async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let outcome = try await world.step("refuse") { try await refuse(world, reason) }
        // Ten working days, with Memorial Day in between.
        #expect(outcome == .waits(until: .on("2026-06-02")))
        let story = try await world.story(of: request)
        #expect(story.state == .onHold)
        #expect(story.inquiries.first?.hold?.code == code)
        try await world.step("later") { try await world.walk(to: "2026-06-03", hour: 12) }
        #expect(try await world.state(of: request) == .opened)
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").count == 1)
    }

    @Test func `a student who died: nothing is mailed to the family any more`() async throws {
        let world = try await World()
        let request = try await world.file {
            $0.family = TypedFamily(email: "familia@correo.example", isAgreed: true)
        }
        #expect(try await world.store.read { try $0.familyContact(of: request.id) } != nil)
        try await world.step("refuse") { try await refuse(world, .deceased) }
        #expect(try await world.store.read { try $0.familyContact(of: request.id) } == nil)
        #expect(try await world.state(of: request) == .endOfLocations)
        #expect(world.mails(to: .of("familia", at: "correo")).isEmpty)
    }

    @Test(arguments: [UrgentGround.homeless, .foster, .migratory])
    func `fees hold back nothing of some students, and the page says so`(
        ground: UrgentGround
    ) async throws {
        let world = try await World()
        try await world.file { $0.urgentGrounds = [ground] }
        let answerer = try await world.open()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.feesHoldNothing) {
            try await world.desk.refuse(
                answerer.inquiry,
                reason: .feesOwed,
                note: "",
                by: answerer
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `of other students fees end an inquiry as before`() async throws {
        let world = try await World()
        let request = try await world.file { $0.urgentGrounds = [.militaryFamily] }
        #expect(try await refuse(world, .feesOwed) == .ended)
        #expect(try await world.state(of: request) == .endOfLocations)
    }
}

@Suite("A school that closed for good") struct SchoolClosedTests {
    private static let district = OrganizationID.district(School.maple.district)

    private func close(
        _ world: World,
        keptBy keeper: OrganizationID,
        from contact: Contact = Cast.mapleOffice
    ) async throws -> RefusalOutcome {
        let answerer = try await world.open(contact)
        let outcome = try await world.desk.answerSchoolClosed(
            answerer.inquiry,
            keptBy: keeper,
            note: "",
            by: answerer
        )
        try await world.settle()
        return outcome
    }

    @Test(arguments: [(district, Cast.figDistrict), (OrganizationID.vault, Cast.vaultOffice)])
    func `whoever keeps its records is asked, for this request alone`(
        keeper: OrganizationID,
        contact: Contact
    ) async throws {
        let world = try await World()
        let request = try await world.file()
        let outcome = try await world.step("closed") { try await close(world, keptBy: keeper) }
        #expect(outcome == .asksKeeper(keeper))
        let story = try await world.story(of: request)
        #expect(story.inquiries.map(\.holder) == [Cast.maple, keeper])
        #expect(story.inquiries.map(\.school) == [School.maple.id, School.maple.id])
        #expect(story.state == .requested)
        #expect(story.events.map(\.kind).contains(.closedForGood(keptBy: keeper)))
        #expect(world.mails(to: contact, named: "ask").count == 1)
        #expect(world.mails(to: Cast.registrar.email, named: "news").count == 1)
        try await world.step("answer") { try await world.sendRecords(from: contact) }
        // Whoever has a link to one request moves no other one.
        let next = try await world.step("next") {
            try await world.file { $0.birthDay = "10" }
        }
        #expect(try await world.inquiry(of: next).holder == Cast.maple)
    }

    @Test(arguments: [
        OrganizationID.district(School.willow.district), .custodian("nobody"), .state(.california),
        School.willow.organization, .gateway,
    ])
    func `only its own district and an archive that can be written to keep records`(
        keeper: OrganizationID
    ) async throws {
        let world = try await World()
        try await world.file()
        let answerer = try await world.open()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.schoolUnknown) {
            try await world.desk.answerSchoolClosed(
                answerer.inquiry,
                keptBy: keeper,
                note: "",
                by: answerer
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `said by whoever keeps them already it ends, and goes in no circle`() async throws {
        let world = try await World()
        let request = try await world.file()
        _ = try await close(world, keptBy: Self.district)
        let again = try await world.step("again") {
            try await close(world, keptBy: Self.district, from: Cast.figDistrict)
        }
        #expect(again == .ended)
        let story = try await world.story(of: request)
        #expect(story.inquiries.count == 2)
        #expect(story.state == .endOfLocations)
    }

    @Test func `without a keeper somebody has to find one`() async throws {
        let world = try await World()
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.desk.refuse(
            answerer.inquiry,
            reason: .schoolClosed,
            note: "Ask the county.",
            by: answerer
        )
        #expect(try await world.state(of: request) == .endOfLocations)
        #expect(try await world.store.read { try $0.school(School.maple.id) }?.custodian == nil)
    }

    @Test func `who wants nothing more has nobody asked`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.desk.promise(
            answerer.inquiry,
            day: .on("2026-05-28"),
            note: "",
            by: answerer
        )
        try await world.desk.cancelRequest(
            request.number,
            reason: .notEnrollingHere,
            note: "",
            by: Cast.registrar.actor
        )
        #expect(try await close(world, keptBy: Self.district) == .ended)
        #expect(try await world.state(of: request) == .cancelled)
        #expect(world.mails(to: Cast.figDistrict).isEmpty)
    }
}
