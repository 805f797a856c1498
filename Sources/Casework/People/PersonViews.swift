package import RecordExchange
package import RecordLocator
package import Vocabulary

/// A person as somebody who keeps the locator sees one; protected entries are in no view.
package struct PersonView: Hashable, Sendable {
    /// One entry with its school.
    package struct Place: Hashable, Sendable {
        package let entry: LocatorEntry
        package let school: School
    }

    package let id: PersonID
    package let number: StudentRecordNumber
    /// Latest enrollment first; never empty.
    package let places: [Place]
    /// As the latest entry has it.
    package let name: PersonName

    /// The states of the schools.
    var states: Set<StateCode> { Set(places.map(\.school.state)) }
}

/// A line of the worklist.
package struct NearMatchView: Hashable, Sendable {
    package let match: NearMatch
    package let first: PersonView
    package let second: PersonView
    /// Something is proposed about one of them: it waits for another person.
    package let proposal: PersonProposal.ID?
}

/// A page of the worklist of people, and how long it is.
package struct PersonWorklist: Sendable {
    package let page: ListPage<NearMatchView>
    /// Exact, whatever the page holds.
    package let count: Int
}

/// A proposal with those whom it is about.
package struct ProposalView: Hashable, Sendable {
    package let proposal: PersonProposal
    package let people: [PersonView]
    package let proposedBy: String
    /// Empty while it is open.
    package let decidedBy: String
    /// Whether this viewer may approve it: not what one proposed oneself.
    package let mayDecide: Bool
}

extension Desk {
    /// A page of people who may be one, oldest first: of the states whose contact this is.
    package func personWorklist(
        by actor: Actor,
        start: PageStart = .top,
        limit: Int = 50
    ) async throws -> PersonWorklist {
        let states = Set(actor.watchedStates)
        guard !states.isEmpty else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            let page = try transaction.session.nearMatches(
                seenFrom: states,
                start: start,
                limit: limit
            )
            return PersonWorklist(
                page: ListPage(
                    items: try page.items.compactMap { try transaction.view(of: $0, for: actor) },
                    before: page.before,
                    after: page.after
                ),
                count: try transaction.session.nearMatchCount(seenFrom: states)
            )
        }
    }

    /// A page of proposals that wait, or of decided ones, newest first.
    ///
    /// A page may hold less than `limit`, even nothing, and have more behind it: where hundreds in
    /// a row are other states', looking goes on with the next page.
    package func personProposals(
        open: Bool,
        by actor: Actor,
        start: PageStart = .top,
        limit: Int = 50
    ) async throws -> ListPage<ProposalView> {
        guard !actor.watchedStates.isEmpty else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            try transaction.proposals(open: open, for: actor, start: start, limit: limit)
        }
    }
}

extension Actor {
    /// Whether somebody with this person's entries is this actor's to look after.
    func watches(_ view: PersonView) -> Bool { !view.states.isDisjoint(with: watchedStates) }
}

extension CaseTransaction {
    /// The most proposals that are looked at for one page.
    private static let mostLookedAt = 500

    fileprivate func proposals(
        open: Bool,
        for actor: Actor,
        start: PageStart,
        limit: Int
    ) throws -> ListPage<ProposalView> {
        let isBack = if case .before = start { true } else { false }
        var found: [(position: ListPosition, item: ProposalView)] = []
        var looked = 0
        var next = start
        while true {
            let page = try session.proposals(open: open, start: next, limit: 100)
            for proposal in isBack ? page.items.reversed() : page.items
            where found.count <= limit {
                if let view = try view(of: proposal, for: actor) {
                    found.append((proposal.position, view))
                }
            }
            looked += page.items.count
            guard found.count <= limit, let edge = isBack ? page.before : page.after else {
                return ListPage(read: found, from: start, limit: limit)
            }
            next = isBack ? .before(edge) : .after(edge)
            guard looked >= Self.mostLookedAt else { continue }
            let whole = ListPage(read: found, from: start, limit: limit)
            return ListPage(
                items: whole.items,
                before: isBack ? edge : whole.before,
                after: isBack ? whole.after : edge
            )
        }
    }

    /// The person as it is now; `nil` where there is none, or nothing of them may be seen.
    func view(of id: PersonID) throws -> PersonView? {
        guard let person = try session.currentPerson(id) else { return nil }
        let places = try session.entries(of: person.id).filter { !$0.isProtected }
            .compactMap { entry in
                try session.school(entry.school).map {
                    PersonView.Place(entry: entry, school: $0)
                }
            }
            .sorted { $0.entry.isLater(than: $1.entry) }
        guard let latest = places.first else { return nil }
        return PersonView(
            id: person.id,
            number: person.number,
            places: places,
            name: latest.entry.name
        )
    }

    /// A line of the worklist as it is now; `nil` where this actor sees none.
    func view(of match: NearMatch, for actor: Actor) throws -> NearMatchView? {
        guard match.status == .open, let first = try view(of: match.first),
            let second = try view(of: match.second), first.id != second.id,
            actor.watches(first) || actor.watches(second)
        else { return nil }
        return NearMatchView(
            match: match,
            first: first,
            second: second,
            proposal: try openProposal(about: [first.id, second.id])
        )
    }

    func view(of proposal: PersonProposal, for actor: Actor) throws -> ProposalView? {
        var people: [PersonView] = []
        for id in proposal.people {
            // Who may not be seen hides the whole line: a gap would say that there is somebody.
            guard let view = try view(of: id) else { return nil }
            if !people.contains(where: { $0.id == view.id }) { people.append(view) }
        }
        guard people.contains(where: actor.watches) else { return nil }
        return ProposalView(
            proposal: proposal,
            people: people,
            proposedBy: try session.account(proposal.proposedBy)?.name ?? "",
            decidedBy: try proposal.decidedBy.flatMap { try session.account($0)?.name } ?? "",
            mayDecide: proposal.status == .open && proposal.proposedBy != actor.id
        )
    }
}

extension LocatorEntry {
    /// An enrollment that goes on is the latest.
    func isLater(than other: Self) -> Bool {
        let mine = to ?? (from == nil ? .distantPast : .distantFuture)
        let theirs = other.to ?? (other.from == nil ? .distantPast : .distantFuture)
        return mine == theirs ? id < other.id : mine > theirs
    }
}

extension CivilDate {
    fileprivate static let distantPast = Self(dayNumber: .min)
    fileprivate static let distantFuture = Self(dayNumber: .max)
}
