import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    func claims(on organization: OrganizationID) throws -> [Contact] {
        try sql.query(
            """
            SELECT id, body FROM contacts
            WHERE organization = $1 AND claimed_in IS NOT NULL ORDER BY id
            """,
            [organization]
        ).map { try codec.plainValue($0, table: "contacts", as: Contact.self) }
    }

    func confirmedClaims(in state: StateCode, limit: Int) throws -> [Contact] {
        try sql.query(
            """
            SELECT id, body FROM contacts
            WHERE claimed_in = $1 AND claim_waits = TRUE ORDER BY id LIMIT $2
            """,
            [state, limit]
        ).map { try codec.plainValue($0, table: "contacts", as: Contact.self) }
    }
}
