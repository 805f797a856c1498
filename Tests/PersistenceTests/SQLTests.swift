import Casework
import Persistence
import SQLiteDatabase
import TestSupport
import Testing
import Vocabulary

@Suite("One SQL text")
struct SQLTests {
    @Test
    func `placeholders may repeat and stand in any order`() async throws {
        let database = try TestDatabase()

        let row = try await database.file.read { session in
            try session.query("SELECT $2 AS a, $1 AS b, $2 AS c", ["one", 2]).first
        }

        #expect(row?.values == [.integer(2), .text("one"), .integer(2)])
        #expect(row?.columns == ["a", "b", "c"])
    }

    @Test(arguments: [
        SQLValue.null, .integer(.min), .integer(.max), .real(-0.5), .text(""),
        .text("a'b\u{301}\u{1F}"), .blob([0, 255]),
    ])
    func `every value survives the way there and back`(value: SQLValue) async throws {
        let database = try TestDatabase()

        let row = try await database.file.read { try $0.query("SELECT $1 AS v", [value]).first }

        #expect(row?["v"] == value)
    }

    @Test
    func `a text that would come back cut off is refused`() async throws {
        let database = try TestDatabase()

        await #expect(throws: StorageFailure.self) {
            try await database.file.read { try $0.query("SELECT $1", ["a\u{0}b"]) }
        }
    }

    @Test
    func `yes and no are read back from an engine without a boolean type`() async throws {
        let database = try TestDatabase()

        let row = try #require(
            try await database.file.read { session in
                try session.query("SELECT $1 AS yes, $2 AS no, 2 AS neither", [true, false]).first
            }
        )

        #expect(try row.boolean("yes"))
        #expect(try !row.boolean("no"))
        #expect(throws: StorageFailure.self) { _ = try row.boolean("neither") }
    }

    @Test
    func `a column of another type is refused, not guessed`() {
        let row = SQLRow(
            columns: ["t", "i", "n", "b"],
            values: [.text("x"), .integer(1), .null, .blob([1])]
        )

        #expect(throws: StorageFailure.self) { _ = try row.integer("t") }
        #expect(throws: StorageFailure.self) { _ = try row.text("i") }
        #expect(throws: StorageFailure.self) { _ = try row.text("n") }
        #expect(throws: StorageFailure.self) { _ = try row.blob("t") }
        #expect(throws: StorageFailure.self) { _ = try row.instant("n") }
        #expect(throws: StorageFailure.self) { _ = try row.text("absent") }
        #expect(throws: StorageFailure.self) { _ = try row.optionalText("absent") }
        #expect(throws: StorageFailure.self) { _ = try row.parsed("t") { SchoolID($0) } }
        #expect(throws: Never.self) { try #expect(row.optionalText("n") == nil) }
        #expect(throws: Never.self) { try #expect(row.optionalInteger("n") == nil) }
        #expect(throws: Never.self) { try #expect(row.optionalBlob("n") == nil) }
        #expect(throws: Never.self) { try #expect(row.optionalInstant("n") == nil) }
    }

    @Test(arguments: [
        "CREATE TABLE t(x)", "DELETE FROM t", "PRAGMA user_version = 5",
        "INSERT INTO t VALUES (1) RETURNING x",
    ])
    func `no statement changes anything inside a read`(statement: String) async throws {
        let database = try TestDatabase()
        try await database.tamper("CREATE TABLE IF NOT EXISTS t(x)")

        await #expect(throws: StorageFailure.changeInsideRead) {
            try await database.file.read { try $0.execute(statement) }
        }
        await #expect(throws: StorageFailure.changeInsideRead) {
            try await database.file.read { try $0.run(script: statement) }
        }
    }

    @Test
    func `a change that returns rows is no read either`() async throws {
        let database = try TestDatabase()
        try await database.tamper("CREATE TABLE t(x)")

        await #expect(throws: StorageFailure.changeInsideRead) {
            try await database.file.read { try $0.query("INSERT INTO t VALUES (1) RETURNING x") }
        }

        let rows = try await database.file.read { try $0.query("SELECT x FROM t") }
        #expect(rows.isEmpty)
    }

    @Test
    func `a taken value names the rule's columns`() async throws {
        let database = try TestDatabase()
        try await database.tamper(
            "CREATE TABLE t(x, y, UNIQUE (x, y)); INSERT INTO t VALUES (1, 2)"
        )

        let error = await #expect(throws: UniquenessViolation.self) {
            try await database.file.write { try $0.execute("INSERT INTO t VALUES (1, 2)") }
        }

        #expect(error?.columns == ["t.x", "t.y"])
    }

    @Test(arguments: Dialect.allCases)
    func `every engine is told how to keep an append-only table`(dialect: Dialect) {
        let script = dialect.appendOnly("audit")

        #expect(script.contains("UPDATE"))
        #expect(script.contains("DELETE"))
        #expect(script.contains("audit is append-only"))
    }

    @Test(arguments: [
        StorageFailure.diskFull, .busy, .damaged("page 3"), .newerStore(found: 9, known: 5),
        .foreignStore("x"), .changeInsideRead, .refusedBySchema("x"),
        .unreadable(table: "requests", id: "7"), .unreachable("x"), .engine(code: 1, "x"),
    ])
    func `every failure is a sentence`(failure: StorageFailure) {
        let text = failure.description

        #expect(text.first?.isUppercase == true)
        #expect(text.hasSuffix("."))
        #expect(text.split(separator: " ").count >= 5)
    }
}
