package import RecordExchange
import StudentRecords
package import Vocabulary

/// What a requester is told before asking: which copies its own state accepts, or whom to ask.
package struct AcceptanceOutlook: Hashable, Sendable {
    package let stateName: String
    /// `nil` where nobody of the state entered a rule.
    package let acceptance: StateRule.Acceptance?
    /// The state's contact; `nil` where the directory has none.
    package let contact: Contact?
}

extension Desk {
    /// What was entered for a state.
    package func stateRule(of state: StateCode) async throws -> StateRule {
        try await read { try $0.stateRule(of: state) }
    }

    /// Which copies the state of a school accepts.
    package func acceptance(at school: SchoolID) async throws -> AcceptanceOutlook {
        try await read { transaction in
            let state = try transaction.school(school).state
            return AcceptanceOutlook(
                stateName: try transaction.name(of: .state(state)),
                acceptance: try transaction.stateRule(of: state).acceptance,
                contact: try transaction.session.contacts(of: .state(state))
                    .first { $0.role == .stateContact }
            )
        }
    }

    /// Replaces what was entered for a state: by its contacts and the administrators.
    ///
    /// The log keeps who did it and what it was about; the rule's text is public.
    package func keepStateRule(
        _ rule: StateRule,
        of state: StateCode,
        by actor: Actor
    ) async throws {
        let texts = rule.acceptance.map { [$0.certifier, $0.note, $0.citation] } ?? []
        guard texts.allSatisfy({ $0.utf8.count <= StateRule.Acceptance.longestText }) else {
            throw CaseworkFailure.tooLong
        }
        if let acceptance = rule.acceptance {
            // A rule that stands nowhere is no rule.
            guard [acceptance.certifier, acceptance.citation].allSatisfy(\.hasWords) else {
                throw CaseworkFailure.reasonMissing
            }
        }
        try await write { transaction in
            let organization = OrganizationID.state(state)
            guard try transaction.session.state(state) != nil else {
                throw CaseworkFailure.notFound
            }
            guard try transaction.mayKeep(organization, by: actor) else {
                throw CaseworkFailure.notAllowed
            }
            let before = try transaction.stateRule(of: state)
            // What its law gives schools is kept by itself.
            let rule = rule.with(limits: before.limits ?? [])
            guard before != rule else { return }
            try transaction.session.save(rule, of: state)
            let acceptance =
                rule.acceptance.map { $0.isVerified ? "verified" : "not verified" } ?? "none"
            try transaction.audit(
                .staff(actor.id),
                "stateRule.keep",
                subject: organization,
                detail: "phase \(rule.phase.rawValue), acceptance \(acceptance)"
            )
        }
    }
}

extension CaseTransaction {
    func stateRule(of state: StateCode) throws -> StateRule {
        try session.stateRule(of: state) ?? .unknown
    }

    /// The phase by which the answers to a request are judged: what one of the states behind them
    /// holds is expected.
    func phase(behind bundles: [RecordBundle], of inquiries: [Inquiry]) throws -> DataPhase {
        let answered = Set(bundles.filter { $0.withdrawnAt == nil }.map(\.inquiry))
        let states = Set(inquiries.filter { answered.contains($0.id) }.map(\.holderState))
        return try states.map { try stateRule(of: $0).phase }.max() ?? .third
    }
}

extension String {
    /// Something other than white space and control characters stands in it.
    fileprivate var hasWords: Bool { utf8.contains { $0 > 32 } }
}
