import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("All that is data about a state") struct WholeStateRuleTests {
    private static let limit = StatutoryLimit(
        days: 3,
        unit: .schoolDay,
        citation: "Sample Code 49",
        isVerified: false
    )

    private static func whole(
        limits: [StatutoryLimit] = [limit],
        _ change: (inout Ladder.Policy) -> Void = { _ in }
    ) -> WholeStateRule {
        var policy = Ladder.Policy.standard
        change(&policy)
        return WholeStateRule(rule: StateRule(phase: .second, limits: limits), policy: policy)
    }

    @Test func `it replaces everything, and the same again writes nothing`() async throws {
        let world = try await World()
        let whole = Self.whole { $0.stateAfter = 12 }

        #expect(try await world.desk.replaceWholeRule(of: .california, with: whole) == 0)
        #expect(try await world.desk.wholeRule(of: .california) == whole)
        let before = try await world.everything()
        #expect(try await world.desk.replaceWholeRule(of: .california, with: whole) == nil)
        #expect(try await world.everything() == before)
        #expect(before.audit.last?.action == "stateRule.replace")
        #expect(before.audit.last?.detail == "phase, limits, policy")
    }

    @Test func `what it leaves out is gone`() async throws {
        let world = try await World()
        _ = try await world.desk.replaceWholeRule(of: .california, with: Self.whole())
        _ = try await world.desk.replaceWholeRule(of: .california, with: WholeStateRule())

        #expect(try await world.desk.stateRule(of: .california) == .unknown)
        #expect(try await world.desk.wholeRule(of: .california).policy == .standard)
    }

    @Test func `another state keeps what it has`() async throws {
        let world = try await World()
        _ = try await world.desk.replaceWholeRule(of: .california, with: Self.whole())

        #expect(try await world.desk.wholeRule(of: .texas) == WholeStateRule())
    }

    @Test func `a request that waits gets the new dates at once`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        let before = try #require(try await world.inquiry(of: request).clock.askedOn as CivilDate?)
        #expect(before == .on("2026-05-18"))
        let looked = try await world.desk.replaceWholeRule(
            of: .california,
            with: Self.whole { ($0.backupAfter, $0.remindAfter) = (3, 4) }
        )

        #expect(looked == 1)
        #expect(try await world.inquiry(of: request).lawfulUntil == .on("2026-05-21"))
        let dates = try await world.desk.explainDates(of: request.number).flatMap(\.dates)
        let steps = Dictionary(
            dates.map { ($0.step, $0.on) },
            uniquingKeysWith: { first, _ in first }
        )
        #expect(steps[.askBackup] == .on("2026-05-21"))
        #expect(steps[.remind] == .on("2026-05-22"))
        try await world.walk(to: "2026-05-20")
        #expect(world.mails(to: Cast.mapleBackup).isEmpty)
        try await world.walk(to: "2026-05-21", hour: 23)
        #expect(world.mails(to: Cast.mapleBackup, named: "ask").count == 1)
    }

    @Test func `a rung that is due by the new numbers is climbed now`() async throws {
        let world = try await World(on: "2026-05-18")
        let request = try await world.file()
        _ = try await world.desk.replaceWholeRule(
            of: .california,
            with: Self.whole(limits: []) { $0.remindAfter = 5 }
        )
        try await world.walk(to: "2026-05-21")
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").isEmpty)
        try await world.step("sooner") {
            _ = try await world.desk.replaceWholeRule(
                of: .california,
                with: Self.whole(limits: [])
            )
            try await world.settle()
        }
        #expect(world.mails(to: Cast.mapleOffice, named: "remind").count == 1)
        #expect(try await world.inquiry(of: request).clock.level == .reminded)
    }

    @Test func `a phase alone looks at no request again`() async throws {
        let world = try await World()
        try await world.file()
        let looked = try await world.desk.replaceWholeRule(
            of: .california,
            with: WholeStateRule(rule: StateRule(phase: .first))
        )
        #expect(looked == 0)
    }

    @Test func `a state that is not in the directory is refused, and nothing is written`()
        async throws
    {
        let world = try await World()
        let unknown = try #require(StateCode("GU"))
        let before = try await world.everything()

        await #expect(throws: CaseworkFailure.notFound) {
            _ = try await world.desk.replaceWholeRule(of: unknown, with: Self.whole())
        }
        await #expect(throws: CaseworkFailure.notFound) {
            _ = try await world.desk.wholeRule(of: unknown)
        }
        #expect(try await world.everything() == before)
    }
}
