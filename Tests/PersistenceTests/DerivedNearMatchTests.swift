import Casework
import Persistence
import RecordExchange
import RecordLocator
import TestSupport
import Testing
import Vocabulary

@Suite("Who sees which near match is derived from what is on file")
struct DerivedNearMatchTests {
    private func filled(_ database: TestDatabase) async throws -> SQLCaseStore {
        let store = try await database.openedStore()
        try await store.write { session in
            try session.save([School.oak])
            for number in 1...2 {
                try session.save(Person.sample(number))
                var entry = LocatorEntry.sample(number, school: .oak)
                entry.person = .numbered(number)
                try session.save([entry])
            }
            try session.save(NearMatch.sample(1))
        }
        return store
    }

    @Test
    func `a store from before the rows is filled when it is opened`() async throws {
        let database = try TestDatabase()
        var store = try await filled(database)
        for table in ["near_match_states", "derived_tables"] {
            try await database.tamper("DELETE FROM \(table)")
        }
        #expect(try await store.verify().count == 1)
        #expect(try await store.read { try $0.nearMatchCount(seenFrom: [.texas]) } == 0)

        store = try await database.openedStore()

        #expect(try await store.verify().isEmpty)
        #expect(try await store.read { try $0.nearMatchCount(seenFrom: [.texas]) } == 1)
    }

    @Test(arguments: [
        "DELETE FROM near_match_states", "UPDATE near_match_states SET state = 'OH'",
        "UPDATE near_match_states SET found_at = 1",
    ])
    func `rows that were changed by other hands are found`(statement: String) async throws {
        let database = try TestDatabase()
        let store = try await filled(database)
        #expect(try await store.verify().isEmpty)

        try await database.tamper(statement)

        #expect(try await store.verify().count == 1)
    }
}
