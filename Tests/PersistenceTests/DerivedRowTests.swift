import Casework
import Persistence
import RecordExchange
import SQLiteDatabase
import TestSupport
import Testing
import Vocabulary

@Suite("Lists are derived from what is on file")
struct DerivedRowTests {
    @Test
    func `a store from before the lists is filled when it is opened`() async throws {
        let database = try TestDatabase()
        var store = try await database.openedStore()
        try await store.write { session in
            for number in 1...1_203 { try session.save(RecordRequest.filed(number)) }
            try session.save(Inquiry.asked())
        }
        for table in ["worklist", "request_rows", "report_rows", "derived_tables"] {
            try await database.tamper("DELETE FROM \(table)")
        }
        #expect(try await store.verify().count == 1_203 * 3)

        store = try await database.openedStore()

        #expect(try await store.verify().isEmpty)
        let counts = try await store.read { try $0.requestCounts(from: School.oak.id) }
        #expect(counts == [.endOfLocations: 1_202, .requested: 1])
    }

    @Test
    func `what was sealed before its digest was kept is found after the next start`() async throws {
        let database = try TestDatabase()
        var store = try await database.openedStore()
        try await store.write { session in
            try session.save(RecordRequest.filed())
            try session.save(Inquiry.asked())
            var bundle = RecordBundle.answered()
            bundle.seal = .init(byteCount: 9, sha256: "aa", recipients: [])
            try session.save(bundle)
        }
        try await database.tamper("DELETE FROM sealed_digests")
        try await database.tamper("UPDATE derived_tables SET version = version - 1")
        #expect(try await store.verify().count == 1)

        store = try await database.openedStore()

        #expect(try await store.verify().isEmpty)
        #expect(try await store.read { try $0.bundle(sealedAs: "aa")?.id } == .numbered(1))
        // A row that was changed finds nothing that it should not.
        try await database.tamper("UPDATE sealed_digests SET digest = 'bb'")
        #expect(try await store.read { try $0.bundle(sealedAs: "bb") } == nil)
        #expect(try await store.verify().first?.hasPrefix("sealed_digests ") == true)
    }

    @Test
    func `filling that was cut goes on where it stopped`() async throws {
        let database = try TestDatabase()
        var store = try await database.openedStore()
        try await store.write { session in
            for number in 1...20 { try session.save(RecordRequest.filed(number)) }
        }
        let tenth = Identifier<Never>.numbered(10)
        try await database.tamper("DELETE FROM worklist WHERE request > '\(tenth)'")
        try await database.tamper("DELETE FROM request_rows WHERE request > '\(tenth)'")
        try await database.tamper("DELETE FROM report_rows WHERE request > '\(tenth)'")
        try await database.tamper("UPDATE derived_tables SET filled_to = '\(tenth)'")

        store = try await database.openedStore()

        #expect(try await store.verify().isEmpty)
    }

    @Test(arguments: [
        "UPDATE worklist SET due = 1", "UPDATE worklist SET is_told = TRUE",
        "UPDATE worklist SET step = 'promised'",
        "DELETE FROM worklist", "UPDATE request_rows SET stage = 'sent'",
        "UPDATE request_rows SET student = x'00'", "DELETE FROM request_rows",
        "UPDATE report_rows SET stop = 'arrived'", "UPDATE report_rows SET student = 1",
        "UPDATE report_rows SET minutes = 1", "DELETE FROM report_rows",
    ])
    func `a list that was changed by other hands is found`(statement: String) async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { session in
            try session.save(RecordRequest.filed())
            try session.save(Inquiry.asked())
        }
        #expect(try await store.verify().isEmpty)

        try await database.tamper(statement)

        let tables = ["worklist", "request_rows", "report_rows"]
        let table = tables.first { statement.contains($0) } ?? ""
        let problems = try await store.verify()
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("\(table) \(Identifier<Never>.numbered(1)):") == true)
    }

    @Test
    func `a request that does not open stops neither the start nor the others`() async throws {
        let database = try TestDatabase()
        var store = try await database.openedStore()
        try await store.write { session in
            for number in 1...3 { try session.save(RecordRequest.filed(number)) }
        }
        let second = Identifier<Never>.numbered(2)
        try await database.tamper("UPDATE requests SET body = x'01' WHERE id = '\(second)'")
        for table in ["worklist", "request_rows", "report_rows", "derived_tables"] {
            try await database.tamper("DELETE FROM \(table)")
        }

        store = try await database.openedStore()

        let counts = try await store.read { try $0.requestCounts(from: School.oak.id) }
        #expect(counts == [.endOfLocations: 2])
        #expect(try await store.verify() == ["requests \(second): the row does not open"])
    }

    @Test
    func `nothing in the lists says who the student is`() async throws {
        let database = try TestDatabase()
        let store = try await database.openedStore()
        try await store.write { session in
            try session.save(RecordRequest.filed())
            try session.save(Inquiry.asked())
        }

        for table in ["worklist", "request_rows", "report_rows"] {
            let text = try await database.file.read { session in
                try session.query("SELECT * FROM \(table)").map { "\($0.values)" }.joined()
            }
            #expect(!text.isEmpty)
            for word in ["paloma", "prueba", "ejemplo", "2011-03-09", "Paloma"] {
                #expect(!text.contains(word))
            }
        }
    }
}
