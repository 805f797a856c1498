package import RecordLocator
package import Vocabulary

/// People over the locator's entries, and who is thought to be whom.
package protocol PeopleShelf {
    func person(_ id: PersonID) throws -> Person?
    func person(numbered number: StudentRecordNumber) throws -> Person?
    /// Throws `StoreConflict` where another person has the number.
    func save(_ person: Person) throws
    /// Protected ones among them.
    func entries(of person: PersonID) throws -> [LocatorEntry]

    func nearMatch(_ id: NearMatch.ID) throws -> NearMatch?
    func nearMatch(of one: PersonID, and other: PersonID) throws -> NearMatch?
    /// A page of those that contacts of these states see by `NearMatch.states`, oldest first.
    func nearMatches(
        seenFrom states: Set<StateCode>,
        start: PageStart,
        limit: Int
    ) throws -> ListPage<NearMatch>
    /// Exact.
    func nearMatchCount(seenFrom states: Set<StateCode>) throws -> Int
    func save(_ match: NearMatch) throws

    func proposal(_ id: PersonProposal.ID) throws -> PersonProposal?
    /// A page of open ones, or of decided ones; newest first.
    func proposals(open: Bool, start: PageStart, limit: Int) throws -> ListPage<PersonProposal>
    /// Oldest first.
    func proposals(about person: PersonID) throws -> [PersonProposal]
    func save(_ proposal: PersonProposal) throws

    func doubt(about person: PersonID) throws -> PersonDoubt?
    /// A page of open ones, oldest first.
    func openDoubts(start: PageStart, limit: Int) throws -> ListPage<PersonDoubt>
    /// Throws where another one is about the person.
    func save(_ doubt: PersonDoubt) throws
    /// The last change of the locator after which its person was compared with themselves.
    func assessedUpTo() throws -> Int64
    func setAssessedUpTo(_ sequence: Int64) throws

    /// The last change of the locator whose entry has been looked at for its person.
    func groupedUpTo() throws -> Int64
    func setGroupedUpTo(_ sequence: Int64) throws
}

extension PeopleShelf {
    /// The newest open or decided ones.
    package func proposals(open: Bool, limit: Int) throws -> [PersonProposal] {
        try proposals(open: open, start: .top, limit: limit).items
    }
}
