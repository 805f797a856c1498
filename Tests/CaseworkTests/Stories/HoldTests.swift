import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Waiting for something") struct HoldTests {
    private func held(
        _ code: HoldCondition.Code,
        until: CivilDate? = nil
    ) async throws -> (World, RecordRequest) {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let answerer = try await world.open()
        let condition = try #require(HoldCondition(code, until: until))
        try await world.step("hold") {
            try await world.desk.hold(answerer.inquiry, condition, note: "", by: answerer)
            try await world.settle()
        }
        return (world, request)
    }

    @Test func `after grades are posted: the requester sees what for, the ladder waits`()
        async throws
    {
        let (world, request) = try await held(.afterGradesPosted, until: .on("2026-05-29"))
        var story = try await world.story(of: request)
        #expect(story.state == .onHold)
        #expect(story.inquiries.first?.hold?.code == .afterGradesPosted)
        #expect(story.next?.on == .on("2026-05-29"))
        #expect(world.mails(to: Cast.registrar.email, named: "news").count == 1)
        try await world.step("the day") { try await world.walk(to: "2026-05-29", hour: 20) }
        #expect(world.mails(to: Cast.mapleBackup).isEmpty)
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").isEmpty)
        try await world.step("the day after") { try await world.walk(to: "2026-06-01", hour: 12) }
        story = try await world.story(of: request)
        #expect(story.state == .opened)
        #expect(story.inquiries.first?.hold == nil)
        #expect(story.events.map(\.kind).contains(.holdPassed))
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").count == 1)
    }

    @Test func `without a date it is looked at again, and the cap waits for nothing`()
        async throws
    {
        let (world, request) = try await held(.staffReturn)
        try await world.step("ten working days on") {
            try await world.walk(to: "2026-06-03", hour: 12)
        }
        #expect(try await world.state(of: request) == .opened)
        let (other, second) = try await held(.other, until: .on("2027-01-01"))
        try await other.step("cap") { try await other.walk(to: "2026-06-08", hour: 12) }
        #expect(try await other.inquiry(of: second).clock.level == .capped)
    }

    @Test(arguments: ["2026-05-18", "2026-05-01"])
    func `a day that has passed is no condition`(day: String) async throws {
        let world = try await World(on: "2026-05-18")
        try await world.file()
        let answerer = try await world.open()
        let condition = try #require(HoldCondition(.afterSpecifiedDate, until: .on(day)))
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.dateNotInFuture) {
            try await world.desk.hold(answerer.inquiry, condition, note: "", by: answerer)
        }
        #expect(try await world.everything() == before)
    }
}

@Suite("Several schools at once") struct ParallelTests {
    @Test func `the requester asks a second school, and both can answer`() async throws {
        let world = try await World()
        let request = try await world.file()
        #expect(try await world.story(of: request).actions.contains(.askInParallel))
        try await world.step("ask another") {
            try await world.desk.askAnotherSchool(
                request.number,
                School.willow.id,
                by: Cast.registrar.actor
            )
            try await world.settle()
        }
        var story = try await world.story(of: request)
        #expect(story.inquiries.map(\.isLive) == [true, true])
        #expect(story.request.asksInParallel == true)
        try await world.step("both") {
            try await world.sendRecords()
            let answerer = try await world.open(Cast.willowOffice)
            _ = try await world.desk.answer(
                answerer.inquiry,
                with: .sample(firstFile: 20),
                by: answerer
            )
            try await world.settle()
        }
        story = try await world.story(of: request)
        #expect(story.state == .sent)
        #expect(story.bundles.count == 2)
    }

    @Test func `a state contact replaces, or asks beside`() async throws {
        for beside in [false, true] {
            let world = try await World()
            let request = try await world.file()
            try await world.step("ask another") {
                try await world.desk.askAnotherSchool(
                    request.number,
                    School.willow.id,
                    beside: beside,
                    by: Cast.california.actor
                )
            }
            let first = try await world.story(of: request).inquiries.first
            #expect(first?.status == (beside ? .notified : .superseded))
        }
    }
}

@Suite("A missing child's flag") struct MissingChildTests {
    private func flag(_ world: World) async throws -> RecordRequest {
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.step("flag") {
            try await world.desk.refuse(
                answerer.inquiry,
                reason: .missingChild,
                note: "Call us",
                by: answerer
            )
            try await world.settle()
        }
        return request
    }

