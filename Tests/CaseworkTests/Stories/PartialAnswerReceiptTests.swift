import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

/// What came in part and waits for its requester while the rest is still to come.
@Suite("An answer in part that nobody takes") struct PartialAnswerReceiptTests {
    private func begun() async throws -> (World, RecordRequest, RecordBundle) {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let bundle = try await world.sendRecords(2, complete: false)
        #expect(try await world.state(of: request) == .partlySent)
        return (world, request, bundle)
    }

    private func kinds(
        _ world: World,
        _ request: RecordRequest
    ) async throws -> [TimelineEvent.Kind] {
        try await world.story(of: request).events.map(\.kind)
    }

    private func queue(_ world: World) async throws -> [QueueRow] {
        try await world.desk.unconfirmed(in: .texas, by: Cast.texas.actor)
    }

    @Test func `its requester is told three times, and then it is the state contact's work`()
        async throws
    {
        let (world, request, bundle) = try await begun()
        let mails = world.mails(to: Cast.registrar.email, named: "ready").count
        try await world.walk(to: "2026-05-21", hour: 10)
        #expect(try await kinds(world, request).count { $0 == .toldToCollect } == 1)
        #expect(world.mails(to: Cast.registrar.email, named: "ready").count == mails + 1)
        #expect(try await queue(world).isEmpty)
        try await world.walk(to: "2026-06-30")
        let kinds = try await kinds(world, request)
        #expect(kinds.count { $0 == .toldToCollect } == 3)
        #expect(kinds.count { $0 == .receiptMissing(bundle: bundle.id) } == 1)
        let row = try #require(try await queue(world).first)
        #expect(row.number == request.number && row.why == .noReceipt)
        // Taken after all, it is nobody's work any more.
        try await world.take(.archive, of: request, bundle)
        #expect(try await queue(world).isEmpty)
    }

    @Test func `the holder's clock runs on as if nothing had come of it`() async throws {
        let (world, request, _) = try await begun()
        let quiet = try await begun()
        try await quiet.0.take(.archive, of: quiet.1, quiet.2)
        for day in ["2026-05-20", "2026-05-26", "2026-06-02", "2026-06-09"] {
            try await world.walk(to: day, hour: 10)
            try await quiet.0.walk(to: day, hour: 10)
            let (waiting, taken) = (
                try await world.inquiry(of: request), try await quiet.0.inquiry(of: quiet.1)
            )
            #expect(waiting.clock == taken.clock, "\(day)")
        }
    }

    @Test func `once it is taken nobody is told of it`() async throws {
        let (world, request, bundle) = try await begun()
        try await world.take(.archive, of: request, bundle)
        try await world.walk(to: "2026-06-30")
        #expect(try await !kinds(world, request).contains(.toldToCollect))
        #expect(try await queue(world).isEmpty)
    }

    @Test func `the rest has reminders of its own, and the first part stays where it is`()
        async throws
    {
        let (world, request, first) = try await begun()
        try await world.walk(to: "2026-06-30")
        let answerer = try await world.open()
        let rest = try await world.desk.answer(
            answerer.inquiry,
            with: .sample(files: 1, firstFile: 9),
            by: answerer
        )
        try await world.settle()
        #expect(try await world.state(of: request) == .sent)
        try await world.walk(to: "2026-07-31")
        let kinds = try await kinds(world, request)
        #expect(kinds.count { $0 == .toldToCollect } == 6)
        for bundle in [first, rest] {
            #expect(kinds.count { $0 == .receiptMissing(bundle: bundle.id) } == 1)
        }
    }

    @Test func `two parts are told of together, each for as long as it waits`() async throws {
        let (world, request, first) = try await begun()
        try await world.walk(to: "2026-05-22", hour: 12)
        let answerer = try await world.open()
        let second = try await world.desk.answer(
            answerer.inquiry,
            with: .sample(files: 1, complete: false, firstFile: 9),
            by: answerer
        )
        try await world.settle()
        try await world.walk(to: "2026-07-31")
        let kinds = try await kinds(world, request)
        for bundle in [first, second] {
            #expect(kinds.count { $0 == .receiptMissing(bundle: bundle.id) } == 1)
        }
        // The first is spent while the second still has a reminder to come.
        #expect(kinds.count { $0 == .toldToCollect } == 4)
        let missing = kinds.compactMap { kind -> RecordBundle.ID? in
            if case .receiptMissing(let bundle) = kind { bundle } else { nil }
        }
        #expect(missing == [first.id, second.id])
    }

    @Test func `what the requester accepts as it is waits for nobody`() async throws {
        let (world, request, bundle) = try await begun()
        try await world.take(.archive, of: request, bundle)
        try await world.desk.acceptRecords(request.number, by: Cast.registrar.actor)
        try await world.walk(to: "2026-07-31")
        #expect(try await !kinds(world, request).contains(.toldToCollect))
        let timers = try await world.everything().timers
        #expect(timers.isEmpty)
    }
}
