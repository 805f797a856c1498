import Casework
import RecordExchange
import StudentRecords
import Vocabulary

extension SQLCaseSession {
    func enteredPlan(_ id: EnteredPlan.ID) throws -> EnteredPlan? {
        try sql.query("SELECT id, body FROM graduation_plans WHERE id = $1", [id]).first
            .map { try codec.plainValue($0, table: "graduation_plans") }
    }

    func plansInForce(of organization: OrganizationID) throws -> [EnteredPlan] {
        try sql.query(
            """
            SELECT id, body FROM graduation_plans
            WHERE organization = $1 AND is_in_force = TRUE
            ORDER BY first_class DESC, id DESC
            """,
            [organization]
        ).map { try codec.plainValue($0, table: "graduation_plans") }
    }

    func formerPlans(of organization: OrganizationID, limit: Int) throws -> [EnteredPlan] {
        try sql.query(
            """
            SELECT id, body FROM graduation_plans
            WHERE organization = $1 AND is_in_force = FALSE
            ORDER BY entered_at DESC, id DESC LIMIT $2
            """,
            [organization, limit]
        ).map { try codec.plainValue($0, table: "graduation_plans") }
    }

    func save(_ plan: EnteredPlan) throws {
        try change(
            """
            INSERT INTO graduation_plans(id, organization, is_in_force, first_class, entered_at,
                body)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (id) DO UPDATE SET organization = excluded.organization,
                is_in_force = excluded.is_in_force, first_class = excluded.first_class,
                entered_at = excluded.entered_at, body = excluded.body
            """,
            [
                plan.id, plan.organization, plan.ended == nil, plan.content.classes.first,
                plan.entered.at, try codec.plain(plan),
            ]
        )
    }
}
