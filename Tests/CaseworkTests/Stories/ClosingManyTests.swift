import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Many schools marked closed") struct ClosingManyTests {
    /// Two requests to the Maple School of California and one to the Willow School of Washington.
    private func asked() async throws -> (world: World, requests: [RecordRequest]) {
        let world = try await World()
        let requests = [
            try await world.file(),
            try await world.file { $0.birthDay = "11" },
            try await world.file(place: .school(School.willow.id)) { $0.birthDay = "12" },
        ]
        return (world, requests)
    }

    @Test func `a look names the schools and changes nothing`() async throws {
        let (world, requests) = try await asked()
        let before = try await world.everything()
        let lines = try await world.desk.checkMany(
            requests.map(\.number),
            .markClosed(until: nil),
            by: Cast.california.actor
        )
        #expect(lines.map(\.outcome) == [.schoolCloses, .schoolCloses, .cannot(.notYours)])
        #expect(lines.map(\.school) == [School.maple.name, School.maple.name, ""])
        #expect(try await world.everything() == before)
    }

    @Test func `the school is closed once, and its summer contacts are asked at once`()
        async throws
    {
        let (world, requests) = try await asked()
        let before = world.mails(to: Cast.mapleSummer).count
        let lines = try await world.desk.doMany(
            requests.map(\.number),
            .markClosed(until: .on("2026-06-01")),
            by: Cast.california.actor
        )
        try await world.settle()
        #expect(lines.map(\.outcome) == [.schoolCloses, .schoolCloses, .cannot(.notYours)])
        let calendar = try #require(
            try await world.desk.calendar(of: School.maple.organization)
        )
        let added = calendar.recesses.filter { $0.first == .on("2026-05-18") }
        #expect(added.map(\.last) == [.on("2026-05-31")])
        #expect(world.mails(to: Cast.mapleSummer).count == before + 2)
        #expect(try await world.inquiry(of: requests[0]).clock.column == .closed)
        #expect(try await world.inquiry(of: requests[2]).clock.column == .inSession)
    }

    @Test func `a second time nothing is left to do`() async throws {
        let (world, requests) = try await asked()
        let numbers = requests.prefix(2).map(\.number)
        let action = BulkAction.markClosed(until: .on("2026-06-01"))
        _ = try await world.desk.doMany(numbers, action, by: Cast.california.actor)
        try await world.settle()
        let before = try await world.everything()
        let lines = try await world.desk.doMany(numbers, action, by: Cast.california.actor)
        #expect(lines.map(\.outcome) == [.cannot(.closedAlready), .cannot(.closedAlready)])
        #expect(try await world.everything() == before)
        // A later day is news.
        let longer = try await world.desk.checkMany(
            numbers,
            .markClosed(until: .on("2026-06-10")),
            by: Cast.california.actor
        )
        #expect(longer.map(\.isPossible) == [true, true])
    }

    @Test(arguments: ["2026-05-18", "2026-05-01", "2099-01-01"])
    func `a day that is not to come, or too far away, closes nothing`(day: String) async throws {
        let (world, requests) = try await asked()
        let before = try await world.everything()
        await #expect(throws: CaseworkFailure.dateImpossible) {
            _ = try await world.desk.doMany(
                [requests[0].number],
                .markClosed(until: .on(day)),
                by: Cast.california.actor
            )
        }
        #expect(try await world.everything() == before)
    }

    @Test func `without a day nothing is done`() async throws {
        let (world, requests) = try await asked()
        await #expect(throws: CaseworkFailure.dateImpossible) {
            _ = try await world.desk.doMany(
                [requests[0].number],
                .markClosed(until: nil),
                by: Cast.california.actor
            )
        }
    }

    @Test func `the requester's state closes no school of another`() async throws {
        let (world, requests) = try await asked()
        let lines = try await world.desk.checkMany(
            [requests[0].number],
            .markClosed(until: .on("2026-06-01")),
            by: Cast.texas.actor
        )
        #expect(lines.map(\.outcome) == [.cannot(.noSchool)])
    }
}
