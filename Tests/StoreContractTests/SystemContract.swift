import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Systems' keys on file")
struct SystemContract {
    private static let account = StaffAccount(
        id: .numbered(1),
        email: .of("system", at: "oak"),
        name: "Oak's system",
        memberships: [],
        status: .active,
        createdAt: .noon("2026-01-01")
    )

    private static func key(_ number: Int, digest: Character, day: String) -> AccessKey {
        AccessKey(
            id: .numbered(number),
            account: account.id,
            label: "nightly",
            digest: String(repeating: digest, count: 64),
            scopes: [.readRequests, .answerInquiries],
            createdAt: .noon(day),
            expiresAt: .noon("2027-01-01")
        )
    }

    @Test(arguments: Backend.allCases)
    func `a key comes back whole, by identifier, digest and account`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        var later = Self.key(10, digest: "b", day: "2026-02-02")
        later.revokedAt = .noon("2026-02-03")
        let earlier = Self.key(11, digest: "a", day: "2026-02-01")
        let (found, digest, all) = try await store.write { [later] session in
            try session.save(Self.account)
            try session.save(later)
            try session.save(earlier)
            return (
                try session.accessKey(later.id), try session.accessKey(digest: earlier.digest),
                try session.accessKeys(of: Self.account.id)
            )
        }
        #expect(found == later)
        #expect(digest == earlier)
        #expect(found?.certificate == nil)
        #expect(all == [earlier, later])
        #expect(try await store.read { try $0.accessKey(digest: "c") } == nil)
    }

    @Test(arguments: Backend.allCases)
    func `an admitted certificate comes back with its key`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let key = AccessKey(
            id: .numbered(12),
            account: Self.account.id,
            label: "nightly",
            digest: String(repeating: "d", count: 64),
            certificate: AdmittedCertificate(
                fingerprint: String(repeating: "f", count: 64),
                name: "Oak's system"
            ),
            scopes: [.readRequests],
            createdAt: .noon("2026-02-01"),
            expiresAt: .noon("2027-01-01")
        )
        try await store.write { session in
            try session.save(Self.account)
            try session.save(key)
        }
        #expect(try await store.read { try $0.accessKey(digest: key.digest) } == key)
    }

    @Test(arguments: Backend.allCases)
    func `two keys never share a digest, and none is nobody's`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.save(Self.key(10, digest: "a", day: "2026-02-01")) }
        }
        try await store.write { session in
            try session.save(Self.account)
            try session.save(Self.key(10, digest: "a", day: "2026-02-01"))
        }
        await #expect(throws: StoreConflict("access key")) {
            try await store.write { try $0.save(Self.key(11, digest: "a", day: "2026-02-02")) }
        }
    }

    @Test(arguments: Backend.allCases)
    func `what was filed under a key is found by it, once`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        let request = RecordRequest.filed(1)
        let filing = FiledOnce(
            digest: String(repeating: "d", count: 64),
            content: String(repeating: "e", count: 64),
            request: request.id,
            at: .noon("2026-02-01")
        )
        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.save(filing) }
        }
        try await store.write { session in
            try session.save(request)
            try session.save(filing)
        }
        #expect(try await store.read { try $0.filedOnce(digest: filing.digest) } == filing)
        await #expect(throws: StoreConflict("idempotency key")) {
            try await store.write { try $0.save(filing) }
        }
    }
}
