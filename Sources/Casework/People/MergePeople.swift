package import RecordLocator
import Vocabulary

extension Desk {
    /// Proposes that two people are one; another person decides.
    ///
    /// The one who was minted first stays, with that number. The note says why.
    @discardableResult
    package func proposeMerge(
        _ one: PersonID,
        _ other: PersonID,
        note: String,
        by actor: Actor
    ) async throws -> PersonProposal.ID {
        try await write { transaction in
            let first = try transaction.handled(one, by: actor, or: other)
            let second = try transaction.handled(other, by: actor, or: one)
            guard first.id != second.id else { throw CaseworkFailure.notPossibleNow }
            let isFirstOlder = (first.mintedAt, first.id) < (second.mintedAt, second.id)
            let (into, from) = isFirstOlder ? (first, second) : (second, first)
            return try transaction.propose(
                .merge(from: from.id, into: into.id),
                about: [into.id, from.id],
                note,
                by: actor
            )
        }
    }

    /// Proposes that some of a person's entries are another person's; another person decides.
    @discardableResult
    package func proposeSplit(
        _ person: PersonID,
        entries: [LocatorEntry.ID],
        note: String,
        by actor: Actor
    ) async throws -> PersonProposal.ID {
        try await write { transaction in
            let person = try transaction.handled(person, by: actor)
            // Of those that are shown: the answer must not tell that there are others.
            let own = Set(
                try transaction.session.entries(of: person.id).filter { !$0.isProtected }.map(\.id)
            )
            let moved = Set(entries)
            // Somebody must be left, and somebody must go.
            guard !moved.isEmpty, moved.isSubset(of: own), moved.count < own.count else {
                throw CaseworkFailure.notPossibleNow
            }
            return try transaction.propose(
                .split(person.id, entries: moved.sorted()),
                about: [person.id],
                note,
                by: actor
            )
        }
    }

    /// Proposes to take an approved merge or split back; another person decides.
    @discardableResult
    package func proposeUndo(
        of earlier: PersonProposal.ID,
        note: String,
        by actor: Actor
    ) async throws -> PersonProposal.ID {
        try await write { transaction in
            guard let earlier = try transaction.session.proposal(earlier) else {
                throw CaseworkFailure.notFound
            }
            try transaction.requireHandled(earlier, by: actor)
            guard earlier.status == .approved, !earlier.change.isUndo else {
                throw CaseworkFailure.notPossibleNow
            }
            return try transaction.propose(
                .undo(earlier.id),
                about: earlier.people + (earlier.made.map { [$0] } ?? []),
                note,
                by: actor
            )
        }
    }

    /// Carries a proposal out; nobody approves their own.
    package func approve(_ id: PersonProposal.ID, note: String = "", by actor: Actor) async throws {
        try await decide(id, .approved, note, by: actor)
    }

    /// Leaves everything as it is, with a reason; nobody decides on their own.
    package func reject(_ id: PersonProposal.ID, note: String, by actor: Actor) async throws {
        guard note.utf8.contains(where: { $0 > 32 }) else { throw CaseworkFailure.reasonMissing }
        try await decide(id, .rejected, note, by: actor)
    }

    /// Somebody looked at a line of the worklist: they are two people.
    package func markApart(_ id: NearMatch.ID, by actor: Actor) async throws {
        try await write { transaction in
            guard var match = try transaction.session.nearMatch(id) else {
                throw CaseworkFailure.notFound
            }
            _ = try transaction.handled(match.first, by: actor, or: match.second)
            guard match.status == .open else { throw CaseworkFailure.notPossibleNow }
            match.status = .apart
            try transaction.session.save(match)
            try transaction.audit(.staff(actor.id), "person.apart", subject: match.id)
        }
    }

    private func decide(
        _ id: PersonProposal.ID,
        _ status: PersonProposal.Status,
        _ note: String,
        by actor: Actor
    ) async throws {
        guard note.utf8.count <= RequestDraft.longestMessage else { throw CaseworkFailure.tooLong }
        try await write { transaction in
            guard var proposal = try transaction.session.proposal(id) else {
                throw CaseworkFailure.notFound
            }
            try transaction.requireHandled(proposal, by: actor)
            guard proposal.proposedBy != actor.id else { throw CaseworkFailure.notAllowed }
            guard proposal.status == .open else { throw CaseworkFailure.notPossibleNow }
            if status == .approved { try transaction.carryOut(&proposal) }
            proposal.status = status
            proposal.decidedBy = actor.id
            proposal.decidedAt = transaction.now
            proposal.decisionNote = note
            try transaction.session.save(proposal)
            try transaction.audit(
                .staff(actor.id),
                status == .approved ? "person.approve" : "person.reject",
                subject: proposal.id,
                detail: proposal.change.word
            )
        }
    }
}

extension PersonProposal.Change {
    fileprivate var isUndo: Bool {
        if case .undo = self { true } else { false }
    }

    fileprivate var word: String {
        switch self {
        case .merge: "merge"
        case .split: "split"
        case .undo: "undo"
        }
    }
}

