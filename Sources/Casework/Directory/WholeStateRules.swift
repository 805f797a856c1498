package import RecordExchange
package import Vocabulary

/// All that is data about one state: what it holds, what its schools accept, what its law gives
/// them, and the steps of its ladder.
package struct WholeStateRule: Hashable, Sendable {
    package var rule: StateRule
    package var policy: Ladder.Policy

    package init(rule: StateRule = .unknown, policy: Ladder.Policy = .standard) {
        self.rule = rule
        self.policy = policy
    }
}

extension Desk {
    /// All that is on file of a state.
    package func wholeRule(of state: StateCode) async throws -> WholeStateRule {
        try await read { transaction in
            guard try transaction.session.state(state) != nil else {
                throw CaseworkFailure.notFound
            }
            return try transaction.wholeRule(of: state)
        }
    }

    /// Replaces all that is on file of a state, at the machine itself.
    ///
    /// The dates of every waiting inquiry of the state are told anew where its law or its ladder
    /// is another one; what changes nothing writes nothing.
    ///
    /// - Returns: how many waiting inquiries were looked at again; `nil` where nothing changed.
    package func replaceWholeRule(
        of state: StateCode,
        with whole: WholeStateRule
    ) async throws -> Int? {
        let waiting = try await write { transaction -> [Inquiry.ID]? in
            let organization = OrganizationID.state(state)
            guard try transaction.session.state(state) != nil else {
                throw CaseworkFailure.notFound
            }
            let before = try transaction.wholeRule(of: state)
            guard before != whole else { return nil }
            if before.rule != whole.rule { try transaction.session.save(whole.rule, of: state) }
            if before.policy != whole.policy {
                try transaction.session.save(whole.policy, of: state)
            }
            try transaction.audit(
                .operator,
                "stateRule.replace",
                subject: organization,
                detail: before.differences(from: whole).joined(separator: ", ")
            )
            let isDated = before.policy != whole.policy || before.rule.limits != whole.rule.limits
            return isDated ? try transaction.inquiries(countedBy: organization) : []
        }
        for id in waiting ?? [] {
            try await write { transaction in
                guard var inquiry = try transaction.session.inquiry(id), inquiry.isLive else {
                    return
                }
                try transaction.climb(
                    &inquiry,
                    for: try transaction.request(inquiry.request)
                )
            }
        }
        return waiting?.count
    }
}

extension CaseTransaction {
    fileprivate func wholeRule(of state: StateCode) throws -> WholeStateRule {
        WholeStateRule(rule: try stateRule(of: state), policy: try policy(of: state))
    }
}

extension WholeStateRule {
    /// What is not the same, for the log.
    fileprivate func differences(from other: Self) -> [String] {
        [
            rule.phase == other.rule.phase ? nil : "phase",
            rule.acceptance == other.rule.acceptance ? nil : "acceptance",
            rule.limits == other.rule.limits ? nil : "limits",
            policy == other.policy ? nil : "policy",
        ].compactMap { $0 }
    }
}
