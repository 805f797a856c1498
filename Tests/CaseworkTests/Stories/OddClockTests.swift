import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

/// Clocks that go back, leap days, and the turn of a year.
@Suite("Odd clocks") struct OddClockTests {
    private func letters(_ world: World) -> [String] {
        world.mail.arrived.map { "\($0.to) \($0.subject)" }
    }

    @Test(arguments: [60, 3_600, 86_400, 30 * 86_400] as [Int64])
    func `a clock that was set back does nothing twice, and nothing is lost`(
        seconds: Int64
    ) async throws {
        // Given a request of which two rungs were climbed by Tuesday.
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        try await world.walk(to: "2026-05-19", hour: 12)
        let (before, sent) = (try await world.inquiry(of: request), letters(world))
        // When the machine's clock is set back and its timers run.
        try await world.step("set back") {
            world.clock.advance(bySeconds: -seconds)
            try await world.settle()
        }
        // Then nothing happens a second time, and nobody falls a step back.
        #expect(letters(world) == sent)
        #expect(try await world.inquiry(of: request).clock == before.clock)
        // And once time goes on, each of the rest happens on its day.
        try await world.step("on") { try await world.walk(to: "2026-05-22", hour: 12) }
        #expect(world.mails(to: Cast.mapleOffice, named: "ask").count == 1)
        #expect(world.mails(to: Cast.mapleBackup, named: "ask").count == 1)
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").count == 1)
        #expect(world.mails(to: Cast.figDistrict, named: "escalate").count == 1)
    }

    @Test func `an answer that comes while the clock is back is taken`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        try await world.walk(to: "2026-05-20", hour: 12)
        world.clock.advance(bySeconds: -86_400)
        try await world.step("answer") { try await world.sendRecords() }
        #expect(try await world.state(of: request) == .sent)
        try await world.step("on") { try await world.walk(to: "2026-05-22", hour: 12) }
        #expect(world.mails(to: Cast.figDistrict).isEmpty)
    }

    @Test func `February 29 is a day like any other: asked, promised and counted`() async throws {
        // 2028-02-29 is a Tuesday.
        let world = try await World(on: "2028-02-28")
        let request = try await world.file()
        try await world.step("leap day") { try await world.walk(to: "2028-02-29", hour: 12) }
        #expect(world.mails(to: Cast.mapleBackup, named: "ask").count == 1)
        try await world.step("the day after") { try await world.walk(to: "2028-03-01", hour: 12) }
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").count == 1)
        let cap = try await world.desk.explainDates(of: request.number).flatMap(\.dates)
            .first { $0.step == .cap }
        #expect(cap?.on == .on("2028-03-19"))
    }

    @Test func `a promise for February 29 lapses on March 1`() async throws {
        let world = try await World(on: "2028-02-21")
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.desk.promise(
            answerer.inquiry,
            day: .on("2028-02-29"),
            note: "",
            by: answerer
        )
        try await world.step("the day") { try await world.walk(to: "2028-02-29", hour: 20) }
        #expect(try await world.state(of: request) == .accepted)
        try await world.step("after") { try await world.walk(to: "2028-03-01", hour: 12) }
        #expect(try await world.state(of: request) == .opened)
    }

    @Test func `over the turn of a year the count goes on`() async throws {
        // Thursday, December 31; Friday is New Year's Day, no working day.
        let world = try await World(on: "2026-12-31")
        let request = try await world.file()
        try await world.step("Monday") { try await world.walk(to: "2027-01-04", hour: 12) }
        #expect(world.mails(to: Cast.mapleBackup, named: "ask").count == 1)
        let dates = try await world.desk.explainDates(of: request.number).flatMap(\.dates)
        #expect(dates.first { $0.step == .cap }?.on == .on("2027-01-20"))
    }
}

/// The same message a second time: a click, a form, a mail.
@Suite("Replays") struct ReplayTests {
    @Test func `every way to end an inquiry takes the same message no second time`() async throws {
        for reason in ReasonCode.forRefusing + ReasonCode.forRefusingSeldom
        where reason.consequence != .question {
            let world = try await World()
            try await world.file()
            let answerer = try await world.open()
            func say() async throws {
                try await world.desk.refuse(
                    answerer.inquiry,
                    reason: reason,
                    note: "so",
                    by: answerer
                )
            }
            try await say()
            let before = try await world.everything()
            await #expect(throws: CaseworkFailure.notPossibleNow) { try await say() }
            #expect(try await world.everything() == before)
        }
    }

    @Test func `an answered question takes no second answer`() async throws {
        let world = try await World()
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.desk.askRequester(answerer.inquiry, question: "Which?", by: answerer)
        func say(_ text: String) async throws {
            try await world.desk.answerQuestion(
                request.number,
                answer: text,
                by: Cast.registrar.actor
            )
        }
        try await say("The first.")
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notPossibleNow) { try await say("The second.") }
        #expect(try await world.everything() == before)
    }

    @Test func `a cancellation that was pressed twice is one`() async throws {
        let world = try await World()
        let request = try await world.file()
        func cancel() async throws {
            try await world.desk.cancelRequest(
                request.number,
                reason: .wrongSchool,
                note: "",
                by: Cast.registrar.actor
            )
        }
        try await cancel()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notPossibleNow) { try await cancel() }
        #expect(try await world.everything() == before)
    }
}
