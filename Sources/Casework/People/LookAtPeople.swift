package import RecordLocator
package import Vocabulary

/// Why somebody who keeps the locator looks at whose entries are whose.
///
/// Asked before names are shown, and written into the audit log with what was looked at.
package enum PeoplePurpose: String, Hashable, Sendable, CaseIterable, Codable {
    /// The worklist is worked through.
    case upkeep
    /// A school or a family says that something is wrong.
    case reported
    /// An open request waits for it.
    case request
    /// Health or safety: it cannot wait.
    case safety
}

/// A person with what was proposed and decided about them.
package struct PersonFile: Hashable, Sendable {
    package let view: PersonView
    /// Oldest first.
    package let history: [ProposalView]
    /// How the entries may be two people's; `nil` where nothing speaks for it, or people know of it.
    package let parting: PersonParting?

    /// What waits for a decision; nothing else is proposed meanwhile.
    package var waiting: ProposalView? { history.first { $0.proposal.status == .open } }
}

extension Desk {
    /// A line of the worklist, side by side; the look is audited.
    package func nearMatch(
        _ id: NearMatch.ID,
        for purpose: PeoplePurpose,
        by actor: Actor
    ) async throws -> NearMatchView {
        try await write { transaction in
            guard let match = try transaction.session.nearMatch(id),
                let view = try transaction.view(of: match, for: actor)
            else { throw CaseworkFailure.notFound }
            try transaction.auditLook(at: id, for: purpose, by: actor)
            return view
        }
    }

    /// A proposal with those whom it is about; the look is audited.
    package func personProposal(
        _ id: PersonProposal.ID,
        for purpose: PeoplePurpose,
        by actor: Actor
    ) async throws -> ProposalView {
        try await write { transaction in
            guard let proposal = try transaction.session.proposal(id),
                let view = try transaction.view(of: proposal, for: actor)
            else { throw CaseworkFailure.notFound }
            try transaction.auditLook(at: id, for: purpose, by: actor)
            return view
        }
    }

    /// A person with the history of who was taken for whom; the look is audited.
    package func person(
        _ id: PersonID,
        for purpose: PeoplePurpose,
        by actor: Actor
    ) async throws -> PersonFile {
        try await write { transaction in
            guard let view = try transaction.view(of: id), actor.watches(view) else {
                throw CaseworkFailure.notFound
            }
            let history = try transaction.session.proposals(about: view.id)
                .compactMap { try transaction.view(of: $0, for: actor) }
            try transaction.auditLook(at: view.id, for: purpose, by: actor)
            let doubt = try transaction.session.doubt(about: view.id)
            let parting = try doubt.flatMap { try transaction.view(of: $0)?.parting }
            return PersonFile(view: view, history: history, parting: parting)
        }
    }

    /// Whom a student record number leads to, also after merges.
    ///
    /// Tells an identifier only: nobody is shown, so nothing is audited.
    package func personID(
        numbered number: StudentRecordNumber,
        by actor: Actor
    ) async throws -> PersonID {
        try await read { transaction in
            guard let person = try transaction.session.person(numbered: number),
                let view = try transaction.view(of: person.id), actor.watches(view)
            else { throw CaseworkFailure.notFound }
            return view.id
        }
    }
}

extension CaseTransaction {
    fileprivate func auditLook<Subject>(
        at subject: Identifier<Subject>,
        for purpose: PeoplePurpose,
        by actor: Actor
    ) throws {
        try audit(
            .staff(actor.id),
            "people.look",
            subject: subject,
            detail: purpose.rawValue
        )
    }
}
