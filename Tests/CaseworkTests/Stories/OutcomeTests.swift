import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("What a receiving school says of credits") struct OutcomeTests {
    static let half = CreditLine(
        course: "Algebra I",
        sent: Hundredths(100),
        accepted: Hundredths(50),
        reason: .tooFewHours
    )
    static let all = CreditLine(
        course: "Algebra I",
        sent: Hundredths(100),
        accepted: Hundredths(100)
    )

    static func draft(
        _ lines: [CreditLine] = [half],
        enrolled: String? = "2026-05-18",
        placed: String? = nil
    ) -> OutcomeDraft {
        OutcomeDraft(
            enrolledOn: enrolled.map { .on($0) },
            placedOn: placed.map { .on($0) },
            lines: lines
        )
    }

    private func answered() async throws -> (World, RecordRequest, RecordBundle) {
        let world = try await World()
        let request = try await world.file()
        return (world, request, try await world.sendRecords())
    }

    private func say(
        _ draft: OutcomeDraft,
        _ world: World,
        _ request: RecordRequest,
        _ bundle: RecordBundle
    ) async throws {
        try await world.step("what became of the credits is said") {
            try await world.desk.recordOutcome(
                draft,
                of: bundle.id,
                in: request.number,
                by: Cast.registrar.actor
            )
        }
    }

    @Test func `what was said is seen by the sender, on its answer and in its list`() async throws {
        let (world, request, bundle) = try await answered()
        let link = try await world.open()
        try await say(Self.draft(), world, request, bundle)

        let byLink = try await world.desk.answerTask(bundle.inquiry, by: link).outcomes
        let byClerk = try await world.desk.answerTask(
            bundle.inquiry,
            by: .staff(Cast.clerk.actor)
        ).outcomes
        let list = try await world.desk.sentOutcomes(by: Cast.clerk.actor)

        #expect(byLink.map(\.lines) == [[Self.half]])
        #expect(byClerk == byLink)
        #expect(list.map(\.outcome) == byLink)
        #expect(list.map(\.number) == [request.number])
        #expect(list.map(\.inquiry) == [bundle.inquiry])
        #expect(byLink.first?.person == Cast.registrar.name)
    }

    @Test func `no other school learns of it`() async throws {
        let (world, request, bundle) = try await answered()
        try await say(Self.draft(), world, request, bundle)

        for stranger in [Cast.outsideClerk, Cast.outsider, Cast.registrar] {
            #expect(try await world.desk.sentOutcomes(by: stranger.actor).isEmpty)
        }
        await #expect(throws: CaseworkFailure.notAllowed) {
            _ = try await world.desk.sentOutcomes(by: Cast.auditor.actor)
        }
    }

    @Test func `a later statement counts, and the earlier one stays`() async throws {
        let (world, request, bundle) = try await answered()
        try await say(Self.draft(), world, request, bundle)
        try await say(Self.draft([Self.all], placed: "2026-05-18"), world, request, bundle)

        let said = try await world.desk.creditOutcomes(
            of: bundle.id,
            in: request.number,
            by: Cast.counselor.actor
        )
        #expect(said.map(\.number) == [1, 2])
        #expect(said.map(\.verdict) == [.partly, .accepted])
        #expect(
            try await world.desk.sentOutcomes(by: Cast.clerk.actor).map(\.outcome.number) == [2]
        )
        let records = try await world.desk.records(of: request.number, by: Cast.registrar.actor)
        #expect(records.outcomes.map(\.number) == [2])
        let audit = try await world.everything().audit.filter { $0.action == "outcome.record" }
        #expect(audit.map(\.detail) == ["1: partly", "2: accepted"])
        #expect(audit.allSatisfy { $0.subject == bundle.id.description })
    }

    @Test func `the same words again are nothing new`() async throws {
        let (world, request, bundle) = try await answered()
        try await say(Self.draft(), world, request, bundle)
        let before = try await world.everything()

        try await say(Self.draft(), world, request, bundle)

        #expect(try await world.everything() == before)
    }

    @Test
    func `after the request ended it can still be said, and the link shows the verdict alone`()
        async throws
    {
        let (world, request, bundle) = try await answered()
        let key = try world.key(for: Cast.mapleOffice)
        #expect(try await world.desk.door(token: key.token).credits.isEmpty)
        try await world.take(.archive, of: request, bundle)
        try await world.desk.acceptRecords(request.number, by: Cast.registrar.actor)

        try await say(Self.draft([Self.all]), world, request, bundle)

        let door = try await world.desk.door(token: key.token)
        #expect(door.obstacle == .closed)
        #expect(door.credits == [.accepted])
        // The details are for whoever signs in.
        let task = try await world.desk.answerTask(
            bundle.inquiry,
            by: .staff(Cast.clerk.actor)
        )
        #expect(task.outcomes.map(\.lines) == [[Self.all]])
    }

    @Test(arguments: ["2026-05-19", "2011-03-08"])
    func `a day to come, or before the student was born, is refused`(day: String) async throws {
        let (world, request, bundle) = try await answered()
        for draft in [Self.draft(enrolled: day), Self.draft(enrolled: nil, placed: day)] {
            await #expect(throws: CaseworkFailure.dateImpossible) {
                try await world.desk.recordOutcome(
                    draft,
                    of: bundle.id,
                    in: request.number,
                    by: Cast.registrar.actor
                )
            }
        }
    }

    @Test func `less than was sent without a reason is refused`() async throws {
        let (world, request, bundle) = try await answered()
        let line = CreditLine(course: "Art", sent: Hundredths(100), accepted: .zero)

        await #expect(throws: CaseworkFailure.reasonMissing) {
            try await world.desk.recordOutcome(
                Self.draft([line]),
                of: bundle.id,
                in: request.number,
                by: Cast.registrar.actor
            )
        }
    }

    @Test func `a text that no page could show is refused`() async throws {
        let (world, request, bundle) = try await answered()
        let line = CreditLine(
            whole: .partly,
            note: String(repeating: "x", count: OutcomeDraft.longestText + 1)
        )

        await #expect(throws: CaseworkFailure.tooLong) {
            try await world.desk.recordOutcome(
                Self.draft([line]),
                of: bundle.id,
                in: request.number,
                by: Cast.registrar.actor
            )
        }
    }

    @Test func `an answer of another request cannot be judged by this one's number`() async throws {
        let (world, _, bundle) = try await answered()
        let other = try await world.file { $0.birthDay = "11" }

        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.recordOutcome(
                Self.draft(),
                of: bundle.id,
                in: other.number,
                by: Cast.registrar.actor
            )
        }
    }
}
