import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    static let reportColumns = """
        id, request, student, requester, requester_state, holder, holder_state, filed_on, speaks,
        stop, level, minutes, was_closed, reason, effort_seconds, effort_fields
        """

    /// The values of `reportColumns`, in order.
    static func columns(
        of fact: ReportFact,
        id: String,
        request: RecordRequest.ID
    ) -> [any SQLBindable] {
        var minutes: Int?
        if case .minutes(let some) = fact.wait { minutes = some }
        return [
            id, request, fact.student, fact.requester, fact.requesterState, fact.holder,
            fact.holderState, fact.filedOn.dayNumber, fact.speaks, fact.stop.rawValue,
            fact.level.rawValue, minutes, fact.wasClosed, fact.reason?.rawValue,
            fact.effort?.seconds, fact.effort?.fields,
        ]
    }

    /// The facts of a request; its student is the beginning of the keyed digest, which tells two
    /// students apart and no student from it.
    func reportFacts(
        of request: RecordRequest,
        inquiries: [Inquiry],
        bundles: [RecordBundle]
    ) throws -> [(id: String, fact: ReportFact)] {
        let digest = try studentDigests(StudentKey(request.student)).first ?? []
        return ReportFact.facts(
            of: request,
            student: digest.prefix(8).reduce(0) { $0 << 8 | Int64($1) },
            inquiries: inquiries,
            bundles: bundles
        )
    }

    func deriveReportRows(
        of request: RecordRequest,
        inquiries: [Inquiry],
        bundles: [RecordBundle]
    ) throws {
        let facts = try reportFacts(of: request, inquiries: inquiries, bundles: bundles)
        let kept = Set(facts.map(\.id))
        for row in try sql.query("SELECT id FROM report_rows WHERE request = $1", [request.id])
        where !kept.contains(try row.text("id")) {
            try change("DELETE FROM report_rows WHERE id = $1", [try row.text("id")])
        }
        for (id, fact) in facts {
            try change(
                """
                INSERT INTO report_rows(\(Self.reportColumns))
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
                ON CONFLICT (id) DO UPDATE SET request = excluded.request,
                    student = excluded.student, requester = excluded.requester,
                    requester_state = excluded.requester_state, holder = excluded.holder,
                    holder_state = excluded.holder_state, filed_on = excluded.filed_on,
                    speaks = excluded.speaks, stop = excluded.stop, level = excluded.level,
                    minutes = excluded.minutes, was_closed = excluded.was_closed,
                    reason = excluded.reason, effort_seconds = excluded.effort_seconds,
                    effort_fields = excluded.effort_fields
                """,
                Self.columns(of: fact, id: id, request: request.id)
            )
        }
    }

    func forEachReportFact(
        _ question: ReportQuestion,
        _ body: (ReportFact) throws -> Void
    ) throws {
        try refreshDerivedRows()
        let days: [any SQLBindable] = [question.firstDay.dayNumber, question.lastDay.dayNumber]
        let (condition, owner): (String, [any SQLBindable]) =
            switch question.owner {
            case .askedBy(let school): ("AND requester = $3", [school])
            case .askedIn(let state): ("AND requester_state = $3", [state])
            case .heldBy(let school): ("AND holder = $3", [school])
            case .heldIn(let state): ("AND holder_state = $3", [state])
            case .all: ("", [])
            }
        try sql.forEachRow(
            """
            SELECT student, requester, requester_state, holder, holder_state, filed_on, speaks,
                stop, level, minutes, was_closed, reason, effort_seconds, effort_fields
            FROM report_rows WHERE filed_on BETWEEN $1 AND $2 \(condition)
            """,
            days + owner
        ) { try body(reportFact(in: $0)) }
    }

    private func reportFact(in row: SQLRow) throws -> ReportFact {
        let fields = try row.optionalInteger("effort_fields").map { fields in
            AnswerEffort(
                seconds: try row.optionalInteger("effort_seconds").map { Int($0) },
                fields: Int(fields)
            )
        }
        return ReportFact(
            student: try row.integer("student"),
            requester: try row.parsed("requester") { SchoolID($0) },
            requesterState: try row.parsed("requester_state") { StateCode($0) },
            holder: try row.optionalText("holder").flatMap { SchoolID($0) },
            holderState: try row.optionalText("holder_state").flatMap { StateCode($0) },
            filedOn: CivilDate(dayNumber: Int(try row.integer("filed_on"))),
            speaks: try row.boolean("speaks"),
            stop: try row.parsed("stop") { ReportStop(rawValue: $0) },
            level: ClockLevel(rawValue: Int(try row.integer("level"))) ?? .onTime,
            wait: try row.optionalInteger("minutes").map { .minutes(Int($0)) } ?? .notReached,
            wasClosed: row["was_closed"] == .null ? nil : try row.boolean("was_closed"),
            reason: try row.optionalText("reason").flatMap { ReasonCode(rawValue: $0) },
            effort: fields
        )
    }

    func bouncedContacts() throws -> [Contact] {
        try sql.query("SELECT id, body FROM contacts WHERE has_bounced = TRUE ORDER BY id")
            .map { try codec.plainValue($0, table: "contacts") }
    }
}
