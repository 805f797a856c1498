import RecordExchange
import Vocabulary

/// How much one person or school asks the locator.
package struct LookupUse: Hashable, Sendable {
    package let holder: LookupHolder
    /// Of the person, or of the school.
    package let name: String
    /// Where the person works; the district of a school.
    package let place: String
    package let thisHour: Int
    package let today: Int
    package let refused: Int
    package let share: LookupBudget.Share
    /// The share is spent now.
    package let isSpent: Bool
}

extension Desk {
    /// Who asked the locator in the last 24 hours, and how much of the budget that is: those whose
    /// share is spent first, then whoever was refused, then whoever asks most.
    ///
    /// Administrators and auditors see everybody, a state contact the schools of the state and who
    /// works there, a district its own.
    package func lookupUse(by actor: Actor) async throws -> [LookupUse] {
        let seesAll = actor.holds([.administrator, .auditor], at: .gateway)
        let watched = Set(actor.organizations(as: [.stateContact, .district]))
        guard seesAll || !watched.isEmpty else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            let now = transaction.now.lookupHour
            let hours = Dictionary(
                grouping: try transaction.session.lookups(since: now - 23),
                by: \.holder
            )
            return try hours.compactMap { holder, hours in
                let (use, places) = try transaction.use(of: holder, hours, now: now)
                return seesAll || !watched.isDisjoint(with: places) ? use : nil
            }
            .sorted { $0.isWorse(than: $1) }
        }
    }
}

extension LookupUse {
    fileprivate func isWorse(than other: Self) -> Bool {
        (isSpent ? 1 : 0, refused, today, other.holder.description)
            > (other.isSpent ? 1 : 0, other.refused, other.today, holder.description)
    }
}

extension CaseTransaction {
    /// Somebody's use, and the districts and states they belong to.
    fileprivate func use(
        of holder: LookupHolder,
        _ hours: [LookupHour],
        now: Int64
    ) throws -> (LookupUse, Set<OrganizationID>) {
        let organizations: [OrganizationID]
        var person: StaffAccount?
        switch holder {
        case .person(let id):
            person = try session.account(id)
            organizations = person?.memberships.map(\.organization) ?? []
        case .organization(let id): organizations = [id]
        }
        let organization = try organizations.first.map { try name(of: $0) } ?? ""
        let counts = Dictionary(hours.map { ($0.hour, $0.made) }, uniquingKeysWith: +)
        let share = desk.settings.lookups.share(of: holder)
        let use = LookupUse(
            holder: holder,
            name: person?.name ?? organization,
            place: person == nil ? try district(of: organizations.first) : organization,
            thisHour: counts[now] ?? 0,
            today: counts.values.reduce(0, +),
            refused: hours.reduce(0) { $0 + $1.refused },
            share: share,
            isSpent: share.nextHour(from: now, counts: counts) > now
        )
        return (use, Set(try organizations.flatMap { try watchers(of: $0) }))
    }

    private func district(of organization: OrganizationID?) throws -> String {
        guard case .school(let id) = organization else { return "" }
        return try session.school(id)?.districtName ?? ""
    }

    /// The organisations whose people see what this one asks.
    private func watchers(of organization: OrganizationID) throws -> [OrganizationID] {
        switch organization {
        case .school(let id):
            guard let school = try session.school(id) else { return [] }
            return [.district(school.district), .state(school.state)]
        case .district(let id):
            return [organization] + (try session.district(id).map { [.state($0.state)] } ?? [])
        case .project(let code): return try session.project(code).map { [.state($0.state)] } ?? []
        case .state: return [organization]
        case .custodian, .gateway: return []
        }
    }
}
