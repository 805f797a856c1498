import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Graduation plans that offices enter") struct PlanStoryTests {
    /// What Maple's clerk types.
    static func content(
        _ name: String = "Diploma",
        from first: Int = 2027,
        through last: Int? = nil,
        credits: Int = 350
    ) throws -> PlanContent {
        PlanContent(
            name: name,
            classes: try #require(ClassYears(from: first, through: last)),
            requirements: [
                GraduationPlan.Requirement(
                    subject: "Mathematics",
                    areas: [.mathematics],
                    credits: Hundredths(credits)
                )
            ]
        )
    }

    private func keep(
        _ content: PlanContent,
        replacing former: EnteredPlan.ID? = nil,
        of organization: OrganizationID = Cast.maple,
        by account: StaffAccount = Cast.clerk,
        _ world: World
    ) async throws {
        try await world.desk.keepPlan(
            content,
            replacing: former,
            of: organization,
            by: account.actor
        )
    }

    private func plans(_ world: World) async throws -> KeptPlans {
        try await world.desk.plans(of: Cast.maple, by: Cast.clerk.actor)
    }

    private func found(_ world: World) async throws -> [GraduationPlan] {
        try await world.desk.graduationPlans(
            at: [PlanPlace(school: School.maple.id, state: School.maple.state)]
        )
    }

    @Test func `a change is a new version, and the old one says who ended it and when`()
        async throws
    {
        let world = try await World()
        try await keep(try Self.content(credits: 300), world)
        let first = try #require(try await plans(world).inForce.first)
        #expect(first.entered.name == Cast.clerk.name && first.entered.on == .on("2026-05-18"))

        try await keep(try Self.content(credits: 350), replacing: first.id, world)
        let kept = try await plans(world)
        let second = try #require(kept.inForce.first)
        #expect(kept.inForce.count == 1 && second.version == 2 && second.replaces == first.id)
        let former = try #require(kept.former.first)
        #expect(former.id == first.id && former.content == first.content)
        #expect(former.ended?.staff == Cast.clerk.id && former.ended?.on == .on("2026-05-18"))

        let plan = try #require(try await found(world).first)
        #expect(plan.total == Hundredths(350) && plan.entry?.version == 2)
        let actions = try await world.everything().audit.map(\.action)
        #expect(actions.filter { $0 == "plan.keep" }.count == 2)
    }

    @Test func `what was withdrawn counts for nobody and stays on file`() async throws {
        let world = try await World()
        try await keep(try Self.content(), world)
        let plan = try #require(try await plans(world).inForce.first)
        try await world.desk.withdrawPlan(plan.id, of: Cast.maple, by: Cast.clerk.actor)

        #expect(try await found(world).isEmpty)
        #expect(try await plans(world).former.map(\.id) == [plan.id])
        #expect(try await world.everything().audit.last?.action == "plan.withdraw")
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await world.desk.withdrawPlan(plan.id, of: Cast.maple, by: Cast.clerk.actor)
        }
    }

    @Test func `two people who change one plan do not overwrite each other`() async throws {
        let world = try await World()
        try await keep(try Self.content(), world)
        let first = try #require(try await plans(world).inForce.first)
        try await keep(try Self.content(credits: 400), replacing: first.id, world)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await keep(
                try Self.content(credits: 500),
                replacing: first.id,
                by: Cast.mapleDistrict,
                world
            )
        }
        #expect(try await found(world).map(\.total) == [Hundredths(400)])
    }

    @Test func `a form sent twice enters one plan, and the same again is no new version`()
        async throws
    {
        let world = try await World()
        try await keep(try Self.content(), world)
        let before = try await world.everything()
        try await keep(try Self.content(), world)
        let plan = try #require(try await plans(world).inForce.first)
        try await keep(try Self.content(), replacing: plan.id, world)
        #expect(try await world.everything() == before)
    }

    @Test func `plans of one office do not share a class, and nothing of a refused one is kept`()
        async throws
    {
        let world = try await World()
        try await keep(try Self.content("Old", from: 2024, through: 2026), world)
        try await keep(try Self.content("New", from: 2027), world)
        let before = try await world.everything()
        await #expect(throws: PlanRefused(faults: [.classesOverlap(plan: "New")])) {
            try await keep(try Self.content("Third", from: 2030, through: 2031), world)
        }
        #expect(try await world.everything() == before)
        #expect(try await plans(world).inForce.map(\.content.name) == ["New", "Old"])
    }

    @Test func `school, district and state each enter their own, the nearest first`() async throws {
        let world = try await World()
        let district = OrganizationID.district(School.maple.district)
        let state = OrganizationID.state(.california)
        try await keep(try Self.content("State's"), of: state, by: Cast.california, world)
        try await keep(try Self.content("District's"), of: district, by: Cast.mapleDistrict, world)
        try await keep(try Self.content("School's"), world)
        let plans = try await found(world)
        #expect(plans.map(\.name) == ["School's", "District's", "State's"])
        #expect(plans.plan(of: School.maple.id, in: .california, for: 2030)?.name == "School's")
        #expect(plans.plan(of: School.maple.id, in: .california, for: 2020) == nil)
    }

    @Test func `another office's plan is nobody's to touch, and a project has none`() async throws {
        let world = try await World()
        try await keep(try Self.content(), world)
        let plan = try #require(try await plans(world).inForce.first)
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.withdrawPlan(
                plan.id,
                of: .district(School.maple.district),
                by: Cast.mapleDistrict.actor
            )
        }
        await #expect(throws: CaseworkFailure.notFound) {
            try await keep(
                try Self.content(),
                of: .project("ca-fig"),
                by: Cast.administrator,
                world
            )
        }
        #expect(try await found(world).count == 1)
    }
}
