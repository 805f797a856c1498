import RecordExchange
package import Vocabulary

extension Desk {
    /// Starts a draft for one of the person's schools; the first where none is named.
    package func startDraft(for school: SchoolID?, by actor: Actor) async throws -> RequestDraft {
        guard let requester = school ?? actor.requestingSchools.first,
            actor.requestingSchools.contains(requester)
        else { throw CaseworkFailure.notAllowed }
        return try await write { transaction in
            let draft = RequestDraft(
                id: transaction.secrets.makeIdentifier(),
                owner: actor.id,
                requester: requester,
                at: transaction.now
            )
            try transaction.session.save(draft)
            return draft
        }
    }

    /// A draft of the person's own; anybody else's is not found.
    package func draft(_ id: RequestDraft.ID, by actor: Actor) async throws -> RequestDraft {
        try await read { transaction in try transaction.draft(id, by: actor) }
    }

    /// Keeps what was typed, whether or not it can be sent yet.
    package func save(_ draft: RequestDraft, by actor: Actor) async throws {
        try await write { transaction in
            _ = try transaction.draft(draft.id, by: actor)
            var draft = draft
            draft.changedAt = transaction.now
            try transaction.session.save(draft)
        }
    }

    package func drafts(by actor: Actor) async throws -> [RequestDraft] {
        try await read { try $0.session.drafts(of: actor.id) }
    }

    package func discardDraft(_ id: RequestDraft.ID, by actor: Actor) async throws {
        try await write { transaction in
            _ = try transaction.draft(id, by: actor)
            try transaction.session.deleteDraft(id)
        }
    }

    /// The day it is at a draft's school, for judging its dates.
    package func today(at school: SchoolID) async throws -> CivilDate {
        try await read { transaction in
            transaction.today(in: try transaction.school(school).state)
        }
    }
}

extension CaseTransaction {
    func draft(_ id: RequestDraft.ID, by actor: Actor) throws -> RequestDraft {
        guard let draft = try session.draft(id), draft.owner == actor.id,
            actor.requestingSchools.contains(draft.requester)
        else { throw CaseworkFailure.notFound }
        return draft
    }
}
