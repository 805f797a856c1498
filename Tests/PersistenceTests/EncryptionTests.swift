import Casework
import Foundation
import Persistence
import RecordExchange
import RecordLocator
import SQLiteDatabase
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("The database never sees a student")
struct EncryptionTests {
    /// Planted wherever a person can write a name, each with its own ending.
    private static let canary = "Zopilotzin"

    @Test
    func `no planted name is in the file, the journal or the backup`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { try $0.saveWholeCase(student: Self.canary) }
        try await store.write { session in
            // Changed, withdrawn and deleted rows must not stay behind either.
            try session.save(
                RecordRequest.filed(student: .sample(given: Self.canary)).concluded()
            )
            try session.save(
                Inquiry.asked(2, sequence: 2).after(
                    .open,
                    .ask,
                    facts: .init(note: Self.canary)
                )
            )
            var effect = try #require(try session.effect(.numbered(1)))
            effect.status = .done
            try session.save(effect)
            try session.deleteDraft(.numbered(1))
            try session.withdrawEntry(.numbered(1))
            try session.save([School.oak])
            var account = StaffAccount.sample(1)
            account.oneTimeSecret = Array(Self.canary.utf8)
            try session.save(account)
        }
        try await database.file.backup(to: database.path("backup.sqlite"))

        let bytes = try database.allBytes()

        // The search itself works: what may be seen is found.
        #expect(bytes.range(of: Data("Oak School".utf8)) != nil)
        #expect(bytes.range(of: Data(Self.canary.utf8)) == nil)
        #expect(bytes.range(of: Data("Prueba".utf8)) == nil)
        #expect(bytes.range(of: Data("2011-03-09".utf8)) == nil)
    }

    @Test
    func `the link and code in a waiting mail cannot be read`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { session in
            try session.enqueue(
                Effect(
                    id: .numbered(1),
                    work: .mail(.sample(text: "code 4711-0815"), about: .init(letter: "ask")),
                    due: .noon("2026-05-18")
                )
            )
        }

        #expect(try database.allBytes().range(of: Data("4711-0815".utf8)) == nil)
    }

    static let sealed = [
        "requests", "inquiries", "bundles", "deliveries", "drafts", "effects", "timeline",
        "locator_entries",
    ]

    @Test(arguments: sealed)
    func `a body that was moved to another row does not open`(table: String) async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { session in
            try session.saveWholeCase(1)
            try session.saveWholeCase(2)
        }
        #expect(try await store.verify().isEmpty)
        let first = Identifier<Never>.numbered(1)
        let second = Identifier<Never>.numbered(2)

        try await database.tamper(
            """
            UPDATE \(table) SET body = (SELECT body FROM \(table) WHERE id = '\(second)')
            WHERE id = '\(first)'
            """
        )

        #expect(try await store.verify() == ["\(table) \(first): the row does not open"])
    }

    @Test
    func `a row under another key says which row, and nothing of it`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { try $0.saveWholeCase() }
        let other = SQLCaseStore(database.file, fields: ScramblingFields(key: 2))
        let id = RecordRequest.ID.numbered(1)

        let error = await #expect(throws: StorageFailure.self) {
            try await other.read { try $0.request(id) }
        }

        #expect(error == .unreadable(table: "requests", id: id.description))
    }

    @Test
    func `an authenticator secret does not open in another account`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { session in
            for number in 1...2 {
                var account = StaffAccount.sample(number)
                account.oneTimeSecret = [UInt8](repeating: UInt8(number), count: 20)
                try session.save(account)
            }
        }

        try await database.tamper(
            """
            UPDATE accounts SET one_time_secret =
                (SELECT one_time_secret FROM accounts WHERE id = '\(StaffID.numbered(2))')
            WHERE id = '\(StaffID.numbered(1))'
            """
        )

        await #expect(throws: StorageFailure.self) {
            try await store.read { try $0.account(.numbered(1)) }
        }
        #expect(try await store.read { try $0.account(.numbered(2)) } != nil)
    }
}
