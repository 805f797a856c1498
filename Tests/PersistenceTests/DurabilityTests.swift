import Casework
import Foundation
import Persistence
import RecordExchange
import SQLiteDatabase
import StudentRecords
import TestSupport
import Testing
import Vocabulary

@Suite("What is acknowledged stays")
struct DurabilityTests {
    @Test
    func `everything is there after closing and opening again`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { try $0.saveWholeCase() }
        try database.file.close()

        let again = try await SQLCaseStore.opened(
            SQLiteFile(path: database.file.path),
            fields: ScramblingFields()
        )

        let found = try await again.read { session in
            (
                try session.request(.numbered(1)), try session.events(of: .numbered(1)).count,
                try session.disclosures(of: .numbered(1)).count, try session.nextTimer()
            )
        }
        #expect(found.0?.student.name.given == "Paloma")
        #expect(found.1 == 1)
        #expect(found.2 == 1)
        #expect(found.3 == .noon("2026-05-20"))
        #expect(try await again.verify().isEmpty)
    }

    @Test
    func `a process that dies after the answer loses nothing`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        for number in 1...20 { try await store.write { try $0.saveWholeCase(number) } }

        // What a dead process leaves behind: the files as they are, nothing closed.
        let copy = try TestDatabase.copyOfFiles(of: database)
        let after = try await SQLCaseStore.opened(copy, fields: ScramblingFields())

        for number in 1...20 {
            #expect(try await after.read { try $0.request(.numbered(number)) } != nil)
        }
        #expect(try await copy.verify().isEmpty)
    }

    @Test(arguments: [
        ("synchronous", SQLValue.integer(2)), ("journal_mode", .text("wal")),
        ("foreign_keys", .integer(1)), ("recursive_triggers", .integer(1)),
        ("secure_delete", .integer(1)), ("temp_store", .integer(2)),
        ("trusted_schema", .integer(0)),
    ])
    func `the writer's connection is set for keeps`(
        setting: String,
        value: SQLValue
    ) async throws {
        let database = try TestDatabase()

        let found = try await database.file.write { session in
            try session.query("PRAGMA \(setting)").first?.values
        }

        #expect(found == [value])
    }

    @Test
    func `only the owner can read the files`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { try $0.saveWholeCase() }
        try await database.file.backup(to: database.path("backup.sqlite"))

        let names = try FileManager.default.contentsOfDirectory(atPath: database.folder.path)

        #expect(names.contains("mochila.sqlite-wal"))
        for name in names {
            let attributes = try FileManager.default.attributesOfItem(atPath: database.path(name))
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test
    func `a file that is no database is refused and left alone`() throws {
        let database = try TestDatabase()
        let path = database.path("letter.txt")
        let letter = Data("Dear Records Office, ".utf8) + Data(repeating: 46, count: 8_192)
        try letter.write(to: URL(filePath: path))

        let error = #expect(throws: StorageFailure.self) { _ = try SQLiteFile(path: path) }

        guard case .damaged = error else {
            Issue.record("a letter is no database: \(String(describing: error))")
            return
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == letter)
    }

    @Test
    func `a folder that is not there is named`() throws {
        let error = #expect(throws: StorageFailure.self) {
            _ = try SQLiteFile(path: "/nonexistent/mochila.sqlite")
        }

        #expect(error?.description.contains("/nonexistent/mochila.sqlite") == true)
    }
}

extension TestDatabase {
    /// A second database made of the first one's files as they lie on the disk.
    static func copyOfFiles(of database: TestDatabase) throws -> SQLiteFile {
        let folder = database.folder.appending(path: "copy")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["mochila.sqlite", "mochila.sqlite-wal"] {
            try FileManager.default.copyItem(
                at: database.folder.appending(path: name),
                to: folder.appending(path: name)
            )
        }
        return try SQLiteFile(path: folder.appending(path: "mochila.sqlite").path)
    }
}
