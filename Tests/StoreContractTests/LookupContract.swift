import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Look-ups on file")
struct LookupContract {
    private static let person = LookupHolder.person(.numbered(1))
    private static let school = LookupHolder.organization(School.oak.organization)

    @Test(arguments: Backend.allCases)
    func `an hour is replaced, and asked for by holder and by time`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let early = LookupHour(holder: Self.person, hour: 100, made: 1, refused: 2)
        let late = LookupHour(holder: Self.person, hour: 102, made: 7)
        let other = LookupHour(holder: Self.school, hour: 101, made: 3)
        try await store.write { session in
            try session.save(LookupHour(holder: Self.person, hour: 102, made: 6))
            for hour in [late, other, early] { try session.save(hour) }
        }

        #expect(
            try await store.read { try $0.lookups(of: Self.person, since: 0) } == [early, late]
        )
        #expect(try await store.read { try $0.lookups(of: Self.person, since: 101) } == [late])
        #expect(try await store.read { try $0.lookups(since: 101) } == [other, late])
    }

    @Test(arguments: Backend.allCases)
    func `hours older than a year are forgotten`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(LookupHour(holder: Self.person, hour: 10, made: 1))
            try session.save(LookupHour(holder: Self.school, hour: 10 + 366 * 24, made: 1))
        }
        #expect(try await store.read { try $0.lookups(since: 0) }.count == 2)

        try await store.write { session in
            try session.save(LookupHour(holder: Self.school, hour: 11 + 366 * 24, made: 1))
        }
        #expect(try await store.read { try $0.lookups(since: 0) }.count == 2)
        #expect(try await store.read { try $0.lookups(of: Self.person, since: 0) }.isEmpty)
    }

    @Test(arguments: ["staff:", "staff:x", "", "school:1", "person:1"])
    func `a holder that is none is not read`(text: String) {
        #expect(LookupHolder(text) == nil)
    }
}
