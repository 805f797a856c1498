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
    /// works there.
    package func lookupUse(by actor: Actor) async throws -> [LookupUse] {
        let seesAll = actor.holds([.administrator, .auditor], at: .gateway)
        let states = Set(actor.watchedStates)
        guard seesAll || !states.isEmpty else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            let now = transaction.now.lookupHour
            let hours = Dictionary(
                grouping: try transaction.session.lookups(since: now - 23),
                by: \.holder
            )
            return try hours.compactMap { holder, hours in
                let (use, places) = try transaction.use(of: holder, hours, now: now)
                return seesAll || !states.isDisjoint(with: places) ? use : nil
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
    /// Somebody's use, and the states they belong to.
    fileprivate func use(
        of holder: LookupHolder,
        _ hours: [LookupHour],
        now: Int64
    ) throws -> (LookupUse, Set<StateCode>) {
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
        return (use, Set(try organizations.compactMap { try state(of: $0) }))
    }

    private func district(of organization: OrganizationID?) throws -> String {
        guard case .school(let id) = organization else { return "" }
        return try session.school(id)?.districtName ?? ""
    }

    private func state(of organization: OrganizationID) throws -> StateCode? {
        switch organization {
        case .school(let id): try session.school(id)?.state
        case .district(let id): try session.district(id)?.state
        case .project(let code): try session.project(code)?.state
        case .state(let code): code
        case .custodian, .gateway: nil
        }
    }
}
