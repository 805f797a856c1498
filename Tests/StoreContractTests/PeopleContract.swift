import Casework
import RecordLocator
import TestSupport
import Testing
import Vocabulary

@Suite("People on file")
struct PeopleContract {
    @Test(arguments: Backend.allCases)
    func `a person comes back by identifier and number, merged or not`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        var second = Person.sample(2)
        second.mergedInto = .numbered(1)
        let merged = second
        try await store.write { session in
            try session.save(Person.sample(1))
            try session.save(merged)
        }

        #expect(try await store.read { try $0.person(.numbered(1)) } == .sample(1))
        #expect(
            try await store.read { try $0.person(numbered: StudentRecordNumber(bits: 2)) } == merged
        )
        #expect(try await store.read { try $0.person(.numbered(9)) } == nil)
        await #expect(throws: StoreConflict("student record number")) {
            try await store.write { try $0.save(Person.sample(3, numbered: 1)) }
        }
        await #expect(throws: StorageFailure.self) {
            try await store.write { session in
                var lost = Person.sample(4)
                lost.mergedInto = .numbered(9)
                try session.save(lost)
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func `an entry's person is a person, and its entries are found`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        var entry = LocatorEntry.sample(1)
        entry.person = .numbered(1)
        let mine = entry
        try await store.write { session in
            try session.save(Person.sample(1))
            try session.save([mine, .sample(2)])
        }

        #expect(try await store.read { try $0.entries(of: .numbered(1)) } == [mine])
        #expect(try await store.read { try $0.locatorEntry(.numbered(1)) } == mine)
        let changes = try await store.read { try $0.locatorChanges(after: 0, limit: 9) }
        #expect(changes.map(\.entry) == [mine, .sample(2)])
        await #expect(throws: StorageFailure.self) {
            try await store.write { session in
                var lost = LocatorEntry.sample(3)
                lost.person = .numbered(9)
                try session.save([lost])
            }
        }
        try await store.write { try $0.save([LocatorEntry.sample(1)]) }
        #expect(try await store.read { try $0.entries(of: .numbered(1)) }.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `near matches are found by pair and keep what became of them`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(Person.sample(1))
            try session.save(Person.sample(2))
            try session.save(NearMatch.sample(1))
        }
        let found = try await store.read { session in
            try session.nearMatch(of: .numbered(2), and: .numbered(1))
        }
        #expect(found == .sample(1))

        try await store.write { session in
            var apart = NearMatch.sample(1)
            apart.status = .apart
            try session.save(apart)
        }
        #expect(try await store.read { try $0.nearMatch(.numbered(1))?.status } == .apart)
    }

    @Test(arguments: Backend.allCases)
    func `proposals are found by whom they are about and whether they wait`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(Person.sample(1))
            try session.save(Person.sample(2))
            try session.save(PersonProposal.sample(1))
            var second = PersonProposal.sample(2)
            second.status = .approved
            second.moved = [.numbered(7)]
            try session.save(second)
        }

        let about = try await store.read { try $0.proposals(about: .numbered(2)) }
        #expect(about.map(\.id) == [.numbered(1), .numbered(2)])
        #expect(about.last?.moved == [.numbered(7)])
        let open = try await store.read { try $0.proposals(open: true, limit: 9) }
        #expect(open == [.sample(1)])
        let decided = try await store.read { try $0.proposals(open: false, limit: 9) }
        #expect(decided.map(\.id) == [.numbered(2)])
    }

    @Test(arguments: Backend.allCases)
    func `how far the grouping is stays on file`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        #expect(try await store.read { try $0.groupedUpTo() } == 0)
        try await store.write { try $0.setGroupedUpTo(7) }
        try await store.write { try $0.setGroupedUpTo(9) }
        #expect(try await store.read { try $0.groupedUpTo() } == 9)
    }
}
