import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Files that were handed in and are gone") struct FilesInHandTests {
    @Test func `that they are there outlives a restart, and is forgotten when it is over`()
        async throws
    {
        let world = try await World()
        let (texas, desk) = (Cast.texas.id, world.desk)
        #expect(try await !desk.hasFilesInHand(texas))
        try await desk.noteFilesInHand(true, of: texas)
        #expect(try await desk.hasFilesInHand(texas))
        // They are one person's.
        #expect(try await !desk.hasFilesInHand(Cast.california.id))
        try await desk.noteFilesInHand(false, of: texas)
        #expect(try await !desk.hasFilesInHand(texas))
    }

    @Test func `nothing is noted twice, nor of somebody who is not there`() async throws {
        let world = try await World()
        let before = try await world.everything()
        try await world.desk.noteFilesInHand(false, of: Cast.texas.id)
        try await world.desk.noteFilesInHand(true, of: .numbered(4_711))
        #expect(try await world.everything() == before)
        #expect(try await !world.desk.hasFilesInHand(.numbered(4_711)))
    }
}
