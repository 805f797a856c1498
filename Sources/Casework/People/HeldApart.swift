package import RecordLocator
import Vocabulary

extension PeopleShelf {
    /// Who of these people was held apart from whom: on the worklist, by an approved split, or by
    /// a merge that was taken back.
    ///
    /// What was said of somebody holds for the one they were merged into.
    package func heldApart(_ people: Set<PersonID>) throws -> Set<PersonPair> {
        let all = try people.sorted().map { (person: $0, selves: try selves(of: $0)) }
        var apart: Set<PersonPair> = []
        for (place, one) in all.enumerated() {
            let others = try all[..<place].filter { try areApart(one.selves, $0.selves) }
            for other in others { apart.insert(PersonPair(one.person, other.person)) }
        }
        return apart
    }

    private func areApart(_ ones: Set<PersonID>, _ others: Set<PersonID>) throws -> Bool {
        try ones.contains { one in
            try others.contains { try nearMatch(of: one, and: $0)?.status == .apart }
        }
    }

    /// A person and everybody who was merged into them.
    private func selves(of person: PersonID) throws -> Set<PersonID> {
        var found: Set<PersonID> = []
        var open = [person]
        while let next = open.popLast() {
            guard found.insert(next).inserted else { continue }
            for proposal in try proposals(about: next) where proposal.status == .approved {
                if case .merge(from: let from, into: next) = proposal.change { open.append(from) }
            }
        }
        return found
    }
}
