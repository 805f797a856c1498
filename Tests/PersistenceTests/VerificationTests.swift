import Casework
import Foundation
import Persistence
import RecordExchange
import SQLiteDatabase
import SeededNumbers
import TestSupport
import Testing
import Vocabulary

@Suite("Rows that other hands changed are found")
struct VerificationTests {
    /// A column that repeats what is in the body, and a value the schema would accept.
    static let forgeries = [
        ("requests", "requester", "'530000300003'"), ("requests", "filed_at", "1"),
        ("requests", "requester_state", "'WA'"), ("requests", "filed_by", "id"),
        ("inquiries", "holder", "'gateway'"), ("inquiries", "asked_at", "1"),
        ("inquiries", "queue_level", "4"), ("inquiries", "sequence", "9"),
        ("inquiries", "school", "'530000300003'"), ("inquiries", "holder_state", "'WA'"),
        ("inquiries", "status", "'timedOut'"),
        ("bundles", "holder", "'gateway'"), ("bundles", "answered_at", "1"),
        ("deliveries", "recipient", "'gateway'"), ("deliveries", "status", "'receiptGood'"),
        ("drafts", "owner", "id"), ("effects", "due", "1"), ("effects", "kind", "'push'"),
        ("effects", "status", "'done'"), ("effects", "is_troubled", "TRUE"),
        ("timeline", "at", "1"),
    ]

    @Test(arguments: forgeries)
    func `a changed column is named`(table: String, column: String, value: String) async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { try $0.saveWholeCase() }

        try await database.tamper("UPDATE \(table) SET \(column) = \(value)")

        let id = Identifier<Never>.numbered(1)
        #expect(try await store.verify() == ["\(table) \(id): column \(column) was changed"])
    }

    @Test
    func `a flipped bit in any byte of any body is found`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { try $0.saveWholeCase() }
        var random = SeededGenerator(seed: 20_260_518)

        for round in 0..<60 {
            let table = EncryptionTests.sealed[round % EncryptionTests.sealed.count]
            let bytes = try await database.file.read { session in
                try session.query("SELECT body FROM \(table)").first?.blob("body") ?? []
            }
            var changed = bytes
            let position = Int(random.next() % UInt64(bytes.count))
            changed[position] ^= 1 << UInt8(random.next() % 8)

            _ = try await database.file.write { [changed] session in
                try session.execute("UPDATE \(table) SET body = $1", [changed])
            }
            let problems = try await store.verify()
            #expect(problems.count == 1, "\(table), byte \(position)")

            _ = try await database.file.write { session in
                try session.execute("UPDATE \(table) SET body = $1", [bytes])
            }
        }
        #expect(try await store.verify().isEmpty)
    }

    @Test(arguments: [
        "UPDATE audit SET actor = 'operator'", "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT sequence, at, 'x', action, subject, detail, hash FROM audit",
        "UPDATE disclosures SET at = 1", "DELETE FROM disclosures",
        "INSERT OR REPLACE INTO disclosures SELECT position, id, request, bundle, holder, 1, body FROM disclosures",
    ])
    func `the logs take new rows and nothing else`(statement: String) async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { session in
            try session.saveWholeCase()
            try session.append(
                AuditEntry(
                    sequence: 1,
                    at: .noon("2026-05-18"),
                    actor: "system",
                    action: "a.b",
                    subject: "1",
                    detail: "",
                    hash: ReferenceSHA256.digest(of: [])
                )
            )
        }

        let error = await #expect(throws: StorageFailure.self) {
            try await database.tamper(statement)
        }

        guard case .refusedBySchema(let rule) = error else {
            Issue.record("refused for another reason: \(String(describing: error))")
            return
        }
        #expect(rule.contains("append-only"))
    }

    @Test(arguments: [
        "INSERT INTO timers(inquiry, due) VALUES ('00000000000000000000000099', 1)",
        "UPDATE inquiries SET request = '00000000000000000000000099'",
        "DELETE FROM requests", "DELETE FROM inquiries",
        "UPDATE inquiries SET status = 'lost'", "UPDATE inquiries SET is_live = NOT is_live",
        "UPDATE requests SET is_open = FALSE", "UPDATE requests SET body = x''",
        "UPDATE requests SET number = NULL", "UPDATE inquiries SET queue_level = 5",
        "UPDATE effects SET kind = 'telegram'", "UPDATE deliveries SET way = 'pigeon'",
        "UPDATE links SET wrong_codes = -1", "UPDATE links SET token_digest = 'short'",
    ])
    func `the schema refuses what no use case would write`(statement: String) async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { try $0.saveWholeCase() }

        let error = await #expect(throws: StorageFailure.self) {
            try await database.tamper(statement)
        }

        guard case .refusedBySchema = error else {
            Issue.record("refused for another reason: \(String(describing: error))")
            return
        }
        #expect(try await store.verify().isEmpty)
    }
}
