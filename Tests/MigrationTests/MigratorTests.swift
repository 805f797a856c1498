import Casework
import Foundation
import Persistence
import SQLiteDatabase
import TestSupport
import Testing

@Suite("The schema's steps")
struct MigratorTests {
    @Test
    func `a new database gets every step once`() async throws {
        let database = try StepDatabase()

        let first = try await Migrator().migrate(database.file)
        let second = try await Migrator().migrate(database.file)

        #expect(first == Array(1...Migration.all.count))
        #expect(second.isEmpty)
    }

    @Test
    func `steps are numbered without gaps and named apart`() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
        #expect(Set(Migration.all.map(\.name)).count == Migration.all.count)
    }

    @Test(arguments: Migration.all.indices)
    func `a step leaves the rows of the steps before it as they were`(
        index: Int
    ) async throws {
        let database = try StepDatabase()
        try await Migrator(migrations: Array(Migration.all.prefix(index))).migrate(database.file)
        for step in 1..<(index + 1) { try await database.insertSamples(ofStep: step) }
        let before = try await database.contents()

        let run = try await Migrator(migrations: Array(Migration.all.prefix(index + 1)))
            .migrate(database.file)

        #expect(run == [index + 1])
        let after = try await database.contents()
        for (table, rows) in before where table != "schema_steps" {
            let old = rows.first.map { Set($0.keys) } ?? []
            let kept = after[table]?.map { row in row.filter { old.contains($0.key) } }
            #expect(kept == rows, "\(table)")
            #expect(!rows.isEmpty, "\(table) was empty, so nothing was tried")
        }
        #expect(try await database.file.verify().isEmpty)
    }

    @Test
    func `every table of the newest schema has a sample row`() async throws {
        let database = try StepDatabase()
        try await Migrator().migrate(database.file)
        for step in Migration.all.map(\.number) { try await database.insertSamples(ofStep: step) }

        for (table, rows) in try await database.contents() {
            #expect(!rows.isEmpty, "\(table) has no sample in samples(ofStep:)")
        }
    }

    @Test
    func `a newer database is refused in a clear sentence and not touched`() async throws {
        let database = try StepDatabase()
        let known = Migration.all.count
        let newer = Migration(number: known + 1, name: "later") { _ in "CREATE TABLE later(x);" }
        try await Migrator(migrations: Migration.all + [newer]).migrate(database.file)
        let before = try await database.contents()

        let error = await #expect(throws: StorageFailure.self) {
            try await Migrator().migrate(database.file)
        }

        #expect(error == .newerStore(found: known + 1, known: known))
        #expect(error?.description.contains("newer mochila") == true)
        #expect(try await database.contents() == before)
    }

    @Test
    func `a database of another program is refused`() async throws {
        let database = try StepDatabase()
        let other = Migration(number: 1, name: "invoices") { _ in "CREATE TABLE invoices(x);" }
        try await Migrator(migrations: [other]).migrate(database.file)

        await #expect(throws: StorageFailure.self) {
            try await Migrator().migrate(database.file)
        }

        #expect(Set(try await database.contents().keys) == ["invoices", "schema_steps"])
    }

    @Test
    func `a step that fails leaves nothing of itself and keeps those before it`() async throws {
        let database = try StepDatabase()
        let broken = Migration(number: Migration.all.count + 1, name: "broken") { _ in
            "CREATE TABLE half(x); INSERT INTO half VALUES (1); CREATE TABLE half(x);"
        }

        await #expect(throws: StorageFailure.self) {
            try await Migrator(migrations: Migration.all + [broken]).migrate(database.file)
        }

        #expect(try await database.contents()["half"] == nil)
        #expect(try await Migrator().migrate(database.file).isEmpty)
    }

    @Test
    func `a database without our steps is refused and left alone`() async throws {
        let database = try StepDatabase()
        try await database.file.write { try $0.run(script: "CREATE TABLE invoices(x);") }

        let error = await #expect(throws: StorageFailure.self) {
            try await Migrator().migrate(database.file)
        }

        guard case .foreignStore = error else {
            Issue.record("refused for another reason: \(String(describing: error))")
            return
        }
        #expect(Set(try await database.contents().keys) == ["invoices"])
    }

    @Test
    func `two processes that start at once do each step once`() async throws {
        let database = try StepDatabase()
        let second = try SQLiteFile(path: database.file.path)

        async let mine = Migrator().migrate(database.file)
        async let theirs = Migrator().migrate(second)
        let steps = try await mine + theirs

        #expect(steps.sorted() == Array(1...Migration.all.count))
        #expect(try await Migrator().migrate(database.file).isEmpty)
    }

    @Test
    func `a process that misses its turn waits as long as the other gets on`() async throws {
        let database = try StepDatabase()
        let half = Array(Migration.all.prefix(9))
        let contested = ContestedDatabase(database.file) { refusals in
            // The other process does one more step after every fifth refusal.
            guard refusals.isMultiple(of: 5), refusals / 5 <= half.count else { return }
            try await Migrator(migrations: Array(half.prefix(refusals / 5)))
                .migrate(database.file)
        }
        contested.refuse(45)

        let steps = try await Migrator().migrate(contested)

        #expect(steps == Array((half.count + 1)...Migration.all.count))
    }

    @Test
    func `a database that stays busy is given up, with nothing of it changed`() async throws {
        let database = try StepDatabase()
        let contested = ContestedDatabase(database.file) { _ in }
        contested.refuse(.max)

        await #expect(throws: StorageFailure.busy) { try await Migrator().migrate(contested) }

        #expect(contested.refused < 20)
        #expect(try await database.contents().isEmpty)
    }
}
