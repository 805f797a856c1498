import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Cancelling what somebody has begun") struct CancelTests {
    /// A promise for May 28, and a requester who no longer wants it.
    private func pending() async throws -> (World, RecordRequest, Answerer) {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let answerer = try await world.open()
        try await world.desk.promise(
            answerer.inquiry,
            day: .on("2026-05-28"),
            note: "",
            by: answerer
        )
        try await world.step("cancel") {
            try await world.desk.cancelRequest(
                request.number,
                reason: .arrivedAnotherWay,
                note: "",
                by: Cast.registrar.actor
            )
            try await world.settle()
        }
        return (world, request, answerer)
    }

    @Test func `the holder is asked to confirm, and nobody else can end it meanwhile`()
        async throws
    {
        let (world, request, answerer) = try await pending()
        let story = try await world.story(of: request)
        #expect(story.state == .cancelPending)
        #expect(story.actions.isEmpty)
        #expect(story.next?.step == .confirmCancel)
        #expect(story.next?.on == .on("2026-05-21"))
        #expect(world.mails(to: Cast.mapleOffice, named: "cancelAsked").count == 1)
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.cancelRequest(
                request.number,
                reason: .arrivedAnotherWay,
                note: "",
                by: Cast.registrar.actor
            )
        }
        // Another day or a question would keep alive what nobody wants.
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.promise(
                answerer.inquiry,
                day: .on("2026-06-28"),
                note: "",
                by: answerer
            )
        }
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.askRequester(answerer.inquiry, question: "Why?", by: answerer)
        }
        #expect(try await world.everything() == before)
    }

    @Test func `the holder confirms and it ends`() async throws {
        let (world, request, answerer) = try await pending()
        try await world.step("confirm") {
            try await world.desk.confirmCancel(answerer.inquiry, by: answerer)
            try await world.settle()
        }
        let story = try await world.story(of: request)
        #expect(story.state == .cancelled)
        #expect(story.request.conclusion?.reason == .arrivedAnotherWay)
        #expect(story.inquiries.map(\.status) == [.withdrawn])
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.self) {
            try await world.desk.confirmCancel(answerer.inquiry, by: answerer)
        }
        #expect(try await world.everything() == before)
    }

    @Test func `who does not object within three working days agrees`() async throws {
        let (world, request, _) = try await pending()
        try await world.step("two days on") { try await world.walk(to: "2026-05-20", hour: 20) }
        #expect(try await world.state(of: request) == .cancelPending)
        try await world.step("the third") { try await world.walk(to: "2026-05-21", hour: 10) }
        #expect(try await world.state(of: request) == .cancelled)
    }

    @Test func `records that come all the same count`() async throws {
        let (world, request, _) = try await pending()
        try await world.step("send") { try await world.sendRecords() }
        let story = try await world.story(of: request)
        #expect(story.state == .sent)
        #expect(story.request.cancelRequested == nil)
        #expect(story.events.map(\.kind).contains(.cancelOverruled))
        // Found not acceptable, it opens again and is not cancelled by an old wish.
        try await world.step("reject") {
            try await world.desk.rejectRecords(
                request.number,
                bundle: story.bundles[0].id,
                reason: .unreadable,
                note: "",
                by: Cast.registrar.actor
            )
            try await world.walk(to: "2026-05-26")
        }
        #expect(try await world.state(of: request) == .opened)
    }

    @Test func `a refusal confirms it`() async throws {
        let (world, request, answerer) = try await pending()
        try await world.step("refuse") {
            try await world.desk.refuse(
                answerer.inquiry,
                reason: .neverEnrolled,
                note: "",
                by: answerer
            )
        }
        #expect(try await world.state(of: request) == .cancelled)
    }

    @Test func `who has only looked is not asked`() async throws {
        let world = try await World()
        let request = try await world.file()
        _ = try await world.open()
        try await world.step("cancel") {
            try await world.desk.cancelRequest(
                request.number,
                reason: .notEnrollingHere,
                note: "",
                by: Cast.registrar.actor
            )
        }
        #expect(try await world.state(of: request) == .cancelled)
    }
}
