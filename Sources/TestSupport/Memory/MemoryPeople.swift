import Casework
import RecordLocator
import Vocabulary

extension MemoryCaseSession {
    func person(_ id: PersonID) throws -> Person? { state.people[id] }

    func person(numbered number: StudentRecordNumber) throws -> Person? {
        state.people.values.first { $0.number == number }
    }

    func save(_ person: Person) throws {
        try change { state in
            let isTaken = state.people.values.contains { other in
                other.id != person.id && other.number == person.number
            }
            try refuse(isTaken, "student record number")
            if let target = person.mergedInto {
                try require(state.people[target] != nil, "a person is merged into one")
                try require(target != person.id, "nobody is merged into themselves")
            }
            state.people[person.id] = person
        }
    }

    func entries(of person: PersonID) throws -> [LocatorEntry] {
        state.locatorEntries.values.filter { $0.person == person }.sorted { $0.id < $1.id }
    }

    func nearMatch(_ id: NearMatch.ID) throws -> NearMatch? { state.nearMatches[id] }

    func nearMatch(of one: PersonID, and other: PersonID) throws -> NearMatch? {
        state.nearMatches.values.first {
            $0.first == min(one, other) && $0.second == max(one, other)
        }
    }

    func nearMatches(
        seenFrom states: Set<StateCode>,
        start: PageStart,
        limit: Int
    ) throws -> ListPage<NearMatch> {
        guard limit > 0 else { return ListPage(items: []) }
        let lines = try nearMatches(seenFrom: states).map { (position: $0.position, item: $0) }
            .sorted { $0.position < $1.position }
        return page(lines, from: start, limit: limit)
    }

    func nearMatchCount(seenFrom states: Set<StateCode>) throws -> Int {
        try nearMatches(seenFrom: states).count
    }

    private func nearMatches(seenFrom states: Set<StateCode>) throws -> [NearMatch] {
        try state.nearMatches.values.filter { try !$0.states(in: self).isDisjoint(with: states) }
    }

    func save(_ match: NearMatch) throws {
        try change { state in
            try require(
                state.people[match.first] != nil && state.people[match.second] != nil,
                "a near match needs its people"
            )
            state.nearMatches[match.id] = match
        }
    }

    func proposal(_ id: PersonProposal.ID) throws -> PersonProposal? { state.proposals[id] }

    func proposals(open: Bool, start: PageStart, limit: Int) throws -> ListPage<PersonProposal> {
        let lines = state.proposals.values.filter { ($0.status == .open) == open }
            .map { (position: $0.position, item: $0) }.sorted { $0.position > $1.position }
        let read =
            switch start {
            case .top: lines
            case .after(let position): lines.filter { $0.position < position }
            case .before(let position):
                Array(lines.filter { $0.position > position }.reversed())
            }
        return ListPage(read: read, from: start, limit: limit)
    }

    func doubt(about person: PersonID) throws -> PersonDoubt? { state.doubts[person] }

    func openDoubts(start: PageStart, limit: Int) throws -> ListPage<PersonDoubt> {
        let lines = state.doubts.values.filter { $0.status == .open }
            .map { (position: $0.position, item: $0) }.sorted { $0.position < $1.position }
        return page(lines, from: start, limit: limit)
    }

    func save(_ doubt: PersonDoubt) throws {
        try change { state in
            try require(state.people[doubt.person] != nil, "a doubt needs its person")
            try refuse(
                state.doubts[doubt.person].map { $0.id != doubt.id } ?? false,
                "person doubt"
            )
            state.doubts[doubt.person] = doubt
        }
    }

    func assessedUpTo() throws -> Int64 { state.assessedUpTo }

    func setAssessedUpTo(_ sequence: Int64) throws {
        try change { $0.assessedUpTo = sequence }
    }

    func proposals(about person: PersonID) throws -> [PersonProposal] {
        state.proposals.values.filter { $0.people.contains(person) }
            .sorted { ($0.proposedAt, $0.id) < ($1.proposedAt, $1.id) }
    }

    func save(_ proposal: PersonProposal) throws {
        try change { state in
            try require(
                proposal.people.allSatisfy { state.people[$0] != nil },
                "a proposal needs its people"
            )
            state.proposals[proposal.id] = proposal
        }
    }

    func groupedUpTo() throws -> Int64 { state.groupedUpTo }

    func setGroupedUpTo(_ sequence: Int64) throws {
        try change { $0.groupedUpTo = sequence }
    }
}
