import Casework
import Hummingbird
import RecordExchange
import RecordLocator
import Rendering
import Vocabulary

/// Merges, splits and undos that were proposed: looked at and decided by somebody else.
extension StaffRoom {
    func proposal(_ visit: StaffVisit) async throws -> Response {
        let id: PersonProposal.ID = try visit.visit.identifier("proposal")
        guard let purpose = asked(visit) else { return purposePage(visit, .proposal, id) }
        return try await proposal(visit, id, purpose, form: .empty)
    }

    private func proposal(
        _ visit: StaffVisit,
        _ id: PersonProposal.ID,
        _ purpose: PeoplePurpose,
        form: Form
    ) async throws -> Response {
        let view = try await desk.personProposal(id, for: purpose, by: visit.actor)
        let proposal = view.proposal
        let kind = ProposalKind(proposal.change)
        var moving: Set<LocatorEntry.ID> = []
        if case .split(_, let entries) = proposal.change, proposal.status == .open {
            moving = Set(entries)
        }
        let page = ProposalPage(
            path: StaffRoute.proposal.path(id.description).description,
            backPath: list(purpose),
            purpose: purpose,
            row: row(view, purpose),
            reason: proposal.note,
            decidedAt: proposal.decidedAt.map { local($0, Self.capital) },
            decisionNote: proposal.decisionNote,
            sides: view.people.enumerated().map { position, person in
                side(position + 1, person, purpose, visit, moving: moving)
            },
            mayDecide: view.mayDecide,
            mayUndo: proposal.status == .approved && kind != .undo,
            form: form
        )
        return show(page, visit, form)
    }

    func approveProposal(_ visit: StaffVisit) async throws -> Response {
        try await desk.approve(try visit.visit.identifier("proposal"), by: visit.actor)
        return seeOther(.nearMatches, done: .proposalApproved)
    }

    func declineProposal(_ visit: StaffVisit) async throws -> Response {
        let id: PersonProposal.ID = try visit.visit.identifier("proposal")
        let note = visit.visit.form[.decisionNote]
        do {
            try await desk.reject(id, note: note, by: visit.actor)
        } catch let failure as CaseworkFailure {
            guard let trouble = FieldTrouble(proposing: failure) else { throw failure }
            let problem = FieldProblem(.decisionNote, trouble)
            let form = Form([.decisionNote: note], problems: [problem])
            return try await proposal(visit, id, try stated(visit), form: form)
        }
        return seeOther(.nearMatches, done: .proposalDeclined)
    }

    func proposeUndo(_ visit: StaffVisit) async throws -> Response {
        let id: PersonProposal.ID = try visit.visit.identifier("proposal")
        let note = visit.visit.form[.proposalReason]
        do {
            try await desk.proposeUndo(of: id, note: note, by: visit.actor)
        } catch let failure as CaseworkFailure {
            guard let trouble = FieldTrouble(proposing: failure) else { throw failure }
            let problem = FieldProblem(.proposalReason, trouble)
            let form = Form([.proposalReason: note], problems: [problem])
            return try await proposal(visit, id, try stated(visit), form: form)
        }
        return seeOther(.nearMatches, done: .proposed)
    }
}

extension ProposalKind {
    init(_ change: PersonProposal.Change) {
        switch change {
        case .merge: self = .merge
        case .split: self = .split
        case .undo: self = .undo
        }
    }
}

extension FieldTrouble {
    /// What the proposer can mend; `nil` for anything else.
    init?(proposing failure: CaseworkFailure) {
        switch failure {
        case .reasonMissing: self = .proposalReasonMissing
        case .tooLong: self = .messageTooLong(limit: RequestDraft.longestMessage)
        case .alreadyThere: self = .alreadyProposed
        default: return nil
        }
    }
}