extension CaseTransaction {
    /// A person that is there, can be seen and is this actor's to look after; with `other`, the
    /// other one's states count too.
    func handled(
        _ id: PersonID,
        by actor: Actor,
        or other: PersonID? = nil,
        all earlier: PersonProposal? = nil
    ) throws -> Person {
        let others = (earlier?.people ?? []) + (other.map { [$0] } ?? [])
        guard let view = try view(of: id), let person = try session.person(view.id),
            try actor.watches(view)
                || others.contains(where: { try self.view(of: $0).map(actor.watches) ?? false })
        else { throw CaseworkFailure.notFound }
        return person
    }

    fileprivate func requireHandled(_ proposal: PersonProposal, by actor: Actor) throws {
        for id in proposal.people { _ = try handled(id, by: actor, all: proposal) }
    }

    fileprivate func propose(
        _ change: PersonProposal.Change,
        about people: [PersonID],
        _ note: String,
        by actor: Actor
    ) throws -> PersonProposal.ID {
        // Whoever decides must know why.
        guard note.utf8.contains(where: { $0 > 32 }) else { throw CaseworkFailure.reasonMissing }
        guard note.utf8.count <= RequestDraft.longestMessage else { throw CaseworkFailure.tooLong }
        let isAsked = try people.contains { person in
            try session.proposals(about: person).contains { $0.status == .open }
        }
        // One at a time, so that what is approved is what was looked at.
        guard !isAsked else { throw CaseworkFailure.alreadyThere }
        let proposal = PersonProposal(
            id: secrets.makeIdentifier(),
            change: change,
            people: people,
            note: note,
            proposedBy: actor.id,
            proposedAt: now
        )
        try session.save(proposal)
        try audit(.staff(actor.id), "person.propose", subject: proposal.id, detail: change.word)
        return proposal.id
    }

    fileprivate func carryOut(_ proposal: inout PersonProposal) throws {
        switch proposal.change {
        case .merge(let from, let into):
            guard var loser = try session.person(from), loser.mergedInto == nil,
                let winner = try session.person(into), winner.mergedInto == nil
            else { throw CaseworkFailure.notPossibleNow }
            proposal.moved = try session.entries(of: from).map(\.id)
            try move(proposal.moved, from: from, to: into)
            loser.mergedInto = into
            try session.save(loser)
            try settle(from, into, as: .merged)
            // Both people looked: what conflicts between the two does not part them again.
            try assess(into, isOne: true, joined: Set(proposal.moved))
            try assess(from)
        case .split(let person, let entries):
            guard let current = try session.person(person), current.mergedInto == nil else {
                throw CaseworkFailure.notPossibleNow
            }
            let own = Set(try session.entries(of: person).map(\.id))
            let moved = entries.filter(own.contains)
            guard !moved.isEmpty, moved.count < own.count else {
                throw CaseworkFailure.notPossibleNow
            }
            let made = try mintPerson()
            try move(moved, from: person, to: made.id)
            proposal.moved = moved
            proposal.made = made.id
            // Else the next entry would put both back onto the worklist.
            try settle(person, made.id, as: .apart)
            try assess(person)
            try assess(made.id)
        case .undo(let id):
            guard var earlier = try session.proposal(id), earlier.status == .approved else {
                throw CaseworkFailure.notPossibleNow
            }
            try takeBack(earlier)
            earlier.status = .undone
            try session.save(earlier)
        }
    }

    private func takeBack(_ earlier: PersonProposal) throws {
        switch earlier.change {
        case .merge(let from, let into):
            guard var restored = try session.person(from), restored.mergedInto == into,
                let winner = try session.currentPerson(into)
            else { throw CaseworkFailure.notPossibleNow }
            restored.mergedInto = nil
            try session.save(restored)
            // Entries that came since stay where they joined.
            try move(earlier.moved, from: winner.id, to: from)
            try settle(from, into, as: .apart)
            try assess(winner.id)
            try assess(from)
        case .split(let person, _):
            guard let made = earlier.made, var child = try session.person(made),
                child.mergedInto == nil, let parent = try session.currentPerson(person)
            else { throw CaseworkFailure.notPossibleNow }
            let back = try session.entries(of: made).map(\.id)
            try move(back, from: made, to: parent.id)
            child.mergedInto = parent.id
            try session.save(child)
            try assess(parent.id, isOne: true, joined: Set(back))
            try assess(made)
        case .undo: throw CaseworkFailure.notPossibleNow
        }
    }

    private func move(
        _ entries: [LocatorEntry.ID],
        from: PersonID,
        to target: PersonID
    ) throws {
        for id in entries {
            guard var entry = try session.locatorEntry(id), entry.person == from else { continue }
            entry.person = target
            try session.save([entry])
        }
    }

    private func settle(_ one: PersonID, _ other: PersonID, as status: NearMatch.Status) throws {
        var match =
            try session.nearMatch(of: one, and: other)
            ?? NearMatch(
                id: secrets.makeIdentifier(),
                one,
                other,
                reasons: [],
                foundAt: now
            )
        match.status = status
        try session.save(match)
    }
}
