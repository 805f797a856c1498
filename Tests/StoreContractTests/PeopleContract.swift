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
    func `lists of proposals and doubts are walked in both directions without a gap`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            for number in 1...7 {
                try session.save(Person.sample(number))
                try session.save(PersonDoubt.sample(number))
            }
            for number in 1...7 {
                var proposal = PersonProposal.sample(number)
                proposal.status = .rejected
                try session.save(proposal)
            }
        }
        #expect(try await store.read { try $0.doubt(about: .numbered(2)) } == .sample(2))
        #expect(try await store.read { try $0.doubt(about: .numbered(99)) } == nil)
        await #expect(throws: StoreConflict("person doubt")) {
            try await store.write { session in
                let other = PersonDoubt(
                    id: .numbered(50),
                    person: .numbered(1),
                    conflicts: [],
                    foundAt: .noon("2026-05-02")
                )
                try session.save(other)
            }
        }

        let decided = try await walk(store) { session, start in
            try session.proposals(open: false, start: start, limit: 3).map { $0.id.description }
        }
        let newest = (1...7).reversed().map { PersonProposal.ID.numbered($0).description }
        #expect(decided.down == newest && decided.up == newest)
        let doubts = try await walk(store) { session, start in
            try session.openDoubts(start: start, limit: 3).map { $0.id.description }
        }
        let oldest = (1...7).map { PersonDoubt.ID.numbered($0).description }
        #expect(doubts.down == oldest && doubts.up == oldest)
    }

    /// All lines from the top down, and again from the last page up.
    private func walk(
        _ store: ContractStore,
        _ read: @escaping @Sendable (any CaseSession, PageStart) throws -> ListPage<String>
    ) async throws -> (down: [String], up: [String]) {
        var pages = [try await store.read { try read($0, .top) }]
        while let after = pages.last?.after {
            pages.append(try await store.read { try read($0, .after(after)) })
        }
        var back = [try #require(pages.last)]
        while let before = back.first?.before {
            back.insert(try await store.read { try read($0, .before(before)) }, at: 0)
        }
        return (pages.flatMap(\.items), back.flatMap(\.items))
    }

    @Test(arguments: Backend.allCases)
    func `how far the grouping is stays on file`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        #expect(try await store.read { try $0.groupedUpTo() } == 0)
        try await store.write { try $0.setGroupedUpTo(7) }
        try await store.write { try $0.setGroupedUpTo(9) }
        #expect(try await store.read { try $0.groupedUpTo() } == 9)
        #expect(try await store.read { try $0.assessedUpTo() } == 0)
        try await store.write { try $0.setAssessedUpTo(4) }
        #expect(try await store.read { try $0.assessedUpTo() } == 4)
        #expect(try await store.read { try $0.groupedUpTo() } == 9)
    }
}
