import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("A last school that nobody can name") struct SchoolTaskTests {
    private func filed(_ place: RequestDraft.Place) async throws -> (World, RecordRequest) {
        let world = try await World()
        let request = try await world.file(place: place) { draft in
            draft.lastSchoolTold = "Secundaria in Oaxaca"
        }
        return (world, request)
    }

    @Test func `the state contact and the requester see what the family says and who has it`()
        async throws
    {
        let (world, request) = try await filed(.outsideUnitedStates)
        for actor in [Cast.registrar.actor, Cast.texas.actor] {
            let story = try await world.desk.story(of: request.number, by: actor)
            #expect(story.request.unnamedSchool?.kind == .outsideUnitedStates)
            #expect(story.request.unnamedSchool?.told == "Secundaria in Oaxaca")
            #expect(story.stateContact?.id == Cast.texasDesk.id)
        }
        #expect(try await world.story(of: request).next?.owner == .stateContact(.texas))
    }

    @Test(arguments: [RequestDraft.Place.unknown, .outsideUnitedStates])
    func `the task comes back every two working days until somebody acts`(
        place: RequestDraft.Place
    ) async throws {
        let (world, request) = try await filed(place)
        // Monday May 18; Memorial Day is the 25th.
        try await world.walk(to: "2026-05-29")
        let told = world.mails(to: Cast.texasDesk, named: "digest").count
        #expect(told == 4)
        try await world.desk.askAnotherSchool(
            request.number,
            School.maple.id,
            by: Cast.texas.actor
        )
        try await world.walk(to: "2026-06-03")
        #expect(world.mails(to: Cast.texasDesk, named: "digest").count == told)
        #expect(try await world.story(of: request).inquiries.map(\.school) == [School.maple.id])
        try await Invariants.check(world)
    }

    @Test func `closed with what was found abroad, the requester reads it`() async throws {
        let (world, request) = try await filed(.outsideUnitedStates)
        try await world.walk(to: "2026-05-20")
        let told = world.mails(to: Cast.texasDesk, named: "digest").count
        #expect(told == 1)
        try await world.desk.closeUnfilled(
            request.number,
            reason: .outsideUnitedStates,
            note: "The school in Oaxaca gives papers to the family only.",
            by: Cast.texas.actor
        )
        let story = try await world.story(of: request)
        #expect(story.state == .closedUnfilled)
        #expect(
            story.events.last?.kind
                == .concluded(
                    .closedUnfilled,
                    reason: .outsideUnitedStates,
                    note: "The school in Oaxaca gives papers to the family only."
                )
        )
        try await world.walk(to: "2026-06-10")
        #expect(world.mails(to: Cast.texasDesk, named: "digest").count == told)
    }

    @Test func `another state's contact has no part in it`() async throws {
        let (world, request) = try await filed(.unknown)
        await #expect(throws: CaseworkFailure.notFound) {
            _ = try await world.desk.story(of: request.number, by: Cast.california.actor)
        }
    }
}
