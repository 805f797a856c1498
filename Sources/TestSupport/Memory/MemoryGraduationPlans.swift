import Casework
import RecordExchange
import StudentRecords
import Vocabulary

extension MemoryCaseSession {
    func enteredPlan(_ id: EnteredPlan.ID) throws -> EnteredPlan? { state.plans[id] }

    func plansInForce(of organization: OrganizationID) throws -> [EnteredPlan] {
        state.plans.values.filter { $0.organization == organization && $0.ended == nil }
            .sorted { ($0.content.classes.first, $0.id) > ($1.content.classes.first, $1.id) }
    }

    func formerPlans(of organization: OrganizationID, limit: Int) throws -> [EnteredPlan] {
        state.plans.values.filter { $0.organization == organization && $0.ended != nil }
            .sorted { ($0.entered.at, $0.id) > ($1.entered.at, $1.id) }
            .prefix(limit).map { $0 }
    }

    func save(_ plan: EnteredPlan) throws {
        try change { $0.plans[plan.id] = plan }
    }
}
