import Casework
import RecordExchange
import TestSupport
import Testing
import Vocabulary

@Suite("Partners on file")
struct PartnerContract {
    private static func partner(_ number: Int, _ account: String) -> Partner {
        Partner(
            id: .numbered(number),
            account: account,
            organization: School.oak.organization,
            signerPEM: "-----BEGIN CERTIFICATE-----",
            limits: ["files-per-day": 5]
        )
    }

    @Test(arguments: Backend.allCases)
    func `a partner comes back by identifier, account and organisation`(
        backend: Backend
    ) async throws {
        let store = try await backend.makeStore()
        var second = Self.partner(2, "alder")
        try await store.write { [second] session in
            try session.save(Self.partner(1, "oak"))
            try session.save(second)
        }
        let found = try await store.read { session in
            (
                try session.partner(.numbered(1)), try session.partner(account: "alder"),
                try session.partners(), try session.partners(of: School.oak.organization),
                try session.partners(of: School.maple.organization)
            )
        }
        #expect(found.0 == Self.partner(1, "oak"))
        #expect(found.1 == second)
        #expect(found.2.map(\.account) == ["alder", "oak"])
        #expect(found.3 == found.2)
        #expect(found.4.isEmpty)

        second.isActive = false
        try await store.write { [second] in try $0.save(second) }
        let active = try await store.read { try $0.partners(of: School.oak.organization) }
        #expect(active.map(\.account) == ["oak"])
        #expect(try await store.read { try $0.partners() }.count == 2)
    }

    @Test(arguments: Backend.allCases)
    func `two partners never share an account`(backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.write { try $0.save(Self.partner(1, "oak")) }
        await #expect(throws: StoreConflict("partner account")) {
            try await store.write { try $0.save(Self.partner(2, "oak")) }
        }
    }

    @Test(arguments: Backend.allCases)
    func `a bundle is received once, from a partner that is there`(backend: Backend) async throws {
        let store = try await backend.makeStoreWithInquiry()
        let received = ReceivedBundle(
            id: .numbered(1),
            partner: .numbered(1),
            manifest: String(repeating: "a", count: 64),
            bundle: .numbered(1),
            number: RecordRequest.filed().number,
            receivedAt: .noon("2026-05-20"),
            sealedBytes: 12,
            sealedSHA256: String(repeating: "b", count: 64),
            files: [.init(byteCount: 3, sha256: String(repeating: "c", count: 64))]
        )
        try await store.write { try $0.save(RecordBundle.answered()) }
        await #expect(throws: StorageFailure.self) {
            try await store.write { try $0.save(received) }
        }
        try await store.write { session in
            try session.save(Self.partner(1, "oak"))
            try session.save(received)
        }
        let found = try await store.read { try $0.receivedBundle(manifest: received.manifest) }
        #expect(found == received)
        let other = try await store.read {
            try $0.receivedBundle(manifest: String(repeating: "d", count: 64))
        }
        #expect(other == nil)
        #expect(try await store.read { try $0.receivedBundle(received.id) } == received)
        #expect(try await store.read { try $0.receivedBundle(.numbered(2)) } == nil)
        await #expect(throws: StoreConflict("received bundle")) {
            try await store.write { session in
                try session.save(
                    ReceivedBundle(
                        id: received.id,
                        partner: .numbered(1),
                        manifest: String(repeating: "e", count: 64),
                        bundle: .numbered(1),
                        number: received.number,
                        receivedAt: received.receivedAt,
                        sealedBytes: 1,
                        sealedSHA256: received.sealedSHA256,
                        files: []
                    )
                )
            }
        }
        await #expect(throws: StoreConflict("received bundle")) {
            try await store.write { session in
                try session.save(
                    ReceivedBundle(
                        id: .numbered(2),
                        partner: .numbered(1),
                        manifest: received.manifest,
                        bundle: .numbered(1),
                        number: received.number,
                        receivedAt: received.receivedAt,
                        sealedBytes: 1,
                        sealedSHA256: received.sealedSHA256,
                        files: []
                    )
                )
            }
        }
    }
}
