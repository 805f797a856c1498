import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("Requests on file")
struct RequestContract {
    @Test(arguments: Backend.allCases)
    func `a request comes back as it was saved, by identifier and by number`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let request = RecordRequest.filed(
            student: .sample(given: "María José", paternalSurname: "Ñandú"),
            message: "Please call first.",
            uses: [.enrollment, .placement]
        )

        try await store.write { try $0.save(request) }

        let found = try await store.read { session in
            (try session.request(request.id), try session.request(numbered: request.number))
        }
        #expect(found.0 == request)
        #expect(found.1 == request)
    }

    @Test(arguments: Backend.allCases)
    func `what is not on file is not found`(backend: Backend) async throws {
        let store = try await backend.makeStore()

        let found = try await store.read { session in
            (try session.request(.numbered(1)), try session.request(numbered: .init(bits: 1)))
        }

        #expect(found.0 == nil)
        #expect(found.1 == nil)
    }

    @Test(arguments: Backend.allCases)
    func `saving again replaces`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let request = RecordRequest.filed()

        try await store.write { try $0.save(request) }
        try await store.write { try $0.save(request.concluded(.cancelled)) }

        let found = try await store.read { try $0.request(request.id) }
        #expect(found == request.concluded(.cancelled))
        let open = try await store.read {
            try $0.requests(from: School.oak.id, open: true, limit: 9)
        }
        #expect(open.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `two requests never share a number`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let first = RecordRequest.filed(1)
        let second = RecordRequest(
            id: .numbered(2),
            number: first.number,
            requester: first.requester,
            requesterState: first.requesterState,
            filedBy: first.filedBy,
            student: first.student,
            uses: first.uses,
            parts: first.parts,
            filedAt: first.filedAt,
            filedOn: first.filedOn
        )
        try await store.write { try $0.save(first) }

        await #expect(throws: StoreConflict("request number")) {
            try await store.write { try $0.save(second) }
        }

        #expect(try await store.read { try $0.request(second.id) } == nil)
    }

    @Test(arguments: Backend.allCases)
    func `a school's requests come newest first, open and ended apart, up to the limit`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        let requests = (1...6).map { number in
            let request = RecordRequest.filed(
                number,
                at: .noon("2026-05-18", plusSeconds: Int64(number * 60 % 240))
            )
            return number.isMultiple(of: 3) ? request.concluded() : request
        }
        let elsewhere = RecordRequest.filed(7, from: .willow)
        try await store.write { session in
            for request in requests + [elsewhere] { try session.save(request) }
        }

        let (open, ended, two) = try await store.read { session in
            (
                try session.requests(from: School.oak.id, open: true, limit: 10).map(\.id),
                try session.requests(from: School.oak.id, open: false, limit: 10).map(\.id),
                try session.requests(from: School.oak.id, open: true, limit: 2).map(\.id)
            )
        }

        // Filed 60, 120, 0 and 60 seconds past noon; at the same instant the later identifier.
        #expect(open == [.numbered(2), .numbered(5), .numbered(1), .numbered(4)])
        #expect(ended == [.numbered(3), .numbered(6)])
        #expect(two == [.numbered(2), .numbered(5)])
    }

    @Test(arguments: Backend.allCases)
    func `followers keep their order and count once`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let request = RecordRequest.filed()
        try await store.write { session in
            try session.save(request)
            for staff in [5, 3, 5, 4] { try session.addFollower(.numbered(staff), to: request.id) }
        }

        let followers = try await store.read { try $0.followers(of: request.id) }

        #expect(followers == [.numbered(5), .numbered(3), .numbered(4)])
    }

    @Test(arguments: Backend.allCases)
    func `nobody follows a request that is not there`(backend: Backend) async throws {
        let store = try await backend.makeStore()

        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.addFollower(.numbered(5), to: .numbered(1)) }
        }
    }
}
