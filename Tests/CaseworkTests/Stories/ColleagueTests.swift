import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("What a colleague can and cannot do") struct ColleagueTests {
    @Test func `a colleague's words about other parts count for nothing`() async throws {
        let (world, request, _, other) = try await PassOnTests.passedOn()
        let bundle = try await world.desk.answer(
            other.inquiry,
            with: PassOnTests.answer(request.parts, .noneOnFile, file: 1, complete: true),
            by: other
        )
        #expect(bundle.parts.map(\.part) == [.transcript])
        #expect(try await world.state(of: request) == .partlySent)
        #expect(try await world.inquiry(of: request).isLive)
    }

    @Test func `while a colleague has a part, the office's word is not all`() async throws {
        let world = try await World()
        let request = try await world.file()
        let clerk = try await world.open()
        let two = Array(request.parts.prefix(2))
        try #require(two.count == 2)
        try await world.desk.passOn(PassOnTests.passed([two[0]]), of: clerk.inquiry, by: clerk)
        let nurse = EmailAddress.of("nurse", at: "school")
        let second = PassOnTests.passed([two[1]], to: nurse)
        try await world.desk.passOn(second, of: clerk.inquiry, by: clerk)
        try await world.settle()
        let rest = request.parts.filter { !two.contains($0) }
        _ = try await world.desk.answer(
            clerk.inquiry,
            with: PassOnTests.answer(rest, .noneOnFile, file: 1, complete: true),
            by: clerk
        )
        #expect(try await world.state(of: request) == .partlySent)
        let counselor = try await PassOnTests.colleague(world)
        _ = try await world.desk.answer(
            counselor.inquiry,
            with: PassOnTests.answer([two[0]], file: 2),
            by: counselor
        )
        #expect(try await world.state(of: request) == .partlySent)
        // The office settles the other part itself.
        _ = try await world.desk.answer(
            clerk.inquiry,
            with: PassOnTests.answer([two[1]], file: 3, complete: true),
            by: clerk
        )
        #expect(try await world.state(of: request) == .sent)
        // What still comes is taken, and takes nothing back.
        _ = try await world.desk.answer(
            counselor.inquiry,
            with: PassOnTests.answer([two[0]], file: 4),
            by: counselor
        )
        #expect(try await world.state(of: request) == .sent)
    }

    @Test func `a part that comes ends neither a promise nor a question`() async throws {
        let world = try await World()
        let request = try await world.file()
        let clerk = try await world.open()
        try await world.desk.passOn(PassOnTests.passed(), of: clerk.inquiry, by: clerk)
        try await world.desk.askRequester(clerk.inquiry, question: "Which name?", by: clerk)
        try await world.settle()
        let other = try await PassOnTests.colleague(world)
        _ = try await world.desk.answer(
            other.inquiry,
            with: PassOnTests.answer([.transcript], file: 1),
            by: other
        )
        #expect(try await world.inquiry(of: request).status == .question)
        try await world.desk.answerQuestion(
            request.number,
            answer: "Her mother's.",
            by: Cast.registrar.actor
        )
    }

    @Test func `what is to be cancelled is the office's to revive`() async throws {
        let world = try await World()
        let request = try await world.file()
        let clerk = try await world.open()
        try await world.desk.passOn(PassOnTests.passed(), of: clerk.inquiry, by: clerk)
        let day = CivilDate.on("2026-06-01")
        try await world.desk.promise(clerk.inquiry, day: day, note: "", by: clerk)
        try await world.settle()
        let other = try await PassOnTests.colleague(world)
        try await world.desk.cancelRequest(
            request.number,
            reason: .arrivedAnotherWay,
            note: "",
            by: Cast.registrar.actor
        )
        try await world.settle()
        #expect(world.mails(to: PassOnTests.counselor, named: "cancelAsked").isEmpty)
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.answer(
                other.inquiry,
                with: PassOnTests.answer([.transcript], file: 1),
                by: other
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `a colleague sees what they sent and nothing that others did`() async throws {
        let world = try await World()
        let request = try await world.file()
        let clerk = try await world.open()
        let rest = request.parts.filter { $0 != .transcript }
        _ = try await world.desk.answer(
            clerk.inquiry,
            with: PassOnTests.answer(rest, file: 1, passingOn: PassOnTests.passed()),
            by: clerk
        )
        try await world.settle()
        let other = try await PassOnTests.colleague(world)
        #expect(try await world.desk.answerTask(other.inquiry, by: other).bundles.isEmpty)
        let mine = try await world.desk.answer(
            other.inquiry,
            with: PassOnTests.answer([.transcript], .toFollow(by: nil), file: 2),
            by: other
        )
        let task = try await world.desk.answerTask(other.inquiry, by: other)
        #expect(task.bundles.map(\.id) == [mine.id])
        #expect(try await world.desk.answerTask(clerk.inquiry, by: clerk).bundles.count == 2)
    }

    @Test func `with a mailbox's links die those of whoever it passed a part on to`()
        async throws
    {
        let (world, _, clerk, other) = try await PassOnTests.passedOn()
        try await world.desk.notTheRightPerson(clerk.inquiry, suggestion: .nothing, by: clerk)
        await #expect(throws: CaseworkFailure.link(.revoked)) {
            try await world.desk.answerTask(other.inquiry, by: other)
        }
        try await world.settle()
        try await world.walk(to: "2026-05-27", hour: 12)
        #expect(world.mails(to: PassOnTests.counselor).count == 1)
    }

    @Test func `nobody's mailbox is flooded by passing on again and again`() async throws {
        let world = try await World()
        try await world.file()
        let clerk = try await world.open()
        try await world.desk.passOn(PassOnTests.passed(), of: clerk.inquiry, by: clerk)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.passOn(PassOnTests.passed(), of: clerk.inquiry, by: clerk)
        }
        for _ in 1..<AnswerLink.mostADay {
            world.clock.advance(bySeconds: 60)
            try await world.desk.passOn(PassOnTests.passed(), of: clerk.inquiry, by: clerk)
        }
        world.clock.advance(bySeconds: 60)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.passOn(PassOnTests.passed(), of: clerk.inquiry, by: clerk)
        }
    }
}
