import Casework
import Foundation
import Persistence
import RecordExchange
import SQLiteDatabase
import TestSupport
import Testing

@Suite("Backup and restore")
struct BackupTests {
    @Test
    func `a restored backup holds what was on file, and passes every check`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        for number in 1...10 { try await store.write { try $0.saveWholeCase(number) } }

        try await database.file.backup(to: database.path("backup.sqlite"))
        try await store.write { try $0.saveWholeCase(11) }
        try SQLiteFile.restore(
            from: database.path("backup.sqlite"),
            to: database.path("restored.sqlite")
        )

        let restored = try await SQLCaseStore.opened(
            SQLiteFile(path: database.path("restored.sqlite")),
            fields: ScramblingFields()
        )
        #expect(try SQLiteFile.verify(fileAt: database.path("backup.sqlite")).isEmpty)
        #expect(try await restored.verify().isEmpty)
        #expect(try await restored.read { try $0.request(.numbered(10)) } != nil)
        #expect(try await restored.read { try $0.request(.numbered(11)) } == nil)
    }

    @Test
    func `a backup taken under load is of one moment`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 1...200 { try await store.write { try $0.saveWholeCase(number) } }
            }
            group.addTask { try await database.file.backup(to: database.path("b.sqlite")) }
            try await group.waitForAll()
        }

        let copy = try await SQLCaseStore.opened(
            SQLiteFile(path: database.path("b.sqlite")),
            fields: ScramblingFields()
        )
        #expect(try await copy.verify().isEmpty)
        for request in try await copy.read({
            try $0.requests(from: School.oak.id, open: true, limit: 999)
        }) {
            // Every case was written whole, so it is in the copy whole.
            #expect(try await copy.read { try $0.events(of: request.id).count } == 1)
            #expect(try await copy.read { try $0.disclosures(of: request.id).count } == 1)
        }
    }

    @Test
    func `nothing is ever overwritten`() async throws {
        let database = try TestDatabase()
        _ = try await database.openedStore()
        try await database.file.backup(to: database.path("b.sqlite"))
        let bytes = try Data(contentsOf: URL(filePath: database.path("b.sqlite")))

        await #expect(throws: StorageFailure.self) {
            try await database.file.backup(to: database.path("b.sqlite"))
        }
        #expect(throws: StorageFailure.self) {
            try SQLiteFile.restore(
                from: database.path("b.sqlite"),
                to: database.path("mochila.sqlite")
            )
        }

        #expect(try Data(contentsOf: URL(filePath: database.path("b.sqlite"))) == bytes)
        #expect(try await database.file.verify().isEmpty)
    }

    @Test
    func `a damaged backup is not restored`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        for number in 1...30 { try await store.write { try $0.saveWholeCase(number) } }
        try await database.file.backup(to: database.path("b.sqlite"))
        var bytes = try Data(contentsOf: URL(filePath: database.path("b.sqlite")))
        for position in 8_192..<12_288 { bytes[position] = 0xA5 }
        try bytes.write(to: URL(filePath: database.path("bad.sqlite")))

        #expect(throws: StorageFailure.self) {
            try SQLiteFile.restore(
                from: database.path("bad.sqlite"),
                to: database.path("restored.sqlite")
            )
        }

        #expect(!FileManager.default.fileExists(atPath: database.path("restored.sqlite")))
        #expect(!FileManager.default.fileExists(atPath: database.path("restored.sqlite.part")))
    }

    @Test
    func `a backup that is not there cannot be checked`() throws {
        let database = try TestDatabase()

        #expect(throws: StorageFailure.self) {
            _ = try SQLiteFile.verify(fileAt: database.path("none.sqlite"))
        }
        #expect(!FileManager.default.fileExists(atPath: database.path("none.sqlite")))
    }
}
