import Casework
import Persistence
import RecordExchange
import SQLiteDatabase
import TestSupport
import Testing
import Vocabulary

@Suite("A slip without a key") struct SlipDigestTests {
    /// Fields of an installation that has lost the keys for digests.
    private struct Keyless: FieldProtection {
        let fields = ScramblingFields()

        func protect(_ plaintext: [UInt8], context: String) throws -> [UInt8] {
            try fields.protect(plaintext, context: context)
        }

        func reveal(_ ciphertext: [UInt8], context: String) throws -> [UInt8] {
            try fields.reveal(ciphertext, context: context)
        }

        func digests(of text: String, context: String) throws -> [[UInt8]] { [] }
    }

    @Test func `it is not made, rather than printed and found by nobody`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { session in
            try session.save(RecordRequest.filed(1))
            try session.save(StaffAccount.sample(1))
        }
        let keyless = SQLCaseStore(database.file, fields: Keyless())
        let slip = FamilySlip(
            request: .numbered(1),
            issuedBy: .numbered(1),
            issuedAt: .noon("2026-05-18")
        )

        await #expect(throws: StorageFailure.self) {
            try await keyless.write { try $0.save(slip, key: String(repeating: "1", count: 64)) }
        }

        #expect(try await store.read { try $0.slip(of: .numbered(1)) } == nil)
    }
}
