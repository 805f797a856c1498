package import RecordExchange
package import StudentRecords
import Vocabulary

/// The graduation plans of one office, for who keeps it.
package struct KeptPlans: Hashable, Sendable {
    package let inForce: [EnteredPlan]
    /// Earlier versions and what was withdrawn, the last one first.
    package let former: [EnteredPlan]
}

extension Desk {
    /// The most earlier versions that a page lists.
    package static let mostFormerPlans = 50

    /// What a school, a district or a state entered, for who keeps it.
    package func plans(
        of organization: OrganizationID,
        by actor: Actor
    ) async throws -> KeptPlans {
        try await read { transaction in
            try transaction.checkPlanKeeper(actor, of: organization)
            return KeptPlans(
                inForce: try transaction.session.plansInForce(of: organization),
                former: try transaction.session.formerPlans(
                    of: organization,
                    limit: Self.mostFormerPlans
                )
            )
        }
    }

    /// Enters a plan, or puts a new version in the place of one; throws `PlanRefused`.
    ///
    /// Throws `notPossibleNow` where somebody changed or withdrew that one meanwhile. The same
    /// content again is no new version.
    package func keepPlan(
        _ content: PlanContent,
        replacing former: EnteredPlan.ID? = nil,
        of organization: OrganizationID,
        by actor: Actor
    ) async throws {
        try await write { transaction in
            try transaction.checkPlanKeeper(actor, of: organization)
            let inForce = try transaction.session.plansInForce(of: organization)
            let before = inForce.first { $0.id == former }
            guard former == nil || before != nil else { throw CaseworkFailure.notPossibleNow }
            // A form that is sent twice enters one plan.
            if let before {
                guard before.content != content else { return }
            } else if inForce.contains(where: {
                $0.content == content && $0.entered.staff == actor.id
            }) {
                return
            }
            let faults = content.faults(beside: inForce.filter { $0.id != former })
            guard faults.isEmpty else { throw PlanRefused(faults: faults) }
            let deed = try transaction.planDeed(actor, at: organization)
            if var before {
                before.ended = deed
                try transaction.session.save(before)
            }
            let plan = EnteredPlan(
                id: transaction.secrets.makeIdentifier(),
                organization: organization,
                version: (before?.version ?? 0) + 1,
                replaces: before?.id,
                content: content,
                entered: deed
            )
            try transaction.session.save(plan)
            let total = content.requirements.map(\.credits).sum
            let verified = content.isVerified ? "verified" : "not verified"
            try transaction.audit(
                .staff(actor.id),
                "plan.keep",
                subject: organization,
                detail: "plan=\(plan.id) version=\(plan.version) credits=\(total), \(verified)"
            )
        }
    }

    /// Ends a plan; it stays on file.
    ///
    /// Throws `notPossibleNow` where it was changed or withdrawn meanwhile.
    package func withdrawPlan(
        _ id: EnteredPlan.ID,
        of organization: OrganizationID,
        by actor: Actor
    ) async throws {
        try await write { transaction in
            try transaction.checkPlanKeeper(actor, of: organization)
            guard var plan = try transaction.session.enteredPlan(id),
                plan.organization == organization
            else { throw CaseworkFailure.notFound }
            guard plan.ended == nil else { throw CaseworkFailure.notPossibleNow }
            plan.ended = try transaction.planDeed(actor, at: organization)
            try transaction.session.save(plan)
            try transaction.audit(
                .staff(actor.id),
                "plan.withdraw",
                subject: organization,
                detail: "plan=\(plan.id) version=\(plan.version)"
            )
        }
    }

    /// The plans in force of schools, their districts and their states: what is asked of a
    /// graduate is public.
    package func graduationPlans(at places: [PlanPlace]) async throws -> [GraduationPlan] {
        guard !places.isEmpty else { return [] }
        return try await read { transaction in
            var offices: [OrganizationID] = []
            for place in places {
                offices.append(.school(place.school))
                if let district = place.school.district { offices.append(.district(district)) }
                if let state = place.state { offices.append(.state(state)) }
            }
            var plans: [GraduationPlan] = []
            var seen: Set<OrganizationID> = []
            for office in offices where seen.insert(office).inserted {
                let entered = try transaction.session.plansInForce(of: office)
                guard !entered.isEmpty else { continue }
                let name = try transaction.name(of: office)
                plans += entered.compactMap { $0.plan(of: name) }
            }
            return plans
        }
    }
}

extension CaseTransaction {
    /// Only schools, districts and states say what a graduate needs.
    fileprivate func checkPlanKeeper(_ actor: Actor, of organization: OrganizationID) throws {
        switch organization {
        case .school, .district, .state: break
        case .project, .custodian, .gateway: throw CaseworkFailure.notFound
        }
        guard try mayKeep(organization, by: actor) else { throw CaseworkFailure.notAllowed }
    }

    fileprivate func planDeed(
        _ actor: Actor,
        at organization: OrganizationID
    ) throws -> EnteredPlan.Deed {
        EnteredPlan.Deed(
            staff: actor.id,
            name: actor.name,
            at: now,
            on: try today(of: organization)
        )
    }
}
