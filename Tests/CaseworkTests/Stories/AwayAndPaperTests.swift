import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Papers by post, and nobody in the office") struct AwayAndPaperTests {
    @Test func `papers in the post: the requester knows the day, the ladder waits`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.step("paper") {
            try await world.desk.mailPaper(
                answerer.inquiry,
                on: .on("2026-05-19"),
                note: "Two folders.",
                by: answerer
            )
            try await world.settle()
        }
        var story = try await world.story(of: request)
        #expect(story.state == .accepted)
        #expect(
            story.events.map(\.kind)
                .contains(.paperMailed(on: .on("2026-05-19"), note: "Two folders."))
        )
        #expect(story.next?.on == .on("2026-05-26"))
        #expect(world.mails(to: Cast.registrar.email, named: "news").count == 1)
        try await world.walk(to: "2026-05-26", hour: 20)
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").isEmpty)
        try await world.step("a week later") { try await world.walk(to: "2026-05-27", hour: 12) }
        story = try await world.story(of: request)
        #expect(story.state == .opened)
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").count == 1)
    }

    @Test(arguments: ["2026-05-17", "2026-09-16"])
    func `papers are mailed from today on and within four months`(day: String) async throws {
        let world = try await World(on: "2026-05-18")
        try await world.file()
        let answerer = try await world.open()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.dateNotInFuture) {
            try await world.desk.mailPaper(
                answerer.inquiry,
                on: .on(day),
                note: "",
                by: answerer
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `the records may still come by the link, before the post`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.desk.mailPaper(
            answerer.inquiry,
            on: .on("2026-05-18"),
            note: "",
            by: answerer
        )
        try await world.sendRecords()
        #expect(try await world.state(of: request) == .sent)
    }

    @Test func `whoever is away: the second address is asked at once, the state is told`()
        async throws
    {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let answerer = try await world.open()
        #expect(world.mails(to: Cast.mapleBackup).isEmpty)
        try await world.step("away") {
            try await world.desk.sayAway(
                answerer.inquiry,
                until: .on("2026-06-08"),
                by: answerer
            )
            try await world.settle()
        }
        #expect(world.mails(to: Cast.mapleBackup, named: "ask").count == 1)
        let story = try await world.story(of: request)
        #expect(
            story.events.map(\.kind)
                .contains(.outOfOffice(organization: Cast.maple, until: .on("2026-06-08")))
        )
        let offer = try await world.desk.closureOffer(
            of: request.number,
            by: Cast.california.actor
        )
        #expect(offer == .on("2026-06-08"))
        let contact = try #require(
            try await world.desk.contacts(of: Cast.maple).first { $0.id == Cast.mapleOffice.id }
        )
        #expect(contact.awayUntil == .on("2026-06-08"))
    }

    @Test func `saying it twice says it once`() async throws {
        let world = try await World(on: "2026-05-18")
        try await world.file()
        let answerer = try await world.open()
        let day = CivilDate.on("2026-06-08")
        try await world.desk.sayAway(answerer.inquiry, until: day, by: answerer)
        let before = try await world.everything()
        try await world.desk.sayAway(answerer.inquiry, until: day, by: answerer)
        #expect(try await world.everything() == before)
    }

    @Test(arguments: ["2026-05-18", "2026-09-16"])
    func `somebody is back after today and within four months`(day: String) async throws {
        let world = try await World(on: "2026-05-18")
        try await world.file()
        let answerer = try await world.open()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.dateNotInFuture) {
            try await world.desk.sayAway(answerer.inquiry, until: .on(day), by: answerer)
        }
        #expect(try await world.everything() == before)
    }

    @Test func `only a mailbox is away`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let inquiry = try await world.inquiry(of: request)
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.sayAway(
                inquiry.id,
                until: .on("2026-06-08"),
                by: .staff(Cast.clerk.actor)
            )
        }
        #expect(try await world.everything() == before)
    }
}
