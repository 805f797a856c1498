package import RecordExchange
package import Vocabulary

extension Desk {
    /// Adds a limit to what was entered of a state's law, or replaces the one of its name: by its
    /// contacts and the administrators.
    ///
    /// The dates of every waiting inquiry of the state are told anew.
    package func keepLimit(
        _ limit: StatutoryLimit,
        of state: StateCode,
        by actor: Actor
    ) async throws {
        guard StatutoryLimit.possibleDays.contains(limit.days) else {
            throw CaseworkFailure.dateImpossible
        }
        // A law that stands nowhere is none.
        guard limit.citation.utf8.contains(where: { $0 > 32 }) else {
            throw CaseworkFailure.reasonMissing
        }
        try await changeLimits(of: state, .staff(actor.id), by: actor) { limits in
            limits.filter { $0.name != limit.name } + [limit]
        }
    }

    /// Takes a limit out that does not hold.
    package func removeLimit(
        _ name: String,
        of state: StateCode,
        by actor: Actor
    ) async throws {
        try await changeLimits(of: state, .staff(actor.id), by: actor) { limits in
            limits.filter { $0.name != name }
        }
    }

    /// Replaces what was entered of a state's law, at the machine itself.
    ///
    /// - Returns: whether anything changed.
    @discardableResult
    package func replaceLimits(
        _ limits: [StatutoryLimit],
        of state: StateCode
    ) async throws -> Bool {
        try await changeLimits(of: state, .operator) { _ in limits }
    }

    @discardableResult
    private func changeLimits(
        of state: StateCode,
        _ hand: CaseTransaction.Hand,
        by actor: Actor? = nil,
        _ change: @escaping @Sendable ([StatutoryLimit]) -> [StatutoryLimit]
    ) async throws -> Bool {
        let waiting = try await write { transaction -> [Inquiry.ID]? in
            let organization = OrganizationID.state(state)
            guard try transaction.session.state(state) != nil else {
                throw CaseworkFailure.notFound
            }
            if let actor, try !transaction.mayKeep(organization, by: actor) {
                throw CaseworkFailure.notAllowed
            }
            let rule = try transaction.stateRule(of: state)
            let limits = change(rule.limits ?? [])
            guard limits.count <= StatutoryLimit.mostOfAState,
                limits.allSatisfy({ $0.citation.utf8.count <= StatutoryLimit.longestCitation })
            else { throw CaseworkFailure.tooLong }
            guard limits != rule.limits ?? [] else { return nil }
            try transaction.session.save(rule.with(limits: limits), of: state)
            try transaction.audit(
                hand,
                "stateLimits.keep",
                subject: organization,
                detail: limits.map(\.name).joined(separator: ", ")
            )
            return try transaction.inquiries(countedBy: organization)
        }
        guard let waiting else { return false }
        for id in waiting {
            try await write { transaction in
                guard var inquiry = try transaction.session.inquiry(id), inquiry.isLive else {
                    return
                }
                let request = try transaction.request(inquiry.request)
                inquiry.lawfulUntil = try transaction.statutoryDue(of: inquiry, request)?.on
                try transaction.reschedule(inquiry)
            }
        }
        return true
    }
}

extension CaseTransaction {
    /// The date that the law of the holder's state sets, with all that it rests on; `nil` where
    /// none is known.
    func statutoryDue(
        of inquiry: Inquiry,
        _ request: RecordRequest,
        _ known: SchoolCalendar? = nil
    ) throws -> StatutoryDue? {
        guard let limits = try stateRule(of: inquiry.holderState).limits else { return nil }
        return StatutoryDue.first(
            of: limits,
            for: request,
            askedOn: inquiry.clock.askedOn,
            in: inquiry.holderState,
            calendar: try known ?? calendar(of: school(inquiry.school))
        )
    }

    /// The same as people are shown it, while somebody at the holder still has to act.
    func lawShown(of inquiry: Inquiry, _ request: RecordRequest) throws -> LawShown? {
        guard inquiry.isLive, request.isOpen, let due = try statutoryDue(of: inquiry, request)
        else { return nil }
        return LawShown(
            due: due,
            stateName: try session.state(due.state)?.name ?? due.state.description,
            daysLate: due.daysLate(on: today(in: inquiry.holderState))
        )
    }
}

/// What the law of the holder's state says of one inquiry, and how it stands today.
package struct LawShown: Hashable, Sendable {
    package let due: StatutoryDue
    package let stateName: String
    /// Calendar days past the last day, by the holder's day; zero while there is time.
    package let daysLate: Int

    package init(due: StatutoryDue, stateName: String, daysLate: Int) {
        self.due = due
        self.stateName = stateName
        self.daysLate = daysLate
    }
}
