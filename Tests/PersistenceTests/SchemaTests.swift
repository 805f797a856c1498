import Casework
import Persistence
import RecordExchange
import SQLiteDatabase
import TestSupport
import Testing

@Suite("The schema knows every word of the domain")
struct SchemaTests {
    /// A migration is never edited, so its lists are literals; a new case must get a new step.
    static let lists: [(table: String, column: String, values: [String])] = [
        ("requests", "conclusion", RecordRequest.Conclusion.Kind.allCases.map(\.rawValue)),
        ("inquiries", "status", Inquiry.Status.allCases.map(\.rawValue)),
        ("deliveries", "way", Delivery.Way.allCases.map(\.rawValue)),
        ("deliveries", "status", Delivery.Status.allCases.map(\.rawValue)),
        ("contacts", "role", Contact.Role.allCases.map(\.rawValue)),
        ("accounts", "status", StaffAccount.Status.allCases.map(\.rawValue)),
        ("account_memberships", "role", StaffRole.allCases.map(\.rawValue)),
        ("near_matches", "status", NearMatch.Status.allCases.map(\.rawValue)),
        ("person_doubts", "status", PersonDoubt.Status.allCases.map(\.rawValue)),
        ("person_proposals", "status", PersonProposal.Status.allCases.map(\.rawValue)),
        ("feed_uploads", "status", FeedUpload.Status.allCases.map(\.rawValue)),
        ("feed_drops", "status", FeedDrop.Status.allCases.map(\.rawValue)),
        ("worklist", "band", GradeBand.allCases.map(\.rawValue)),
        ("worklist", "step", QueueStep.allCases.map(\.rawValue)),
        ("effects", "status", Effect.Status.allCases.map(\.rawValue)),
        ("effects", "kind", ["mail", "digest", "assemble", "push", "webhook"]),
    ]

    @Test(arguments: lists.indices)
    func `a list of values in the schema is that of the enum`(index: Int) async throws {
        let (table, column, values) = Self.lists[index]
        let database = try TestDatabase()
        try await Migrator().migrate(database.file)

        let schema = try await database.file.read { session in
            try session.query(
                "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = $1",
                [table]
            ).first?.text("sql") ?? ""
        }

        let list = try #require(
            schema.firstRange(of: "CHECK (\(column) IN (").map { schema[$0.upperBound...] }
        )
        let end = try #require(list.firstIndex(of: ")"))
        let found = list[..<end].split(separator: ",").map { item in
            item.filter { !$0.isWhitespace && $0 != "'" }
        }
        #expect(Set(found) == Set(values))
    }

    @Test
    func `a level of the clock fits the queue`() {
        #expect(ClockLevel.allCases.map(\.rawValue) == [0, 1, 2, 3, 4])
    }
}
