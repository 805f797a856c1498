import Casework
import RecordExchange
import RecordLocator
import TestSupport
import Testing
import Vocabulary

@Suite("Feeds on file")
struct FeedContract {
    @Test(arguments: Backend.allCases)
    func `source systems come back by number and name, in the order of names`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        var texas = SourceSystem.sample(1, name: "texas")
        texas.schoolNumbers = ["101-912-001": School.oak.id]
        let system = texas
        try await store.write { session in
            try session.save(system)
            try session.save(SourceSystem.sample(2, name: "california"))
        }

        #expect(try await store.read { try $0.sourceSystem(.numbered(1)) } == system)
        #expect(try await store.read { try $0.sourceSystem(named: "texas") } == system)
        #expect(try await store.read { try $0.sourceSystem(named: "Texas") } == nil)
        let names = try await store.read { try $0.allSourceSystems().map(\.name) }
        #expect(names == ["california", "texas"])
    }

    @Test(arguments: Backend.allCases)
    func `a name belongs to one system`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.write { try $0.save(SourceSystem.sample(1, name: "texas")) }

        await #expect(throws: StoreConflict("source system name")) {
            try await store.write { try $0.save(SourceSystem.sample(2, name: "texas")) }
        }
        // Saving the same system again is no conflict.
        try await store.write { try $0.save(SourceSystem.sample(1, name: "texas")) }
    }

    @Test(arguments: Backend.allCases)
    func `uploads come back newest first and need their system`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(SourceSystem.sample(1))
            try session.save(SourceSystem.sample(2))
            try session.save(FeedUpload.sample(1, at: .noon("2026-05-01")))
            try session.save(FeedUpload.sample(2, at: .noon("2026-05-03")))
            try session.save(FeedUpload.sample(3, of: .numbered(2)))
            var done = FeedUpload.sample(1, at: .noon("2026-05-01"))
            done.status = .applied
            done.refusals = [RefusedRow(row: 3, column: "DOB", reason: .notADate)]
            try session.save(done)
        }

        let uploads = try await store.read { try $0.uploads(of: .numbered(1), limit: 10) }
        #expect(uploads.map(\.id) == [.numbered(2), .numbered(1)])
        #expect(uploads.last?.status == .applied)
        #expect(try await store.read { try $0.upload(.numbered(1))?.refusals.count } == 1)
        #expect(try await store.read { try $0.uploads(of: .numbered(1), limit: 1).count } == 1)
        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.save(FeedUpload.sample(9, of: .numbered(9))) }
        }
    }

    @Test(arguments: Backend.allCases)
    func `drops come back by mark, by system newest first, and while they are due oldest first`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(SourceSystem.sample(1))
            try session.save(SourceSystem.sample(2))
            for number in 1...3 { try session.save(FeedDrop.sample(number)) }
            try session.save(FeedDrop.sample(4, of: .numbered(2)))
        }

        let read = { (body: @escaping @Sendable (any CaseSession) throws -> [FeedDrop]) in
            try await store.read { try body($0).map(\.id) }
        }
        #expect(try await store.read { try $0.feedDrop(.numbered(2)) } == .sample(2))
        #expect(try await store.read { try $0.feedDrop(marked: "mark-3")?.id } == .numbered(3))
        #expect(try await store.read { try $0.feedDrop(marked: "other") } == nil)
        #expect(
            try await read { try $0.feedDrops(of: .numbered(1), limit: 2) }
                == [.numbered(3), .numbered(2)]
        )
        #expect(
            try await read { try $0.dueFeedDrops(limit: 10) }
                == [.numbered(1), .numbered(2), .numbered(3), .numbered(4)]
        )
        #expect(try await read { try $0.dueFeedDrops(limit: 1) } == [.numbered(1)])
        #expect(
            try await read { try $0.openFeedDrops(of: .numbered(1)) }
                == [.numbered(1), .numbered(2), .numbered(3)]
        )
        #expect(try await read { try $0.openFeedDrops(of: .numbered(2)) } == [.numbered(4)])
        #expect(
            try await store.read { try $0.filesInUse() }
                == Set((1...4).map { FeedDrop.sample($0).file.id.description })
        )
        await #expect(throws: StoreConflict("feed drop mark")) {
            try await store.write { try $0.save(FeedDrop.sample(9, mark: "mark-1")) }
        }
        await #expect(throws: (any Error).self) {
            try await store.write { try $0.save(FeedDrop.sample(9, of: .numbered(9))) }
        }
    }

    @Test(arguments: Backend.allCases)
    func `an entry keeps what feed it came from until it is withdrawn`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let rows = { (source: Int) in
            try await store.read { session in
                var found: [LocatorEntry.ID: Int64] = [:]
                try session.forEachEntry(of: .numbered(source)) { found[$0] = $1 }
                return found
            }
        }
        try await store.write { session in
            try session.save(SourceSystem.sample(1))
            try session.save(SourceSystem.sample(2))
            try session.save([FeedEntry.sample(1), .sample(2)])
            try session.save([FeedEntry.sample(3, source: .numbered(2))])
            try session.save([LocatorEntry.sample(4)])
        }
        #expect(try await rows(1) == [.numbered(1): 1, .numbered(2): 2])

        var denied = LocatorEntry.sample(1)
        denied.standing = .denied
        let changed = denied
        try await store.write { session in
            try session.save([changed])
            try session.withdrawEntry(.numbered(2))
        }

        #expect(try await rows(1) == [.numbered(1): 1])
        #expect(try await rows(2) == [.numbered(3): 3])
        #expect(try await store.read { try $0.locatorEntry(.numbered(1)) } == changed)
        #expect(try await store.read { try $0.locatorEntry(.numbered(2)) } == nil)
        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.save([FeedEntry.sample(5, source: .numbered(9))]) }
        }
    }

    @Test(arguments: Backend.allCases)
    func `the log has a line for every change, in order, and none for what changed nothing`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        #expect(try await store.read { try $0.lastLocatorChange() } == 0)
        try await store.write { session in
            try session.save([LocatorEntry.sample(1), .sample(2)])
            try session.withdrawEntry(.numbered(1))
            try session.withdrawEntry(.numbered(77))
        }
        struct Thought: Error {}
        try? await store.write { session in
            try session.save([LocatorEntry.sample(3)])
            throw Thought()
        }
        try await store.write { session in
            try session.save([LocatorEntry.sample(2, school: .willow)])
        }

        let changes = try await store.read { try $0.locatorChanges(after: 0, limit: 10) }
        #expect(changes.map(\.id) == [.numbered(1), .numbered(2), .numbered(1), .numbered(2)])
        #expect(changes.map(\.sequence).sorted() == changes.map(\.sequence))
        #expect(Set(changes.map(\.sequence)).count == 4)
        #expect(changes[0].entry == nil)
        #expect(changes[1].entry == .sample(2, school: .willow))
        let last = try await store.read { try $0.lastLocatorChange() }
        #expect(last == changes.last?.sequence)
        let rest = try await store.read { session in
            try session.locatorChanges(after: changes[1].sequence, limit: 1)
        }
        #expect(rest == [changes[2]])
    }
}
