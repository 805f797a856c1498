import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    func assignment(of request: RecordRequest.ID, in state: StateCode) throws -> Assignment? {
        try sql.query(
            "SELECT staff, since FROM assignments WHERE request = $1 AND state = $2",
            [request, state]
        ).first.map { row in
            Assignment(
                request: request,
                state: state,
                staff: try row.parsed("staff") { StaffID($0) },
                since: try row.instant("since")
            )
        }
    }

    func save(_ assignment: Assignment) throws {
        try change(
            """
            INSERT INTO assignments(request, state, staff, since) VALUES ($1, $2, $3, $4)
            ON CONFLICT (request, state) DO UPDATE SET staff = excluded.staff,
                since = excluded.since
            """,
            [assignment.request, assignment.state, assignment.staff, assignment.since]
        )
        touched.ids.insert(assignment.request)
    }

    func endAssignment(of request: RecordRequest.ID, in state: StateCode) throws {
        try change("DELETE FROM assignments WHERE request = $1 AND state = $2", [request, state])
        touched.ids.insert(request)
    }

    func endAssignments(of staff: StaffID) throws -> Int {
        let requests = try sql.query("SELECT request FROM assignments WHERE staff = $1", [staff])
            .map { try $0.parsed("request") { RecordRequest.ID($0) } }
        try change("DELETE FROM assignments WHERE staff = $1", [staff])
        touched.ids.formUnion(requests)
        return requests.count
    }
}
