import RecordExchange
import Vocabulary

/// Counting look-ups: part of the transaction that permits one.
extension CaseTransaction {
    /// Takes one look-up from the person's share and from the organisation's, or from neither.
    ///
    /// Without an `actor` the operator asks, at the machine itself, and has the organisation's
    /// share alone.
    ///
    /// What is refused is counted too, so it must be committed before it is thrown.
    ///
    /// - Returns: `nil` where the look-up may be made.
    func spendLookup(
        by actor: Actor?,
        for organization: OrganizationID,
        in state: StateCode?
    ) throws -> LookupsSpent? {
        let now = now.lookupHour
        var holders: [LookupHolder] = []
        if let actor { holders.append(.person(actor.id)) }
        holders.append(.organization(organization))
        let purses = try holders.map { holder in
            Purse(
                holder: holder,
                share: desk.settings.lookups.share(of: holder),
                hours: try session.lookups(of: holder, since: now - 23),
                now: now
            )
        }
        let spent = purses.filter { $0.nextHour > now }
        for purse in spent.isEmpty ? purses : spent {
            var current = purse.current
            if spent.isEmpty { current.made += 1 } else { current.refused += 1 }
            try session.save(current)
        }
        for purse in spent { try alarm(purse, spentBy: actor, of: organization, in: state) }
        // Whoever waits for both waits for the later one.
        return spent.map(\.refusal).max { $0.again < $1.again }
    }

    /// Says once an hour in the audit log, and once a day by mail, that a share is spent.
    private func alarm(
        _ purse: Purse,
        spentBy actor: Actor?,
        of organization: OrganizationID,
        in state: StateCode?
    ) throws {
        guard purse.current.refused == 0 else { return }
        let hand: Hand = if let actor { .staff(actor.id) } else { .operator }
        try audit(
            hand,
            "locator.budgetSpent",
            subject: purse.holder,
            detail: "window=\(purse.refusal.window.rawValue) school=\(organization)"
        )
        guard purse.hours.allSatisfy({ $0.refused == 0 }) else { return }
        let person: String? =
            if case .person = purse.holder { actor?.name } else { nil }
        let name = try name(of: organization)
        for account in try guardians(of: state) {
            try mail(
                .lookupsSpent(
                    recipient: account.name,
                    person: person,
                    organization: name,
                    made: purse.made,
                    link: "\(desk.settings.baseAddress)/locator"
                ),
                to: account,
                about: nil
            )
        }
    }

    /// Who is told when somebody asks too much: the gateway's administrators and the state's
    /// contacts who sign in.
    private func guardians(of state: StateCode?) throws -> [StaffAccount] {
        let administrators = try session.accounts(at: .gateway)
            .filter { Actor($0).holds([.administrator], at: .gateway) }
        var contacts: [StaffAccount] = []
        if let state {
            contacts = try session.accounts(at: .state(state))
                .filter { Actor($0).holds([.stateContact], at: .state(state)) }
        }
        return (administrators + contacts).filter { $0.status == .active }
    }
}

/// One holder's share and what is left of it.
private struct Purse {
    let holder: LookupHolder
    let share: LookupBudget.Share
    let hours: [LookupHour]
    let now: Int64

    private var counts: [Int64: Int] {
        Dictionary(hours.map { ($0.hour, $0.made) }, uniquingKeysWith: +)
    }

    var nextHour: Int64 { share.nextHour(from: now, counts: counts) }
    var current: LookupHour {
        hours.first { $0.hour == now } ?? LookupHour(holder: holder, hour: now)
    }
    var made: Int { hours.reduce(0) { $0 + $1.made } }

    var refusal: LookupsSpent {
        LookupsSpent(
            holder: holder,
            window: made >= share.perDay ? .day : .hour,
            again: Instant(lookupHour: nextHour)
        )
    }
}
