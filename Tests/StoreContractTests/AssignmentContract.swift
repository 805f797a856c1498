import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Who has which request is kept beside it")
struct AssignmentContract {
    /// Two requests of Texas that are asked for in California, and two people.
    private func store(_ backend: Backend) async throws -> ContractStore {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(School.trees)
            for number in 1...2 {
                try session.save(StaffAccount.sample(number))
                try session.save(RecordRequest.filed(number + 10))
                try session.save(Inquiry.asked(number, of: .filed(number + 10)))
            }
        }
        return store
    }

    private static func given(
        _ request: Int,
        to staff: Int,
        in state: StateCode = .california
    ) -> Assignment {
        Assignment(
            request: .numbered(request),
            state: state,
            staff: .numbered(staff),
            since: .noon("2026-05-18")
        )
    }

    private func shown(_ store: ContractStore, _ assignee: Assignee?) async throws -> [Int] {
        let question = WorklistQuestion(.state(.california), assignee: assignee)
        return try await store.read { session in
            let items = try session.worklist(question).items
            #expect(try session.worklistCounts(question).all == items.count)
            return [11, 12].filter { number in items.contains { $0.request == .numbered(number) } }
        }
    }

    @Test(arguments: Backend.allCases)
    func `one person a state has it, and the lists follow at once`(
        backend: Backend
    ) async throws {
        let store = try await store(backend)
        #expect(try await shown(store, .nobody) == [11, 12])
        try await store.write { try $0.save(Self.given(11, to: 1)) }
        try await store.write { try $0.save(Self.given(11, to: 2, in: .texas)) }
        #expect(try await shown(store, .nobody) == [12])
        #expect(try await shown(store, .person(.numbered(1))) == [11])
        #expect(try await shown(store, .person(.numbered(2))) == [])
        #expect(try await shown(store, nil) == [11, 12])

        try await store.write { try $0.save(Self.given(11, to: 2)) }
        #expect(try await shown(store, .person(.numbered(1))) == [])
        #expect(try await shown(store, .person(.numbered(2))) == [11])
        let kept = try await store.read { try $0.assignment(of: .numbered(11), in: .california) }
        #expect(kept == Self.given(11, to: 2))

        try await store.write { session in
            try session.endAssignment(of: .numbered(11), in: .california)
            try session.endAssignment(of: .numbered(12), in: .california)
        }
        #expect(try await shown(store, .nobody) == [11, 12])
        let left = try await store.read { session in
            try [StateCode.california, .texas].map {
                try session.assignment(of: .numbered(11), in: $0)
            }
        }
        #expect(left == [nil, Self.given(11, to: 2, in: .texas)])
    }

    @Test(arguments: Backend.allCases)
    func `what one person has becomes nobody's, and what others have stays`(
        backend: Backend
    ) async throws {
        let store = try await store(backend)
        try await store.write { session in
            try session.save(Self.given(11, to: 1))
            try session.save(Self.given(11, to: 1, in: .texas))
            try session.save(Self.given(12, to: 2))
        }
        #expect(try await store.write { try $0.endAssignments(of: .numbered(1)) } == 2)
        #expect(try await store.write { try $0.endAssignments(of: .numbered(1)) } == 0)
        #expect(try await shown(store, .nobody) == [11])
        #expect(try await shown(store, .person(.numbered(2))) == [12])
    }

    @Test(arguments: Backend.allCases)
    func `it needs its request and its person, and is not written by whoever reads`(
        backend: Backend
    ) async throws {
        let store = try await store(backend)
        for stranger in [Self.given(99, to: 1), Self.given(11, to: 99)] {
            await #expect(throws: StorageFailure.self) {
                try await store.write { try $0.save(stranger) }
            }
        }
        await #expect(throws: (any Error).self) {
            try await store.read { try $0.save(Self.given(11, to: 1)) }
        }
        #expect(try await shown(store, .nobody) == [11, 12])
    }
}
