import Casework
import RecordExchange
import Vocabulary

extension SQLCaseSession {
    static let outcomeTable = SealedTable<CreditOutcome>(
        name: "credit_outcomes",
        save: """
            INSERT INTO credit_outcomes(id, request, bundle, holder, number, at, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
        select: "SELECT id, request, bundle, holder, number, at, body FROM credit_outcomes",
        columns: { outcome in
            [
                outcome.id, outcome.request, outcome.bundle, outcome.holder, outcome.number,
                outcome.at,
            ]
        }
    )

    func outcomes(of bundle: RecordBundle.ID) throws -> [CreditOutcome] {
        try rows(of: Self.outcomeTable, "WHERE bundle = $1 ORDER BY number", [bundle])
    }

    func outcomes(about holder: OrganizationID, limit: Int) throws -> [CreditOutcome] {
        try rows(
            of: Self.outcomeTable,
            "WHERE holder = $1 ORDER BY at DESC, number DESC, id LIMIT $2",
            [holder, limit]
        )
    }

    func append(_ outcome: CreditOutcome) throws {
        try insert(
            outcome,
            id: outcome.id,
            into: Self.outcomeTable,
            unique: ["credit_outcomes.number": "statement about a bundle"]
        )
    }
}
