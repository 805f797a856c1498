import Casework
import Persistence
import RecordExchange
import SQLiteDatabase
import Sealing
import StudentRecords
import TestSupport
import Vocabulary

/// Pages of the state queue over many open requests, and a tick over many timers.
struct QueueFigure {
    let folder: String
    let templates: String
    let open = 100_000
    let timers = 1_000_000
    let due = 100
    let rounds = 9

    struct Result {
        /// Milliseconds of the server for a page of 50 with its counts, by what was asked.
        var pages: [(name: String, milliseconds: Double)] = []
        /// Milliseconds to find what is due, and to climb one of them.
        var finding = 0.0
        var climbing = 0.0
    }

    private static let holders = (0..<1_000).map { number in
        place("06000\(10 + number / 100)\(10_000 + number)", "Maple School \(number)", like: .maple)
    }
    private static let requesters = (0..<100).map { number in
        place("4800001\(10_000 + number)", "Oak School \(number)", like: .oak)
    }
    private static let watcher = StaffAccount(
        id: .numbered(77),
        email: .of("state", at: "education"),
        name: "Selma Estado",
        title: "State contact",
        memberships: [StateCode.california, .texas].map {
            .init(role: .stateContact, organization: .state($0))
        },
        status: .active,
        createdAt: .noon("2026-01-12")
    )

    func run() async throws -> Result {
        let database = try SQLiteFile(path: "\(folder)/queue.sqlite")
        let store = try await SQLCaseStore.opened(
            database,
            fields: FieldCipher(keys: MasterKeys.ephemeral())
        )
        let desk = try FilingBench.desk(over: store, templates: templates)
        try await plant(in: store)
        var result = Result()
        for (name, question) in questions {
            result.pages.append((name, try await page(question, at: desk)))
        }
        try await plantTimers(in: database, store)
        let now = Instant.noon("2026-05-18")
        result.finding = try await median {
            let found = try await store.read { try $0.dueTimers(by: now, limit: 500) }
            guard found.count == due else { throw Surprise() }
        }
        let clock = ContinuousClock()
        let start = clock.now
        guard try await desk.runDueTimers() == due else { throw Surprise() }
        result.climbing = milliseconds(clock.now - start) / Double(due)
        return result
    }

    private struct Surprise: Error {}

    private var questions: [(String, WorklistQuestion)] {
        let state = WorklistQuestion.Owner.state(.california)
        let middle = ListPosition(
            1,
            Instant.noon("2026-05-01", plusSeconds: Int64(open / 2)).millisecondsSince1970,
            id: Identifier<Never>.numbered(0).description
        )
        return [
            ("longest waiting first", WorklistQuestion(state)),
            ("from its middle", WorklistQuestion(state, start: .after(middle))),
            ("next date first", WorklistQuestion(state, order: .next)),
            ("told to the state", WorklistQuestion(state, view: .told)),
            (
                "told, nothing fits",
                WorklistQuestion(state, view: .told, order: .next, step: .cancelling)
            ),
            ("urgent and opened", WorklistQuestion(state, isUrgentOnly: true, step: .opened)),
            ("of schools called 77", WorklistQuestion(state, search: "school 77")),
            ("by district and school", WorklistQuestion(state, order: .place)),
            (
                "late, of one band, by law",
                WorklistQuestion(
                    state,
                    order: .law,
                    askedBefore: .noon("2026-05-01", plusSeconds: Int64(open)),
                    band: .middle,
                    step: .opened
                )
            ),
            ("what our schools ask", WorklistQuestion(.requester(.texas), order: .next)),
        ]
    }

    private func page(_ question: WorklistQuestion, at desk: Desk) async throws -> Double {
        try await median {
            let queue = try await desk.stateQueue(question, by: Actor(Self.watcher))
            let expected = question.step == .cancelling ? 0 : question.limit
            guard queue.page.items.count == expected else { throw Surprise() }
        }
    }

    private func median(_ body: () async throws -> Void) async throws -> Double {
        let clock = ContinuousClock()
        var taken: [Double] = []
        for _ in 0..<rounds {
            let start = clock.now
            try await body()
            taken.append(milliseconds(clock.now - start))
        }
        return taken.median
    }

    private func milliseconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return Double(seconds) * 1_000 + Double(attoseconds) * 1e-15
    }

    private func plant(in store: SQLCaseStore) async throws {
        try await store.write { session in
            try session.save(StateEntry.trees)
            try session.save(School.trees + Self.holders + Self.requesters)
            try session.save(Contact.sample(1, of: School.maple.organization))
            try session.save(SchoolCalendar.ordinary, of: .state(.california))
        }
        for batch in stride(from: 0, to: open, by: 500) {
            try await store.write { session in
                for number in batch..<batch + 500 {
                    try Self.save(number + 1_000, in: session)
                }
            }
        }
    }

    // A school seldom asks twice for one student: what looks for duplicates finds few.
    private static func student(_ number: Int) -> StudentIdentity {
        let (year, month, day) = (2005 + number % 12, 1 + number / 12 % 12, 1 + number / 144 % 28)
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return .sample(birthDate: "\(year)-\(padded(month))-\(padded(day))")
    }

    /// One open request with its inquiry and its timer.
    private static func save(_ number: Int, in session: any CaseSession) throws {
        let requester = requesters[number % requesters.count]
        let holder = holders[number % 997]
        let asked = Instant.noon("2026-05-01", plusSeconds: Int64(number))
        let plain = RecordRequest.filed(number, from: requester, at: asked)
        let request = RecordRequest(
            id: plain.id,
            number: plain.number,
            requester: requester.id,
            requesterState: requester.state,
            filedBy: plain.filedBy,
            student: student(number),
            uses: plain.uses,
            parts: plain.parts,
            urgentGrounds: number % 20 == 0 ? [.immunizationHold] : [],
            filedAt: asked,
            filedOn: plain.filedOn
        )
        try session.save(request)
        let step: Ladder.Step? = [nil, nil, .tellDistrict, .tellState][number % 4]
        let inquiry = Inquiry.asked(number, of: request, at: holder, on: asked, level: step)
        try session.save(number % 3 == 0 ? inquiry.after(.open) : inquiry)
        try session.setTimer(
            inquiry.id,
            due: .noon("2026-06-01", plusSeconds: Int64(number % 5_000) * 60)
        )
    }

    /// A million timers that are not due, by the engine itself, and a hundred that are.
    private func plantTimers(in database: SQLiteFile, _ store: SQLCaseStore) async throws {
        let count = timers
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
                    INSERT INTO inquiries
                        SELECT id, id, 1, 'school:060000299999', '060000299999', 'WA', 'notified',
                            TRUE, 0, n, x'01' FROM counted;
                    INSERT INTO timers SELECT id, 4102444800000 + n FROM counted;
                    DROP TABLE counted;
                    """
            )
        }
        let due = due
        try await store.write { session in
            for number in 1...due {
                try session.setTimer(.numbered(1_000 + number), due: .noon("2026-05-17"))
            }
        }
    }

    private static func place(_ id: String, _ name: String, like school: School) -> School {
        School(
            id: known(SchoolID(id), id),
            name: name,
            district: school.district,
            districtName: school.districtName,
            city: school.city,
            state: school.state
        )
    }
}
