import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Locator entries on file")
struct LocatorContract {
    @Test(arguments: Backend.allCases)
    func `entries come back whole, replaced and withdrawn`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let bare = LocatorEntry(
            id: .numbered(3),
            name: StudentIdentity.sample(given: "Íñigo").name,
            birthDate: .on("2010-12-31"),
            school: School.oak.id,
            provenance: .init(source: "", receivedOn: .on("2026-01-05")),
            isProtected: true
        )
        let empty = LocatorEntry(
            id: .numbered(4),
            name: StudentIdentity.paloma.name,
            birthDate: .on("1969-12-31"),
            school: School.elm.id,
            grade: .ungraded,
            stateStudentID: "",
            provenance: .init(source: "Feed = \u{1F} 1", receivedOn: .on("2026-01-05"))
        )
        try await store.write { session in
            try session.save([LocatorEntry.sample(1), .sample(2), bare, empty])
            try session.save([LocatorEntry.sample(1, school: .willow)])
            try session.withdrawEntry(.numbered(2))
            try session.withdrawEntry(.numbered(99))
        }

        let found = try await store.read { session in
            var found: [LocatorEntry] = []
            try session.forEachLocatorEntry { found.append($0) }
            return found
        }

        #expect(Set(found) == [LocatorEntry.sample(1, school: .willow), bare, empty])
        #expect(try await store.read { try $0.locatorEntryCount() } == 3)
    }

    @Test(arguments: Backend.allCases, LocatorEntry.ProtectionGround.allCases)
    func `why an entry is protected comes back with it`(
        backend: Backend,
        ground: LocatorEntry.ProtectionGround
    ) async throws {
        let store = try await backend.makeStore()
        var entry = LocatorEntry.sample(1)
        entry.protect(ground)
        let hidden = entry
        try await store.write { try $0.save([hidden]) }

        #expect(try await store.read { try $0.locatorEntry(hidden.id) } == hidden)
    }

    @Test(arguments: Backend.allCases)
    func `reading the entries stops where the reader throws`(backend: Backend) async throws {
        struct Enough: Error {}
        let store = try await backend.makeStore()
        try await store.write { try $0.save((1...10).map { LocatorEntry.sample($0) }) }

        await #expect(throws: Enough.self) {
            try await store.read { try $0.forEachLocatorEntry { _ in throw Enough() } }
        }
    }
}
