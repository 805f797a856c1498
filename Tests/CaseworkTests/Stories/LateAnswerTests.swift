import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Answers after the end") struct LateAnswerTests {
    /// Closed at the cap by the state contact, the link still in the clerk's mailbox.
    private func closed(
        _ end: (World, RecordRequest) async throws -> Void
    ) async throws -> (World, RecordRequest) {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        try await world.step("end") {
            try await end(world, request)
            try await world.settle()
        }
        #expect(try await !world.state(of: request).isTerminal == false)
        return (world, request)
    }

    private func closeUnfilled(_ world: World, _ request: RecordRequest) async throws {
        try await world.desk.closeUnfilled(
            request.number,
            reason: .noAnswerAtCap,
            note: "",
            by: Cast.california.actor
        )
    }

    @Test func `records that come late open a linked request by themselves`() async throws {
        let (world, request) = try await closed(closeUnfilled)
        let before = try await world.everything()
        let answerer = try await world.open()
        let task = try await world.desk.answerTask(answerer.inquiry, by: answerer)
        #expect(task.isLate)
        let bundle = try await world.step("send") {
            let bundle = try await world.desk.answer(
                answerer.inquiry,
                with: .sample(),
                by: answerer
            )
            try await world.settle()
            return bundle
        }
        let after = try await world.everything()
        #expect(after.requests.count == before.requests.count + 1)
        let linked = try #require(after.requests.first { $0.id == bundle.request })
        #expect(linked.reopens == request.id)
        #expect(linked.student == request.student && linked.parts == request.parts)
        #expect(linked.number != request.number)
        #expect(try await world.state(of: linked) == .sent)
        // What ended stays as it ended, and says where the answer is.
        let old = try await world.story(of: request)
        #expect(old.state == .closedUnfilled)
        #expect(old.bundles.isEmpty)
        #expect(old.events.map(\.kind).contains(.lateAnswer(number: linked.number)))
        #expect(world.mails(to: Cast.registrar.email, named: "ready").count == 1)
        // The clerk's page shows what was sent.
        let again = try await world.desk.answerTask(answerer.inquiry, by: answerer)
        #expect(again.bundles.map(\.id) == [bundle.id])
    }

    @Test func `sent twice, it is one request and one bundle`() async throws {
        let (world, _) = try await closed(closeUnfilled)
        let answerer = try await world.open()
        let first = try await world.desk.answer(
            answerer.inquiry,
            with: .sample(),
            by: answerer
        )
        let before = try await world.everything()
        let second = try await world.desk.answer(
            answerer.inquiry,
            with: .sample(),
            by: answerer
        )
        #expect(first.id == second.id)
        #expect(try await world.everything() == before)
        // Other files go to the same linked request.
        let more = try await world.step("more") {
            try await world.desk.answer(
                answerer.inquiry,
                with: .sample(firstFile: 9),
                by: answerer
            )
        }
        #expect(more.request == first.request)
    }

    @Test func `a slower school's answer after the completion is a good answer`() async throws {
        let (world, request) = try await closed { world, request in
            try await world.desk.askAnotherSchool(
                request.number,
                School.willow.id,
                by: Cast.registrar.actor
            )
            try await world.settle()
            let bundle = try await world.sendRecords(from: Cast.willowOffice)
            try await world.take(.archive, of: request, bundle)
            try await world.desk.acceptRecords(request.number, by: Cast.registrar.actor)
        }
        #expect(try await world.story(of: request).inquiries.map(\.status) == [.superseded, .sent])
        let bundle = try await world.step("late") { try await world.sendRecords() }
        #expect(bundle.request != request.id)
    }

    @Test(arguments: [ReasonCode.notEnrollingHere, .wrongSchool, .enteredInError])
    func `nothing is sent to a school that has no business with the child`(
        reason: ReasonCode
    ) async throws {
        let (world, _) = try await closed { world, request in
            try await world.desk.cancelRequest(
                request.number,
                reason: reason,
                note: "",
                by: Cast.registrar.actor
            )
        }
        let before = try await world.everything()
        let key = try world.key(for: Cast.mapleOffice)
        #expect(try await world.desk.door(token: key.token).obstacle == .closed)
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.enter(code: key.code, token: key.token)
        }
        #expect(try await world.everything() == before)
    }

    @Test func `after the end only records are taken`() async throws {
        let (world, request) = try await closed(closeUnfilled)
        let answerer = try await world.open()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.refuse(
                answerer.inquiry,
                reason: .neverEnrolled,
                note: "",
                by: answerer
            )
        }
        await #expect(throws: CaseworkFailure.link(.closed)) {
            try await world.desk.promise(
                answerer.inquiry,
                day: .on("2026-07-01"),
                note: "",
                by: answerer
            )
        }
        #expect(try await world.everything() == before)
        #expect(try await world.state(of: request) == .closedUnfilled)
    }
}

@Suite("Asking again") struct ReopenTests {
    @Test func `a request that ended is asked again as a linked one`() async throws {
        let world = try await World()
        let request = try await world.file()
        try await world.desk.cancelRequest(
            request.number,
            reason: .wrongSchool,
            note: "",
            by: Cast.registrar.actor
        )
        let draft = try await world.step("ask again") {
            try await world.desk.reopenRequest(request.number, by: Cast.counselor.actor)
        }
        // Pressed twice: the same draft.
        let twin = try await world.desk.reopenRequest(request.number, by: Cast.counselor.actor)
        #expect(twin.id == draft.id)
        #expect(draft.place == .school(School.maple.id))
        let outcome = try await world.step("send") {
            try await world.desk.fileRequest(draft.id, by: Cast.counselor.actor)
        }
        guard case .filed(let again) = outcome else { throw Surprise("no request") }
        #expect(again.reopens == request.id)
        #expect(again.student == request.student && again.uses == request.uses)
        let old = try await world.story(of: request)
        #expect(old.state == .cancelled)
        #expect(old.events.map(\.kind).contains(.reopened(as: again.number)))
        let new = try await world.story(of: again)
        #expect(new.events.map(\.kind).contains(.asksAgain(for: request.number)))
    }

    @Test func `what still runs is not asked again`() async throws {
        let world = try await World()
        let request = try await world.file()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.reopenRequest(request.number, by: Cast.registrar.actor)
        }
        #expect(try await world.everything() == before)
    }
}
