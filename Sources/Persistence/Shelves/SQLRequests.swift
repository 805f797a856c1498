import RecordExchange
import Vocabulary

extension SQLCaseSession {
    static let requestTable = SealedTable<RecordRequest>(
        name: "requests",
        save: """
            INSERT INTO requests(id, number, requester, requester_state, filed_by, filed_at,
                conclusion, is_open, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (id) DO UPDATE SET number = excluded.number,
                requester = excluded.requester, requester_state = excluded.requester_state,
                filed_by = excluded.filed_by, filed_at = excluded.filed_at,
                conclusion = excluded.conclusion, is_open = excluded.is_open,
                body = excluded.body
            """,
        select: """
            SELECT id, number, requester, requester_state, filed_by, filed_at, conclusion,
                is_open, body
            FROM requests
            """,
        columns: { request in
            [
                request.id, request.number, request.requester, request.requesterState,
                request.filedBy, request.filedAt, request.conclusion?.kind.rawValue,
                request.isOpen,
            ]
        }
    )

    func request(_ id: RecordRequest.ID) throws -> RecordRequest? {
        try rows(of: Self.requestTable, "WHERE id = $1", [id]).first
    }

    func request(numbered number: RequestNumber) throws -> RecordRequest? {
        try rows(of: Self.requestTable, "WHERE number = $1", [number]).first
    }

    func requests(from school: SchoolID, open: Bool, limit: Int) throws -> [RecordRequest] {
        try rows(
            of: Self.requestTable,
            """
            WHERE requester = $1 AND is_open = $2
            ORDER BY filed_at DESC, id DESC LIMIT $3
            """,
            [school, open, limit]
        )
    }

    func save(_ request: RecordRequest) throws {
        try insert(
            request,
            id: request.id,
            into: Self.requestTable,
            unique: ["requests.number": "request number"]
        )
        touched.ids.insert(request.id)
    }

    func followers(of request: RecordRequest.ID) throws -> [StaffID] {
        try sql.query(
            "SELECT staff FROM request_followers WHERE request = $1 ORDER BY position",
            [request]
        ).map { try $0.parsed("staff") { StaffID($0) } }
    }

    func addFollower(_ staff: StaffID, to request: RecordRequest.ID) throws {
        try change(
            """
            INSERT INTO request_followers(request, staff, position)
            SELECT $1, $2, COUNT(*) FROM request_followers WHERE request = $1
            ON CONFLICT (request, staff) DO NOTHING
            """,
            [request, staff]
        )
    }

    func requestsWithoutLocation(
        ownedBy state: StateCode,
        limit: Int
    ) throws -> [RecordRequest] {
        try rows(
            of: Self.requestTable,
            """
            WHERE requester_state = $1 AND is_open = TRUE AND NOT EXISTS (
                SELECT 1 FROM inquiries
                WHERE inquiries.request = requests.id
                    AND (inquiries.is_live = TRUE OR inquiries.status = 'sent')
            )
            ORDER BY filed_at, id LIMIT $2
            """,
            [state, limit]
        )
    }

    func requestsWithoutReceipt(
        ownedBy state: StateCode,
        limit: Int
    ) throws -> [RecordRequest] {
        try rows(
            of: Self.requestTable,
            """
            WHERE id IN (SELECT request FROM receipts WHERE is_trouble = TRUE)
                AND +requester_state = $1 AND +is_open = TRUE
            ORDER BY filed_at, id LIMIT $2
            """,
            [state, limit]
        )
    }
}
