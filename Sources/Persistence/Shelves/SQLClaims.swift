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

    func confirmedClaims(
        in state: StateCode,
        after last: Contact.ID?,
        limit: Int
    ) throws -> [Contact] {
        try sql.query(
            """
            SELECT id, body FROM contacts
            WHERE claimed_in = $1 AND claim_waits = TRUE AND id > $2 ORDER BY id LIMIT $3
            """,
            [state, last?.description ?? "", limit]
        ).map { try codec.plainValue($0, table: "contacts", as: Contact.self) }
    }

    func forgetUnconfirmedClaims(askedBefore instant: Instant) throws -> Int {
        // Any state's: a range of the index, where "is not null" would read the table.
        let old = try sql.query(
            "SELECT id, body FROM contacts WHERE claimed_in > '' AND claim_waits = FALSE",
            []
        ).map { try codec.plainValue($0, table: "contacts", as: Contact.self) }
            .filter { contact in contact.claim.map { $0.askedAt < instant } ?? false }
        for contact in old {
            try change("DELETE FROM contacts WHERE id = $1", [contact.id])
        }
        return old.count
    }
}
