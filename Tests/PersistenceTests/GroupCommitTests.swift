import Casework
import Glibc
import Persistence
import RecordExchange
import SQLiteDatabase
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite("Waiting callers share a commit")
struct GroupCommitTests {
    struct Refused: Error, Equatable {}

    @Test
    func `a thousand writers at once are all kept, in a handful of commits`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        let before = database.file.commits

        try await database.hold(until: 999) { group in
            for number in 2...1_000 {
                group.addTask {
                    try await store.write { try $0.save(RecordRequest.filed(number)) }
                }
            }
        } first: { session in
            try session.execute("INSERT INTO policies(state, body) VALUES ('TX', '{}')")
        }

        let kept = try await store.read { session in
            try session.requests(from: School.oak.id, open: true, limit: 2_000).count
        }
        #expect(kept == 999)
        // The one that held the others up, then 999 in groups of at most 256.
        #expect(database.file.commits - before == 5)
    }

    @Test
    func `one that fails fails alone`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        let before = database.file.commits
        let failures = Shared<[Int]>([])

        try await database.hold(until: 20) { group in
            for number in 1...20 {
                group.addTask {
                    do {
                        try await store.write { session in
                            try session.save(RecordRequest.filed(number))
                            if number % 5 == 0 { throw Refused() }
                        }
                    } catch is Refused {
                        failures.change { $0.append(number) }
                    }
                }
            }
        } first: { _ in
        }

        let kept = try await store.read { session in
            try session.requests(from: School.oak.id, open: true, limit: 99).map(\.id)
        }
        #expect(failures.value.sorted() == [5, 10, 15, 20])
        #expect(Set(kept) == Set((1...20).filter { $0 % 5 != 0 }.map { .numbered($0) }))
        #expect(database.file.commits - before == 2)
    }

    @Test
    func `on a full disk every caller hears the truth about its own write`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        let pages = try await database.file.write { session in
            try session.query("PRAGMA page_count").first?.integer("page_count") ?? 0
        }
        try await database.tamper("PRAGMA max_page_count = \(pages + 12)")
        let outcomes = Shared<[Int: StorageFailure?]>([:])

        try await database.hold(until: 60) { group in
            for number in 1...60 {
                group.addTask {
                    do {
                        try await store.write { session in
                            try session.save(
                                RecordRequest.filed(
                                    number,
                                    message: String(repeating: "x", count: 2_000)
                                )
                            )
                        }
                        outcomes.change { $0[number] = .some(nil) }
                    } catch let failure as StorageFailure {
                        outcomes.change { $0[number] = failure }
                    }
                }
            }
        } first: { _ in
        }

        let told = outcomes.value
        #expect(told.count == 60)
        #expect(told.values.contains(.diskFull))
        #expect(told.values.allSatisfy { $0 == nil || $0 == .diskFull })
        for (number, failure) in told {
            let isKept = try await store.read { try $0.request(.numbered(number)) } != nil
            #expect(isKept == (failure == nil), "request \(number)")
        }

        // Room was made: the next write goes through.
        try await database.tamper("PRAGMA max_page_count = 1073741823")
        try await store.write { try $0.save(RecordRequest.filed(99)) }
        #expect(try await store.verify().isEmpty)
        #expect(try await database.file.verify().isEmpty)
    }

    @Test
    func `a reader sees one moment and is not held up by a writer`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { try $0.save(RecordRequest.filed(1)) }
        let seen = Shared<Int?>(nil)

        try await database.hold(until: 0) { group in
            group.addTask {
                let count = try await store.read { session in
                    try session.requests(from: School.oak.id, open: true, limit: 9).count
                }
                seen.change { $0 = count }
            }
        } alsoUntil: {
            seen.value != nil
        } first: { session in
            try session.execute("UPDATE requests SET requester = '060000200002'")
        }

        #expect(seen.value == 1)
    }
}

extension TestDatabase {
    /// Runs `others` while the writer is busy with `first`, which goes on only once `count` of
    /// them wait: so how many share a commit does not depend on the machine.
    func hold(
        until count: Int,
        others: (inout ThrowingTaskGroup<Void, any Error>) -> Void,
        alsoUntil isReady: @escaping @Sendable () -> Bool = { true },
        first: @escaping @Sendable (any SQLSession) throws -> Void
    ) async throws {
        let file = file
        try await withThrowingTaskGroup(of: Void.self) { group in
            let begun = Shared(false)
            group.addTask {
                try await file.write { session in
                    try first(session)
                    begun.change { $0 = true }
                    while file.waitingWrites < count || !isReady() { sched_yield() }
                }
            }
            while !begun.value { await Task.yield() }
            others(&group)
            try await group.waitForAll()
        }
    }
}

/// A value that several tasks and threads touch.
final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) {
        state = Mutex(value)
    }

    var value: Value { state.withLock(\.self) }

    func change(_ work: (inout Value) -> Void) { state.withLock { work(&$0) } }
}
