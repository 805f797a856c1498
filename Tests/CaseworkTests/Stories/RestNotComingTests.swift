import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("The rest will not come") struct RestNotComingTests {
    /// A transcript came, and more was to follow.
    private func begun() async throws -> (World, RecordRequest, RecordBundle) {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let bundle = try await world.step("some") { try await world.sendRecords(complete: false) }
        #expect(try await world.state(of: request) == .partlySent)
        return (world, request, bundle)
    }

    @Test func `a state contact ends the rest with a reason, and what came counts`()
        async throws
    {
        let (world, request, _) = try await begun()
        let inquiry = try await world.inquiry(of: request)
        try await world.step("end") {
            try await world.desk.refuse(
                inquiry.id,
                reason: .willNotSend,
                note: "The office is closed for the year.",
                by: .stateContact(Cast.california.actor)
            )
            try await world.settle()
        }
        let state = try await world.state(of: request)
        #expect(state == .sent || state == .delivered)
        #expect(world.mails(to: Cast.mapleOffice, named: "answeredFor").count == 1)
    }

    @Test func `what was sent stands, with its gaps by name, and nothing is uploaded`()
        async throws
    {
        let (world, request, _) = try await begun()
        let answerer = try await world.open()
        try await world.step("end") {
            try await world.desk.refuse(
                answerer.inquiry,
                reason: .feesOwed,
                note: "Two library books.",
                by: answerer
            )
            try await world.settle()
        }
        let story = try await world.story(of: request)
        #expect(story.state == .sent)
        #expect(story.inquiries.map(\.status) == [.sent])
        #expect(story.inquiries.map(\.restReason) == [.feesOwed])
        #expect(story.bundles.count == 1)
        let gaps = request.parts.filter { $0 != .transcript }
        #expect(!gaps.isEmpty)
        #expect(
            story.events.map(\.kind).contains(
                .restNotComing(
                    parts: gaps,
                    reason: .feesOwed,
                    note: "Two library books.",
                    organization: Cast.maple
                )
            )
        )
        #expect(world.mails(to: Cast.registrar.email, named: "news").count == 1)
        // Nobody at the school is reminded of what will not come.
        let mails = world.mails(to: Cast.mapleOffice).count
        try await world.walk(to: "2026-06-20")
        #expect(world.mails(to: Cast.mapleOffice).count == mails)
    }

    /// Of a part that was to follow, by why the rest will not come; the transcript was sent.
    @Test(arguments: [
        (ReasonCode.feesOwed, Completeness.Statement.withheld),
        (.destroyedUnderSchedule, .noneOnFile),
    ])
    func `nothing is to follow any more where the record is read`(
        reason: ReasonCode,
        word: Completeness.Statement
    ) async throws {
        let (world, request, _) = try await begun()
        func statements() async throws -> [RecordPart: Completeness.Statement] {
            try await world.desk.records(of: request.number, by: Cast.registrar.actor).statements
        }
        let gaps = request.parts.filter { $0 != .transcript }
        let before = try await statements()
        #expect(before[.transcript] == .sent)
        #expect(!gaps.contains { before[$0] == .withheld || before[$0] == .noneOnFile })

        let answerer = try await world.open()
        try await world.step("end") {
            try await world.desk.refuse(answerer.inquiry, reason: reason, note: "", by: answerer)
            try await world.settle()
        }

        let after = try await statements()
        #expect(after[.transcript] == .sent)
        #expect(!gaps.isEmpty && gaps.allSatisfy { after[$0] == word })
    }

    @Test func `what was taken long ago is judged from the day on which it is all`() async throws {
        let (world, request, bundle) = try await begun()
        try await world.take(.archive, of: request, bundle)
        try await world.walk(to: "2026-06-04")
        #expect(try await world.state(of: request) == .partlySent)
        let answerer = try await world.open()
        try await world.step("end") {
            try await world.desk.refuse(
                answerer.inquiry,
                reason: .destroyedUnderSchedule,
                note: "",
                by: answerer
            )
            try await world.settle()
        }
        #expect(try await world.state(of: request) == .delivered)
        try await world.step("some days") { try await world.walk(to: "2026-06-15") }
        #expect(try await world.state(of: request) == .delivered)
        // Ten working days of silence, with a holiday between.
        try await world.step("silence") { try await world.walk(to: "2026-06-24") }
        #expect(try await world.state(of: request) == .completed)
    }

    @Test(arguments: [ReasonCode.missingChild, .protectiveOrder, .neverEnrolled, .movedOn])
    func `a reason that would give away a child, or makes no sense, is none`(
        reason: ReasonCode
    ) async throws {
        let (world, _, _) = try await begun()
        let answerer = try await world.open()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.reasonMissing) {
            try await world.desk.refuse(answerer.inquiry, reason: reason, note: "x", by: answerer)
        }
        #expect(try await world.everything() == before)
    }

    @Test func `said twice it changes nothing more, and more may come after all`() async throws {
        let (world, request, _) = try await begun()
        let clerk = Answerer.staff(Cast.clerk.actor)
        let inquiry = try await world.inquiry(of: request).id
        try await world.desk.refuse(inquiry, reason: .needsPermission, note: "", by: clerk)
        try await world.settle()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.self) {
            try await world.desk.refuse(inquiry, reason: .needsPermission, note: "", by: clerk)
        }
        #expect(try await world.everything() == before)
        try await world.step("after all") {
            _ = try await world.desk.answer(inquiry, with: .sample(firstFile: 9), by: clerk)
            try await world.settle()
        }
        #expect(try await world.story(of: request).bundles.count == 2)
        #expect(try await world.state(of: request) == .sent)
    }
}
