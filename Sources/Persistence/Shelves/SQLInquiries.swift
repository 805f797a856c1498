import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    static let inquiryTable = SealedTable<Inquiry>(
        name: "inquiries",
        save: """
            INSERT INTO inquiries(id, request, sequence, holder, school, holder_state, status,
                is_live, queue_level, asked_at, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (id) DO UPDATE SET request = excluded.request,
                sequence = excluded.sequence, holder = excluded.holder,
                school = excluded.school, holder_state = excluded.holder_state,
                status = excluded.status, is_live = excluded.is_live,
                queue_level = excluded.queue_level, asked_at = excluded.asked_at,
                body = excluded.body
            """,
        select: """
            SELECT id, request, sequence, holder, school, holder_state, status, is_live,
                queue_level, asked_at, body
            FROM inquiries
            """,
        columns: { inquiry in
            [
                inquiry.id, inquiry.request, inquiry.sequence, inquiry.holder, inquiry.school,
                inquiry.holderState, inquiry.status.rawValue, inquiry.isLive, inquiry.queueLevel,
                inquiry.askedAt,
            ]
        }
    )

    func inquiry(_ id: Inquiry.ID) throws -> Inquiry? {
        try rows(of: Self.inquiryTable, "WHERE id = $1", [id]).first
    }

    func inquiries(of request: RecordRequest.ID) throws -> [Inquiry] {
        try rows(of: Self.inquiryTable, "WHERE request = $1 ORDER BY sequence", [request])
    }

    func inquiries(waitingFor holder: OrganizationID, limit: Int) throws -> [Inquiry] {
        try rows(
            of: Self.inquiryTable,
            "WHERE holder = $1 AND is_live = TRUE ORDER BY asked_at, id LIMIT $2",
            [holder, limit]
        )
    }

    func save(_ inquiry: Inquiry) throws {
        try insert(
            inquiry,
            id: inquiry.id,
            into: Self.inquiryTable,
            unique: ["inquiries.sequence": "inquiry sequence"]
        )
        touched.ids.insert(inquiry.request)
    }

    func stateQueue(of state: StateCode, all: Bool, limit: Int) throws -> [Inquiry] {
        try rows(
            of: Self.inquiryTable,
            """
            WHERE holder_state = $1 AND queue_level >= $2
                AND EXISTS (
                    SELECT 1 FROM requests
                    WHERE requests.id = inquiries.request AND requests.is_open = TRUE
                )
            ORDER BY asked_at, id LIMIT $3
            """,
            [state, all ? ClockLevel.onTime.rawValue : ClockLevel.state.rawValue, limit]
        )
    }

    func setTimer(_ inquiry: Inquiry.ID, due: Instant) throws {
        try change(
            """
            INSERT INTO timers(inquiry, due) VALUES ($1, $2)
            ON CONFLICT (inquiry) DO UPDATE SET due = excluded.due
            """,
            [inquiry, due]
        )
        try change("UPDATE worklist SET due = $2 WHERE inquiry = $1", [inquiry, due])
    }

    func clearTimer(_ inquiry: Inquiry.ID) throws {
        try change("DELETE FROM timers WHERE inquiry = $1", [inquiry])
        try change(
            "UPDATE worklist SET due = $2 WHERE inquiry = $1",
            [inquiry, WorklistEntry.never]
        )
    }

    func timer(of inquiry: Inquiry.ID) throws -> Instant? {
        try sql.query("SELECT due FROM timers WHERE inquiry = $1", [inquiry]).first?
            .instant("due")
    }

    func dueTimers(by instant: Instant, limit: Int) throws -> [Inquiry.ID] {
        try sql.query(
            "SELECT inquiry FROM timers WHERE due <= $1 ORDER BY due, inquiry LIMIT $2",
            [instant, limit]
        ).map { try $0.parsed("inquiry") { Inquiry.ID($0) } }
    }

    func nextTimer() throws -> Instant? {
        try sql.query("SELECT due FROM timers ORDER BY due LIMIT 1").first?.instant("due")
    }
}

extension Inquiry {
    /// The clock's level while the state contact may have to act, else `nil`.
    ///
    /// One that timed out stays in the queue: a late answer is a good answer.
    var queueLevel: Int? {
        isLive || status == .timedOut ? clock.level.rawValue : nil
    }
}
