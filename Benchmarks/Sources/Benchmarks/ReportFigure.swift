import Casework
import Persistence
import RecordExchange
import SQLiteDatabase
import Sealing
import TestSupport
import Vocabulary

/// A report over many requests: of a state on both sides, and of the whole gateway.
struct ReportFigure {
    let folder: String
    let templates: String
    let count = 100_000
    let rounds = 9

    struct Result {
        /// Milliseconds of the server, median of the rounds.
        var state = 0.0
        var everything = 0.0
    }

    private struct Surprise: Error {}

    private static let first = CivilDate(dayNumber: 20_635)
    private static let watcher = StaffAccount(
        id: .numbered(77),
        email: .of("state", at: "education"),
        name: "Selma Estado",
        title: "State contact",
        memberships: [
            .init(role: .stateContact, organization: .state(.texas)),
            .init(role: .administrator, organization: .gateway),
        ],
        status: .active,
        createdAt: .noon("2026-01-12")
    )

    func run() async throws -> Result {
        let database = try SQLiteFile(path: "\(folder)/report.sqlite")
        let store = try await SQLCaseStore.opened(
            database,
            fields: FieldCipher(keys: MasterKeys.ephemeral())
        )
        let desk = try FilingBench.desk(over: store, templates: templates)
        try await plant(in: database, store)
        var result = Result()
        result.state = try await median(of: .state(.texas), at: desk, asked: count)
        result.everything = try await median(of: .gateway, at: desk, asked: count)
        return result
    }

    private func median(
        of scope: RequestReport.Scope,
        at desk: Desk,
        asked: Int
    ) async throws -> Double {
        let period = ReportPeriod(schoolYearOf: Self.first)
        let clock = ContinuousClock()
        var taken: [Double] = []
        for _ in 0..<rounds {
            let start = clock.now
            let report = try await desk.report(scope, period, by: Actor(Self.watcher))
            let (seconds, attoseconds) = (clock.now - start).components
            taken.append(Double(seconds) * 1_000 + Double(attoseconds) * 1e-15)
            guard report.sides.first?.figures?.count == asked else { throw Surprise() }
        }
        return taken.median
    }

    /// All asked for by 500 schools of Texas in one year, a third of them within the state; four of
    /// five came.
    private func plant(in database: SQLiteFile, _ store: SQLCaseStore) async throws {
        let (count, first) = (count, Self.first.dayNumber)
        try await store.write { try $0.save(School.trees) }
        try await database.write { session in
            try session.run(
                script: """
                    CREATE TEMP TABLE counted AS
                        WITH RECURSIVE up(n) AS (
                            SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < \(count)
                        ) SELECT n, printf('zz%024d', n) AS id FROM up;
                    INSERT INTO requests
                        SELECT id, printf('RQ-%011d', n), '480000199999', 'TX', id, n, NULL, TRUE,
                            x'01' FROM counted;
                    INSERT INTO report_rows
                        SELECT id, id, n * 7919 % 80000,
                            printf('4800%03d%05d', n % 50, n % 500), 'TX',
                            CASE n % 3 WHEN 0 THEN printf('4800%03d%05d', n % 40, n % 400)
                                ELSE printf('0600%03d%05d', n % 70, n % 700) END,
                            CASE n % 3 WHEN 0 THEN 'TX' WHEN 1 THEN 'CA' ELSE 'WA' END,
                            \(first) + n % 300, TRUE,
                            CASE WHEN n % 5 = 0 THEN 'notOpened' ELSE 'arrived' END, n % 5,
                            CASE WHEN n % 5 = 0 THEN NULL ELSE n * 104729 % 40000 END,
                            n % 4 = 0, CASE WHEN n % 20 = 0 THEN 'E4' ELSE NULL END,
                            n % 900, n % 12
                        FROM counted;
                    DROP TABLE counted;
                    """
            )
        }
    }
}
