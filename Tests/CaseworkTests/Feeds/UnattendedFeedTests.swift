import Casework
import RecordExchange
import RecordLocator
import TestSupport
import Testing
import Vocabulary

@Suite("Extracts that nobody watches")
struct UnattendedFeedTests {
    private static let many = (1...100).map { (id: $0, given: "Luz \($0)") }
    private static let texas = FeedHand.staff(Cast.texas.actor)

    private static var acting: FeedMapping {
        var mapping = FeedMapping.plain
        mapping.columns[.action] = .init(column: "do", codes: "actions")
        mapping.codes["actions"] = ["A": "change", "D": "withdraw"]
        return mapping
    }

    @Test(arguments: [(5, FeedDrop.Status.applied), (6, .held)])
    func `changes that withdraw more than the mapping's share wait for a person`(
        count: Int,
        status: FeedDrop.Status
    ) async throws {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        try await world.apply(plainFile(Self.many))
        try await world.register(Self.acting)
        let rows = (1...count).map { "\($0),,,,,D\n" }.joined()
        try await world.dropped(
            "id,given,surname,born,school,do\n" + rows,
            .changes,
            by: partner
        )

        let drop = try #require(try await world.workOff().first?.drop)
        #expect(drop.status == status)
        guard status == .held else { return }
        #expect(drop.confirmation?.grounds == [.tooMany])
        #expect(try await world.entryCount == 100)
        try await world.desk.agreeToFeed(
            drop.id,
            of: "texas",
            confirmed: count,
            by: Self.texas
        )
        #expect(try await world.workOff().map(\.drop.status) == [.applied])
        #expect(try await world.entryCount == 100 - count)
    }

    @Test(arguments: FeedMode.allCases)
    func `a file whose last row has no line end waits for a person`(mode: FeedMode) async throws {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        try await world.dropped(String(plainFile(Self.many).dropLast()), mode, by: partner)

        let drop = try #require(try await world.workOff().first?.drop)
        #expect(drop.status == .held)
        #expect(drop.confirmation?.grounds == [.endsWithoutLineEnd])
        #expect(try await world.entries.isEmpty)
    }

    @Test
    func `what somebody agreed to goes on after a cut without a second question`() async throws {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        try await world.apply(plainFile((1...600).map { ($0, "Luz \($0)") }))
        let text = plainFile((1...50).map { ($0, "Luz \($0)") })
        try await world.dropped(text, .snapshot, by: partner)
        let held = try #require(try await world.workOff().first?.drop)
        try await world.desk.agreeToFeed(
            held.id,
            of: "texas",
            confirmed: 550,
            by: Self.texas
        )
        let due = try #require(try await world.desk.dueFeedDrops().first)

        world.clock.advance(bySeconds: 60)
        await #expect(throws: CancellationError.self) {
            try await world.desk.workOff(
                due,
                file: FeedBytes(name: due.drop.name, Array(text.utf8))
            ) { progress in
                // The gateway is told to stop between two batches.
                if progress.step == .withdrawing { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        let left = try await world.entryCount
        #expect(left > 50 && left < 600)
        #expect(try await world.status() == [.agreed])

        #expect(try await Task { try await world.workOff().map(\.drop.status) }.value == [.applied])
        #expect(try await world.entryCount == 50)
    }

    @Test
    func `what somebody agreed to is looked at again after another file was taken in`()
        async throws
    {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        try await world.apply(plainFile(Self.many))
        try await world.dropped(plainFile([(1, "Luz 1")]), .snapshot, by: partner)
        let held = try #require(try await world.workOff().first?.drop)
        try await world.desk.agreeToFeed(held.id, of: "texas", confirmed: 99, by: Self.texas)
        try await world.apply(plainFile(Self.many + [(300, "Ana")]))

        let again = try #require(try await world.workOff().first?.drop)
        #expect(again.status == .held)
        #expect(again.confirmation?.withdrawals == 100)
        #expect(try await world.entryCount == 101)
    }

    @Test
    func `a file that waited behind another of its system can still be agreed to`() async throws {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        try await world.dropped(plainFile(Self.many), .snapshot, by: partner)
        try await world.dropped(
            plainFile([(200, "Paloma")]) + "201,,,,\n",
            .changes,
            by: partner
        )
        let worked = try await world.workOff()
        #expect(worked.map(\.drop.status) == [.applied, .held])
        let held = try #require(worked.last?.drop)
        try await world.desk.agreeToFeed(held.id, of: "texas", confirmed: 0, by: Self.texas)
        #expect(try await world.workOff().map(\.drop.status) == [.applied])
        #expect(try await world.entryCount == 101)
    }

    @Test
    func `a flood of files is taken as long as there is room`() async throws {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        try await world.apply(plainFile(Self.many))
        try await world.dropped(plainFile([(1, "Luz 1")]), .snapshot, by: partner)
        try await world.workOff()
        for number in 1..<FeedDrop.mostOpen {
            try await world.dropped(plainFile([(number, "Ana")]), .changes, by: partner)
        }
        await #expect(throws: FeedFailure.tooManyWait) {
            try await world.dropped(plainFile([(1, "Ana")]), .changes, by: partner)
        }
        // The held one's sender is to be told; of those behind it nothing is due.
        #expect(try await world.desk.dueFeedDrops().map(\.drop.status) == [.held])
    }

    @Test
    func `nobody of another organisation sees, agrees to or declines what was dropped`()
        async throws
    {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        try await world.apply(plainFile(Self.many))
        try await world.dropped(plainFile([(1, "Luz 1")]), .snapshot, by: partner)
        let held = try #require(try await world.workOff().first?.drop)

        for actor in [Cast.california, Cast.registrar, Cast.auditor, Cast.oakDistrict].map(\.actor)
        {
            let hand = FeedHand.staff(actor)
            await #expect(throws: FeedFailure.systemUnknown) {
                _ = try await world.desk.feedDrops(of: "texas", by: hand)
            }
            await #expect(throws: FeedFailure.systemUnknown) {
                _ = try await world.desk.feedDrop(held.id, of: "texas", by: hand)
            }
            await #expect(throws: FeedFailure.systemUnknown) {
                try await world.desk.declineFeed(held.id, of: "texas", by: hand)
            }
        }
        // Nor does a right over one system reach into another.
        try await world.desk.registerSourceSystem(
            named: "california",
            owner: .state(.california),
            mapping: .plain,
            by: .operator
        )
        let california = FeedHand.staff(Cast.california.actor)
        await #expect(throws: CaseworkFailure.notFound) {
            _ = try await world.desk.feedDrop(held.id, of: "california", by: california)
        }
        await #expect(throws: CaseworkFailure.notFound) {
            try await world.desk.agreeToFeed(
                held.id,
                of: "california",
                confirmed: 99,
                by: california
            )
        }
        #expect(try await world.status() == [.held])
    }
}
