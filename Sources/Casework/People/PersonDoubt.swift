package import RecordLocator
package import Vocabulary

/// A person whose entries may be two people's: a line of the worklist.
package struct PersonDoubt: Hashable, Sendable, Codable {
    package typealias ID = Identifier<PersonDoubt>

    /// What became of it.
    package enum Status: String, Sendable, CaseIterable, Codable {
        case open
        /// Nothing conflicts any more, or people know of it and it is one person all the same.
        case settled
    }

    package let id: ID
    package let person: PersonID
    /// What nobody has decided about.
    package internal(set) var conflicts: [EntryConflict]
    /// What people know of: they said that it is one person.
    package internal(set) var known: [EntryConflict]
    package internal(set) var foundAt: Instant
    package internal(set) var status: Status

    package init(id: ID, person: PersonID, conflicts: [EntryConflict], foundAt: Instant) {
        self.id = id
        self.person = person
        self.conflicts = conflicts
        self.foundAt = foundAt
        known = []
        status = .open
    }

    /// Its place in the worklist: oldest first.
    package var position: ListPosition {
        ListPosition(foundAt.millisecondsSince1970, id: id.description)
    }
}

/// Somebody who may be two, as one who keeps the locator sees them.
package struct PersonDoubtView: Hashable, Sendable {
    package let doubt: PersonDoubt
    package let person: PersonView
    /// How the entries that may be seen would be taken apart.
    package let parting: PersonParting
    /// Something is proposed about the person: it waits for another one.
    package let proposal: PersonProposal.ID?
}

extension Desk {
    /// Looks for people whose entries may be two people's, in the order in which entries changed.
    ///
    /// May be called by several processes over one store, and after a cut.
    ///
    /// - Returns: the number of changes looked at.
    package func assessPeople(atMost limit: Int = 200) async throws -> Int {
        let isAny = try await read { transaction in
            let after = try transaction.session.assessedUpTo()
            return try transaction.session.lastLocatorChange() > after
        }
        guard isAny else { return 0 }
        return try await write { transaction in
            let after = try transaction.session.assessedUpTo()
            let changes = try transaction.session.locatorChanges(after: after, limit: limit)
            guard let last = changes.last else { return 0 }
            for person in Set(changes.compactMap(\.entry?.person)).sorted() {
                try transaction.assess(person)
            }
            try transaction.session.setAssessedUpTo(last.sequence)
            return changes.count
        }
    }

    /// People who may be two, longest first: of the states whose contact this is.
    ///
    /// No more than `limit`: what is settled makes room.
    package func personDoubts(by actor: Actor, limit: Int = 50) async throws -> [PersonDoubtView] {
        guard !actor.watchedStates.isEmpty else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            var found: [PersonDoubtView] = []
            var start = PageStart.top
            while true {
                let page = try transaction.session.openDoubts(start: start, limit: 200)
                for doubt in page.items where found.count < limit {
                    if let view = try transaction.view(of: doubt), actor.watches(view.person) {
                        found.append(view)
                    }
                }
                guard found.count < limit, let next = page.after else { return found }
                start = .after(next)
            }
        }
    }

    /// Somebody looked: the entries are one person's, whatever they say.
    package func keepAsOne(_ person: PersonID, by actor: Actor) async throws {
        try await write { transaction in
            let person = try transaction.handled(person, by: actor)
            guard try transaction.session.doubt(about: person.id)?.status == .open,
                try transaction.openProposal(about: [person.id]) == nil
            else { throw CaseworkFailure.notPossibleNow }
            try transaction.assess(person.id, isOne: true)
            try transaction.audit(.staff(actor.id), "person.one", subject: person.id)
        }
    }
}

extension CaseTransaction {
    /// Puts a person onto the worklist, or takes them off it, as their entries are now.
    ///
    /// `isOne`: people who know what conflicts have just said that it is one person. Where they
    /// said so of `joined` and the others, a conflict among either is none of what they said.
    func assess(
        _ person: PersonID,
        isOne: Bool = false,
        joined: Set<LocatorEntry.ID>? = nil
    ) throws {
        let parting = PersonParting(of: try session.entries(of: person).filter(\.mayBeCompared))
        let old = try session.doubt(about: person)
        guard parting != nil || old != nil else { return }
        var doubt =
            old
            ?? PersonDoubt(
                id: secrets.makeIdentifier(),
                person: person,
                conflicts: [],
                foundAt: now
            )
        let conflicts = parting?.conflicts ?? []
        if isOne {
            doubt.known += conflicts.filter { conflict in
                let isAcross =
                    joined.map { $0.contains(conflict.first) != $0.contains(conflict.second) }
                    ?? true
                return isAcross && !doubt.known.contains(conflict)
            }
        }
        doubt.conflicts = conflicts.filter { !doubt.known.contains($0) }
        doubt.status = doubt.conflicts.isEmpty ? .settled : .open
        if doubt.status == .open, old?.status != .open { doubt.foundAt = now }
        if doubt != old { try session.save(doubt) }
    }

    /// A line of the worklist as it is now; `nil` where nothing of it may be seen, or is left.
    func view(of doubt: PersonDoubt) throws -> PersonDoubtView? {
        guard doubt.status == .open, let person = try view(of: doubt.person),
            person.id == doubt.person,
            let parting = PersonParting(
                of: person.places.map(\.entry).filter(\.mayBeCompared)
            ),
            parting.conflicts.contains(where: { !doubt.known.contains($0) })
        else { return nil }
        return PersonDoubtView(
            doubt: doubt,
            person: person,
            parting: parting,
            proposal: try openProposal(about: [person.id])
        )
    }

    /// What waits for a decision about one of these people.
    func openProposal(about people: [PersonID]) throws -> PersonProposal.ID? {
        try people.flatMap { try session.proposals(about: $0) }
            .first { $0.status == .open }?.id
    }
}

extension LocatorEntry {
    /// What nobody may see, and what its own school denies, says nothing about a person.
    fileprivate var mayBeCompared: Bool { !isProtected && standing != .denied }
}
