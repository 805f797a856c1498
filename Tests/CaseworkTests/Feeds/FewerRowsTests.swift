import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

/// A file that was cut at a row's end looks whole; only its number of rows can tell.
@Suite("Snapshots with fewer rows")
struct FewerRowsTests {
    private static let many = (1...100).map { (id: $0, given: "Luz \($0)") }

    @Test
    func `one row less waits for a person's word, by command too`() async throws {
        let world = try await FeedWorld()
        try await world.apply(plainFile(Self.many))
        let cut = plainFile(Array(Self.many.dropLast()))

        let confirmation = try #require(try await world.check(cut).confirmation)
        #expect(confirmation.withdrawals == 1)
        #expect(confirmation.grounds == [.fewerRows(found: 99, before: 100)])
        await #expect(throws: FeedFailure.needsConfirmation(confirmation)) {
            try await world.apply(cut)
        }
        #expect(try await world.entryCount == 100)

        try await world.apply(cut, confirmed: 1)
        #expect(try await world.entryCount == 99)
    }

    @Test
    func `refused rows of the last snapshot count as rows that were there`() async throws {
        let world = try await FeedWorld()
        let refused = (101...105).map { "\($0),,Prueba,2011-03-09,480000100001\n" }.joined()
        try await world.apply(plainFile(Self.many) + refused)

        let cut = plainFile(Array(Self.many.dropLast()) + [(id: 200, given: "Ana")])
        let confirmation = try #require(try await world.check(cut).confirmation)

        #expect(confirmation.grounds == [.fewerRows(found: 100, before: 105)])
    }

    @Test
    func `as many rows as before withdraw without a question`() async throws {
        let world = try await FeedWorld()
        try await world.apply(plainFile(Self.many))

        let other = Array(Self.many.dropLast()) + [(id: 200, given: "Ana")]
        let report = try await world.apply(plainFile(other))

        #expect(report.counts.withdrawn == 1)
    }

    @Test
    func `a trailer that counts the rows answers the question`() async throws {
        var mapping = FeedMapping.plain
        mapping.trailer = .init(marker: "TRAILER", countColumn: 2)
        let world = try await FeedWorld(mapping: mapping)
        try await world.apply(plainFile(Self.many) + "TRAILER,100\n")

        let fewer = plainFile(Array(Self.many.dropLast())) + "TRAILER,99\n"
        #expect(try await world.apply(fewer).counts.withdrawn == 1)
    }

    @Test
    func `a file that nobody watches waits for a person of its organisation`() async throws {
        let world = try await FeedWorld()
        let partner = try await world.partner()
        try await world.apply(plainFile(Self.many))
        try await world.dropped(plainFile(Array(Self.many.dropLast())), .snapshot, by: partner)

        let drop = try #require(try await world.workOff().first?.drop)

        #expect(drop.status == .held)
        #expect(drop.confirmation?.grounds == [.fewerRows(found: 99, before: 100)])
        #expect(try await world.entryCount == 100)
    }
}
