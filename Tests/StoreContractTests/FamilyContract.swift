import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Slips on file") struct FamilyContract {
    private static let first = String(repeating: "1", count: 64)
    private static let second = String(repeating: "2", count: 64)

    private func store(_ backend: Backend) async throws -> ContractStore {
        let store = try await backend.makeStore()
        try await store.write { session in
            try session.save(RecordRequest.filed(1))
            try session.save(RecordRequest.filed(2))
            try session.save(StaffAccount.sample(1))
        }
        return store
    }

    private static func slip(_ number: Int, day: String = "2026-05-18") -> FamilySlip {
        FamilySlip(request: .numbered(number), issuedBy: .numbered(1), issuedAt: .noon(day))
    }

    @Test(arguments: Backend.allCases)
    func `a slip is found by its key until a new one takes its place`(
        backend: Backend
    ) async throws {
        let store = try await store(backend)
        let later = Self.slip(1, day: "2026-05-19")
        let found = try await store.write { session in
            try session.save(Self.slip(1), key: Self.first)
            let earlier = try session.slip(key: Self.first)
            try session.save(later, key: Self.second)
            return (
                earlier, try session.slip(key: Self.first), try session.slip(key: Self.second),
                try session.slip(of: .numbered(1)), try session.slip(of: .numbered(2))
            )
        }
        #expect(found.0 == Self.slip(1))
        #expect(found.1 == nil)
        #expect(found.2 == later)
        #expect(found.3 == later)
        #expect(found.4 == nil)
    }

    @Test(arguments: Backend.allCases)
    func `two requests never share a key, and a slip needs its request and its maker`(
        backend: Backend
    ) async throws {
        let store = try await store(backend)
        await #expect(throws: StoreConflict("family slip")) {
            try await store.write { session in
                try session.save(Self.slip(1), key: Self.first)
                try session.save(Self.slip(2), key: Self.first)
            }
        }
        let strangers = [
            Self.slip(9),
            FamilySlip(
                request: .numbered(1),
                issuedBy: .numbered(9),
                issuedAt: .noon("2026-05-18")
            ),
        ]
        for slip in strangers {
            await #expect(throws: StorageFailure.self) {
                try await store.write { try $0.save(slip, key: Self.second) }
            }
        }
        #expect(try await store.read { try $0.slip(key: Self.first) } == nil)
    }

    private static func contact(_ request: Int, _ name: String = "familia") -> FamilyContact {
        FamilyContact(
            request: .numbered(request),
            email: .of(name, at: "correo"),
            language: .spanish,
            agreedWith: .numbered(1),
            at: .noon("2026-05-18")
        )
    }

    @Test(arguments: Backend.allCases)
    func `a family's address is kept, replaced and forgotten, each request's by itself`(
        backend: Backend
    ) async throws {
        let store = try await store(backend)
        let (kept, replaced, forgotten, others) = try await store.write { session in
            try session.save(Self.contact(1))
            try session.save(Self.contact(2))
            let kept = try session.familyContact(of: .numbered(1))
            try session.save(Self.contact(1, "tia"))
            let replaced = try session.familyContact(of: .numbered(1))
            try session.forgetFamilyContact(of: .numbered(1))
            try session.forgetFamilyContact(of: .numbered(1))
            return (
                kept, replaced, try session.familyContact(of: .numbered(1)),
                try session.familyContact(of: .numbered(2))
            )
        }
        #expect(kept == Self.contact(1))
        #expect(replaced == Self.contact(1, "tia"))
        #expect(forgotten == nil)
        #expect(others == Self.contact(2))
    }

    @Test(arguments: Backend.allCases)
    func `an address needs its request, and is not written by whoever reads`(
        backend: Backend
    ) async throws {
        let store = try await store(backend)
        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.save(Self.contact(9)) }
        }
        await #expect(throws: (any Error).self) {
            try await store.read { try $0.save(Self.contact(1)) }
        }
        #expect(try await store.read { try $0.familyContact(of: .numbered(1)) } == nil)
    }
}
