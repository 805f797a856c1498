import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("What a school prints on its transcripts") struct LegendStoryTests {
    private static let own = "A 90-100 · official with the seal"
    private static let districts = "Fig Valley: one credit is 120 hours"

    private func keep(
        _ text: String?,
        of organization: OrganizationID,
        _ world: World
    ) async throws {
        try await world.desk.keepLegend(
            try text.map { text in try TranscriptLegend(text) },
            of: organization,
            by: Cast.administrator.actor
        )
    }

    private func legendSent(_ world: World) async throws -> String? {
        try await world.file()
        return try await world.sendRecords().certification.legend
    }

    @Test func `it travels with every answer of the school, whoever answers`() async throws {
        let world = try await World()
        try await keep(Self.own, of: Cast.maple, world)
        try await keep(Self.districts, of: .district(School.maple.district), world)

        #expect(try await legendSent(world) == Self.own)
        let request = try await world.file(change: { $0.given = "Otra" })
        let inquiry = try #require(try await world.story(of: request).inquiries.first)
        let bundle = try await world.desk.answer(
            inquiry.id,
            with: .sample(),
            by: .staff(Cast.clerk.actor)
        )
        #expect(bundle.certification.legend == Self.own)
        #expect(bundle.certification.kind == .signedInStaff)
    }

    @Test func `a school without its own has its district's`() async throws {
        let world = try await World()
        try await keep(Self.districts, of: .district(School.maple.district), world)
        #expect(try await legendSent(world) == Self.districts)
    }

    @Test func `where nobody entered one there is none, another school's least of all`()
        async throws
    {
        let world = try await World()
        try await keep(Self.own, of: School.oak.organization, world)
        #expect(try await legendSent(world) == nil)
    }

    @Test func `who acts in the school's place does not speak in its words`() async throws {
        let world = try await World()
        try await keep(Self.own, of: Cast.maple, world)
        let request = try await world.file()
        let inquiry = try #require(try await world.story(of: request).inquiries.first)
        let bundle = try await world.desk.answer(
            inquiry.id,
            with: .sample(),
            by: .stateContact(Cast.california.actor)
        )
        #expect(bundle.certification.kind == .inPlaceOfSchool)
        #expect(bundle.certification.legend == nil)
    }

    @Test func `what was sent keeps the legend of its day, and the tracker has none`() async throws
    {
        let world = try await World()
        try await keep(Self.own, of: Cast.maple, world)
        let request = try await world.file()
        let sent = try await world.sendRecords()
        try await keep("Another one", of: Cast.maple, world)

        let story = try await world.story(of: request)
        #expect(story.bundles.map(\.certification.legend) == [Self.own])
        let said = story.events.compactMap { event -> RecordBundle.Certification? in
            if case .recordsAdded(_, _, _, let by, _) = event.kind { by } else { nil }
        }
        #expect(said == [sent.certification.person])
    }

    @Test func `it is entered once, taken away, and the log has no word of it`() async throws {
        let world = try await World()
        try await keep(Self.own, of: Cast.maple, world)
        let before = try await world.everything()
        try await keep(Self.own, of: Cast.maple, world)
        #expect(try await world.everything() == before)
        #expect(before.audit.last?.action == "legend.keep")
        #expect(before.audit.last?.detail == "bytes=\(Self.own.utf8.count)")

        try await keep(nil, of: Cast.maple, world)
        let left = try await world.desk.legend(of: Cast.maple, by: Cast.clerk.actor)
        #expect(left == nil)
        #expect(try await world.everything().audit.last?.detail == "none")
    }

    @Test func `only schools and districts have transcripts`() async throws {
        let world = try await World()
        await #expect(throws: CaseworkFailure.notFound) {
            try await keep(Self.own, of: .state(.texas), world)
        }
        await #expect(throws: CaseworkFailure.notAllowed) {
            try await world.desk.keepLegend(nil, of: Cast.maple, by: Cast.outsideClerk.actor)
        }
    }
}
