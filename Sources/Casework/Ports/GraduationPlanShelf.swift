package import RecordExchange

/// Every version of the graduation plans that offices entered.
package protocol GraduationPlanShelf {
    func enteredPlan(_ id: EnteredPlan.ID) throws -> EnteredPlan?
    /// Those in force, those of the latest classes first.
    func plansInForce(of organization: OrganizationID) throws -> [EnteredPlan]
    /// Those that ended, the one entered last first.
    func formerPlans(of organization: OrganizationID, limit: Int) throws -> [EnteredPlan]
    /// Inserts or replaces.
    func save(_ plan: EnteredPlan) throws
}
