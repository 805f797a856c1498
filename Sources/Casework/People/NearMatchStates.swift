import RecordExchange
package import RecordLocator
package import Vocabulary

extension NearMatch {
    /// Its place in the worklist: oldest first.
    package var position: ListPosition {
        ListPosition(foundAt.millisecondsSince1970, id: id.description)
    }

    /// The states whose contacts see the line: those of the schools of both.
    ///
    /// None once it is settled, where both are one by now, or where nothing of one may be seen.
    package func states(
        in session: some PeopleShelf & DirectoryShelf
    ) throws -> Set<StateCode> {
        guard status == .open, let one = try session.currentPerson(first),
            let other = try session.currentPerson(second), one.id != other.id
        else { return [] }
        let mine = try session.visibleStates(of: one.id)
        let theirs = try session.visibleStates(of: other.id)
        return mine.isEmpty || theirs.isEmpty ? [] : mine.union(theirs)
    }
}

extension PeopleShelf {
    /// The person an identifier leads to after all merges.
    package func currentPerson(_ id: PersonID) throws -> Person? {
        var found = try person(id)
        // A chain is as long as there were merges; a ring would be a damaged store.
        for _ in 0..<1_000 {
            guard let next = found?.mergedInto else { return found }
            found = try person(next)
        }
        throw CaseworkFailure.notFound
    }
}

extension PeopleShelf where Self: DirectoryShelf {
    /// Those of the schools of the entries that may be seen.
    fileprivate func visibleStates(of person: PersonID) throws -> Set<StateCode> {
        var states: Set<StateCode> = []
        for entry in try entries(of: person) where !entry.isProtected {
            if let school = try school(entry.school) { states.insert(school.state) }
        }
        return states
    }
}
