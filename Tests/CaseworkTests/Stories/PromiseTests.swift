import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Promises") struct PromiseTests {
    @Test func `a promise stops the ladder until its day, and its lapse starts it again`()
        async throws
    {
        // Given a promise for Thursday of next week.
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.step("promise") {
            try await world.desk.promise(
                answerer.inquiry,
                day: .on("2026-05-28"),
                note: "After grades are posted",
                by: answerer
            )
            try await world.settle()
        }
        var story = try await world.story(of: request)
        #expect(story.state == .accepted)
        #expect(story.next?.owner == .holder(Cast.maple))
        #expect(story.next?.on == .on("2026-05-28"))
        #expect(world.mails(to: Cast.registrar.email, named: "news").count == 1)
        // While it runs nobody is written to, not even on the promised day.
        try await world.step("the day") { try await world.walk(to: "2026-05-28", hour: 18) }
        #expect(world.mails(to: Cast.mapleBackup).isEmpty)
        #expect(world.mails(to: Cast.mapleOffice).count == 1)
        // When it lapses, the office is reminded and the ladder begins again.
        try await world.step("lapse") { try await world.walk(to: "2026-05-29", hour: 10) }
        story = try await world.story(of: request)
        #expect(story.state == .opened)
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").count == 1)
        try await world.step("later") { try await world.walk(to: "2026-06-04", hour: 10) }
        #expect(world.mails(to: Cast.figDistrict, named: "escalate").count == 1)
    }

    @Test func `a promise cannot hide a request for ever`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.desk.promise(
            answerer.inquiry,
            day: .on("2031-01-01"),
            note: "",
            by: answerer
        )
        try await world.step("cap") { try await world.walk(to: "2026-06-08", hour: 10) }
        #expect(try await world.inquiry(of: request).clock.level == .capped)
        let rows = try await world.desk.stateQueue(
            of: .california,
            all: false,
            by: Cast.california.actor
        )
        #expect(rows.map(\.why) == [.promised(.on("2031-01-01"))])
    }

    @Test(arguments: ["2026-05-18", "2026-05-17", "1999-01-01"])
    func `only a day to come can be promised`(day: String) async throws {
        let world = try await World(on: "2026-05-18")
        try await world.file()
        let answerer = try await world.open()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.dateNotInFuture) {
            try await world.desk.promise(answerer.inquiry, day: .on(day), note: "", by: answerer)
        }
        #expect(try await world.everything() == before)
    }

    @Test func `a clerk who promised may send before the day`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.desk.promise(
            answerer.inquiry,
            day: .on("2026-06-08"),
            note: "",
            by: answerer
        )
        try await world.step("send") {
            _ = try await world.desk.answer(answerer.inquiry, with: .sample(), by: answerer)
            try await world.settle()
        }
        #expect(try await world.state(of: request) == .sent)
    }
}
