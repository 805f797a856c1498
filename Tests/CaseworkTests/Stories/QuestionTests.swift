import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Questions of the holder") struct QuestionTests {
    private func ask(_ world: World, from contact: Contact = Cast.mapleOffice) async throws {
        let answerer = try await world.open(contact)
        try await world.desk.askRequester(
            answerer.inquiry,
            question: "Did she use another surname?",
            by: answerer
        )
        try await world.settle()
    }

    @Test func `a question goes to the requester, and its answer to whoever asked`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        try await world.step("ask") { try await ask(world) }
        var story = try await world.story(of: request)
        #expect(story.state == .question)
        #expect(story.next?.owner == .requester)
        #expect(world.mails(to: Cast.registrar.email, named: "news").count == 1)
        try await world.step("answer") {
            try await world.desk.answerQuestion(
                request.number,
                answer: "The mother's only.",
                by: Cast.counselor.actor
            )
            try await world.settle()
        }
        story = try await world.story(of: request)
        #expect(story.state == .opened)
        #expect(world.mails(to: Cast.mapleOffice, named: "questionAnswered").count == 1)
        try await world.step("send") { try await world.sendRecords() }
        #expect(try await world.state(of: request) == .sent)
    }

    @Test func `of two schools that ask each gets its own answer, also once the other one sent`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        try await world.desk.askAnotherSchool(
            request.number,
            School.willow.id,
            by: Cast.registrar.actor
        )
        try await world.settle()
        for (contact, words) in [(Cast.mapleOffice, "Which year?"), (Cast.willowOffice, "Twins?")] {
            let answerer = try await world.open(contact)
            try await world.desk.askRequester(answerer.inquiry, question: words, by: answerer)
        }
        try await world.settle()
        let asked = try await world.story(of: request).openQuestions
        #expect(asked.map(\.school) == [School.maple.id, School.willow.id])
        #expect(asked.map(\.note) == ["Which year?", "Twins?"])
        let before = try await world.everything()
        // Whose question it is must be said.
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.answerQuestion(
                request.number,
                answer: "2024",
                by: Cast.registrar.actor
            )
        }
        #expect(try await world.everything() == before)
        let first = try #require(asked.first)
        try await world.desk.answerQuestion(
            request.number,
            of: first.inquiry,
            answer: "2024",
            by: Cast.registrar.actor
        )
        try await world.settle()
        #expect(world.mails(to: Cast.mapleOffice, named: "questionAnswered").count == 1)
        #expect(world.mails(to: Cast.willowOffice, named: "questionAnswered").isEmpty)
        try await world.sendRecords(complete: false)
        let story = try await world.story(of: request)
        #expect(story.openQuestions.map(\.school) == [School.willow.id])
        let willow = try #require(story.openQuestions.first)
        try await world.desk.answerQuestion(
            request.number,
            of: willow.inquiry,
            answer: "No twins",
            by: Cast.registrar.actor
        )
        try await world.settle()
        #expect(try await world.story(of: request).openQuestions.isEmpty)
        #expect(world.mails(to: Cast.willowOffice, named: "questionAnswered").count == 1)
    }

    @Test func `in summer the answer goes to the one who asked, not to the closed office`()
        async throws
    {
        let world = try await World(on: "2026-07-07")
        let request = try await world.file()
        try await ask(world, from: Cast.mapleSummer)
        try await world.step("answer") {
            try await world.desk.answerQuestion(
                request.number,
                answer: "No.",
                by: Cast.registrar.actor
            )
            try await world.settle()
        }
        #expect(world.mails(to: Cast.mapleSummer, named: "questionAnswered").count == 1)
        #expect(world.mails(to: Cast.mapleOffice).isEmpty)
        _ = try await world.open(Cast.mapleSummer)
    }

    @Test func `the holder's rungs wait, the statutory limit does not`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        try await ask(world)
        try await world.step("a week") { try await world.walk(to: "2026-05-26", hour: 10) }
        #expect(world.mails(to: Cast.figDistrict).isEmpty)
        try await world.step("the limit") { try await world.walk(to: "2026-06-02", hour: 10) }
        #expect(try await world.inquiry(of: request).clock.level == .state)
    }

    @Test func `an answer nobody asked for is refused, and so is a second one`() async throws {
        let world = try await World()
        let request = try await world.file()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.answerQuestion(
                request.number,
                answer: "Yes.",
                by: Cast.registrar.actor
            )
        }
        try await ask(world)
        try await world.desk.answerQuestion(
            request.number,
            answer: "Yes.",
            by: Cast.registrar.actor
        )
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.answerQuestion(
                request.number,
                answer: "Yes.",
                by: Cast.registrar.actor
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test(arguments: ["", " \n", String(repeating: "x", count: 2_001)])
    func `it needs words, and not too many`(text: String) async throws {
        let world = try await World()
        let request = try await world.file()
        let answerer = try await world.open()
        let failure: CaseworkFailure = text.count > 10 ? .tooLong : .reasonMissing
        await #expect(throws: failure) {
            try await world.desk.askRequester(answerer.inquiry, question: text, by: answerer)
        }
        try await ask(world)
        await #expect(throws: failure) {
            try await world.desk.answerQuestion(
                request.number,
                answer: text,
                by: Cast.registrar.actor
            )
        }
    }

    // MARK: What the requester writes unasked

    private static let missing = "The immunizations are missing."

    private func write(_ world: World, _ request: RecordRequest) async throws {
        try await world.desk.writeToHolder(
            request.number,
            message: Self.missing,
            by: Cast.counselor.actor
        )
        try await world.settle()
    }

    @Test func `what is missing after an answer is asked for, and its link takes the rest`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        try await world.sendRecords()
        let before = try await world.story(of: request)
        #expect(before.reads == School.maple.id)
        try await write(world, request)
        let mails = world.mails(to: Cast.mapleOffice, named: "message")
        #expect(mails.count == 1)
        // The mail says that there is a message; the message stands behind the link's code.
        #expect(mails.allSatisfy { !$0.plainText.contains(Self.missing) })
        let answerer = try await world.open()
        let task = try await world.desk.answerTask(answerer.inquiry, by: answerer)
        #expect(task.messages.contains(Self.missing))
        let after = try await world.story(of: request)
        #expect(after.state == before.state)
        let told = after.events.last { $0.kind == .messageToHolder(note: Self.missing) }
        #expect(told?.person == Cast.counselor.name)
        _ = try await world.desk.answer(
            answerer.inquiry,
            with: .sample(files: 1, firstFile: 9),
            by: answerer
        )
        try await world.settle()
        #expect(try await world.story(of: request).bundles.count == 2)
    }

    @Test func `five messages in a day are enough, and the next day there is room again`()
        async throws
    {
        let world = try await World()
        let request = try await world.file()
        for _ in 0..<Desk.mostMessages { try await write(world, request) }
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notPossibleNow) { try await write(world, request) }
        #expect(try await world.everything() == before)
        world.clock.advance(bySeconds: 86_400)
        try await write(world, request)
        // The third mail of the day was the second message; the rest came in one digest.
        #expect(world.mails(to: Cast.mapleOffice, named: "message").count == 3)
        #expect(world.mails(to: Cast.mapleOffice, named: "notices").count == 1)
    }

    @Test func `nobody reads it any more once the request has ended`() async throws {
        let world = try await World()
        let request = try await world.file()
        try await world.desk.cancelRequest(
            request.number,
            reason: .wrongSchool,
            note: "",
            by: Cast.registrar.actor
        )
        #expect(try await world.story(of: request).reads == nil)
        await #expect(throws: CaseworkFailure.notPossibleNow) { try await write(world, request) }
    }

    @Test(arguments: ["", " \n", String(repeating: "x", count: 2_001)])
    func `a message needs words, and not too many`(text: String) async throws {
        let world = try await World()
        let request = try await world.file()
        let failure: CaseworkFailure = text.count > 10 ? .tooLong : .reasonMissing
        await #expect(throws: failure) {
            try await world.desk.writeToHolder(
                request.number,
                message: text,
                by: Cast.registrar.actor
            )
        }
    }
}
