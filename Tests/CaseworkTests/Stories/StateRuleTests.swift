import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("What a state says of records") struct StateRuleTests {
    static let rule = StateRule(
        phase: .second,
        acceptance: StateRule.Acceptance(
            certifier: "The principal",
            electronic: [.enrollment],
            handCarried: [],
            citation: "Sample Code 1.2",
            isVerified: true
        )
    )

    @Test func `where nobody entered a rule, none is known and everything is expected`()
        async throws
    {
        let world = try await World()

        let outlook = try await world.desk.acceptance(at: School.oak.id)

        #expect(outlook.acceptance == nil)
        #expect(outlook.contact == Cast.texasDesk)
        #expect(outlook.stateName == "Texas")
        #expect(try await world.desk.stateRule(of: .texas).phase == .third)
    }

    @Test func `a state's contact enters its rule, and its schools see it`() async throws {
        let world = try await World()
        try await world.desk.keepStateRule(Self.rule, of: .texas, by: Cast.texas.actor)

        let outlook = try await world.desk.acceptance(at: School.oak.id)

        #expect(outlook.acceptance == Self.rule.acceptance)
        #expect(try await world.desk.stateRule(of: .california) == .unknown)
        let entry = try await world.everything().audit.last
        #expect(entry?.action == "stateRule.keep")
        #expect(entry?.subject == "state:TX")
        #expect(entry?.detail == "phase 2, acceptance verified")
    }

    @Test func `the same rule again is nothing new`() async throws {
        let world = try await World()
        try await world.desk.keepStateRule(Self.rule, of: .texas, by: Cast.texas.actor)
        let before = try await world.everything()

        try await world.desk.keepStateRule(Self.rule, of: .texas, by: Cast.administrator.actor)

        #expect(try await world.everything() == before)
    }

    @Test(arguments: [("", "Sample Code"), ("The principal", " \n")])
    func `a rule without a certifier or a source is no rule`(
        certifier: String,
        citation: String
    ) async throws {
        let world = try await World()
        let rule = StateRule(
            acceptance: StateRule.Acceptance(
                certifier: certifier,
                electronic: [],
                handCarried: [],
                citation: citation,
                isVerified: false
            )
        )

        await #expect(throws: CaseworkFailure.reasonMissing) {
            try await world.desk.keepStateRule(rule, of: .texas, by: Cast.texas.actor)
        }
    }

    @Test func `a text that no page could show is refused`() async throws {
        let world = try await World()
        let long = String(repeating: "é", count: 501)
        let rule = StateRule(
            acceptance: StateRule.Acceptance(
                certifier: "The principal",
                electronic: [],
                handCarried: [],
                note: long,
                citation: "Sample Code",
                isVerified: false
            )
        )

        await #expect(throws: CaseworkFailure.tooLong) {
            try await world.desk.keepStateRule(rule, of: .texas, by: Cast.texas.actor)
        }
    }

    @Test func `a place that is no state of the directory has no rule`() async throws {
        let world = try await World()
        let unknown = try #require(StateCode("GU"))

        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.keepStateRule(Self.rule, of: unknown, by: Cast.administrator.actor)
        }
    }

    @Test func `what was sent is judged by the phase of the state it comes from`() async throws {
        let world = try await World()
        let request = try await world.file()
        let bundle = try await world.sendRecords()
        #expect(
            try await world.desk.story(of: request.number, by: Cast.registrar.actor).phase == .third
        )

        try await world.desk.keepStateRule(
            StateRule(phase: .first),
            of: .california,
            by: Cast.california.actor
        )
        // The state that asks says nothing of what the other one holds.
        try await world.desk.keepStateRule(
            StateRule(phase: .second),
            of: .texas,
            by: Cast.texas.actor
        )

        let desk = world.desk
        #expect(try await desk.story(of: request.number, by: Cast.registrar.actor).phase == .first)
        #expect(
            try await desk.records(of: request.number, by: Cast.registrar.actor).phase == .first
        )
        #expect(try await desk.order(for: bundle.id)?.phase == .first)
        let task = try await desk.answerTask(bundle.inquiry, by: .staff(Cast.clerk.actor))
        #expect(task.phase == .first)
    }

    @Test func `without an answer nothing is judged by a phase`() async throws {
        let world = try await World()
        let request = try await world.file()
        try await world.desk.keepStateRule(
            StateRule(phase: .first),
            of: .california,
            by: Cast.california.actor
        )

        let story = try await world.desk.story(of: request.number, by: Cast.registrar.actor)

        #expect(story.phase == .third)
    }
}