    @Test func `the state's authority is told at once, and the requester by nothing at all`()
        async throws
    {
        let world = try await World()
        let desk = EmailAddress.of("missing", at: "authority")
        try await world.store.write { session in
            var policy = Ladder.Policy()
            policy.authority = Ladder.Authority(name: "Missing Children Desk", email: desk)
            try session.save(policy, of: .california)
        }
        let request = try await flag(world)
        let mails = world.mails(to: desk, named: "authority")
        #expect(mails.count == 1)
        #expect(mails.first?.references.isEmpty == true)
        #expect(world.mails(to: Cast.californiaDesk, named: "authority").isEmpty)
        // The same lines, in the same words, as for "never enrolled".
        let plain = try await World()
        let other = try await plain.file()
        let answerer = try await plain.open()
        try await plain.desk.refuse(
            answerer.inquiry,
            reason: .neverEnrolled,
            note: "",
            by: answerer
        )
        try await plain.settle()
        let story = try await world.story(of: request)
        let plainStory = try await plain.story(of: other)
        #expect(story.events.map(\.kind) == plainStory.events.map(\.kind))
        #expect(story.events.map(\.at) == plainStory.events.map(\.at))
        #expect(!world.mails(to: Cast.registrar.email).contains { $0.plainText.holds("issing") })
    }

    @Test func `without an authority the state contacts are told at once`() async throws {
        let world = try await World()
        _ = try await flag(world)
        #expect(world.mails(to: Cast.californiaDesk, named: "authority").count == 1)
    }
}

@Suite("After the answer") struct DeliveryWatchTests {
    @Test func `records nobody fetches are named again, three times at most`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        try await world.sendRecords()
        #expect(world.mails(to: Cast.registrar.email, named: "ready").count == 1)
        try await world.step("two days on") { try await world.walk(to: "2026-05-20", hour: 20) }
        #expect(world.mails(to: Cast.registrar.email, named: "ready").count == 1)
        try await world.step("the third") { try await world.walk(to: "2026-05-21", hour: 10) }
        #expect(world.mails(to: Cast.registrar.email, named: "ready").count == 2)
        try await world.step("weeks later") { try await world.walk(to: "2026-07-20") }
        #expect(world.mails(to: Cast.registrar.email, named: "ready").count == 4)
        #expect(try await world.state(of: request) == .sent)
    }

    @Test func `records that arrived and nobody judged count as accepted after ten days`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let bundle = try await world.sendRecords()
        try await world.take(.archive, of: request, bundle)
        #expect(try await world.state(of: request) == .delivered)
        // Memorial Day is no working day.
        try await world.step("the tenth") { try await world.walk(to: "2026-06-01", hour: 20) }
        #expect(try await world.state(of: request) == .delivered)
        try await world.step("over") { try await world.walk(to: "2026-06-02", hour: 10) }
        let story = try await world.story(of: request)
        #expect(story.state == .completed)
        #expect(story.deliveries.map(\.status) == [.receiptGood])
    }

    @Test func `what was found wrong in time is not completed by silence`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let bundle = try await world.sendRecords()
        try await world.take(.archive, of: request, bundle)
        try await world.walk(to: "2026-06-01")
        try await world.desk.rejectRecords(
            request.number,
            bundle: bundle.id,
            reason: .unreadable,
            note: "",
            by: Cast.registrar.actor
        )
        try await world.step("later") { try await world.walk(to: "2026-06-03") }
        #expect(try await !world.state(of: request).isTerminal)
    }

    @Test func `a seal that comes after the end tells nobody`() async throws {
        let world = try await World()
        let request = try await world.file()
        let answerer = try await world.open()
        world.assembler.isBroken.isRaised = true
        let submission = AnswerSubmission.sample(complete: false)
        _ = try await world.desk.answer(answerer.inquiry, with: submission, by: answerer)
        try await world.settle()
        try await world.desk.acceptRecords(request.number, by: Cast.registrar.actor)
        world.assembler.isBroken.isRaised = false
        try await world.step("sealed at last") { try await world.walk(to: "2026-05-19") }
        #expect(world.mails(to: Cast.registrar.email, named: "ready").isEmpty)
    }
}
