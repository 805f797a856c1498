import RecordLocator
import Vocabulary

/// What one step of grouping did.
package struct GroupingStep: Hashable, Sendable {
    /// Changes looked at; none are left where it is 0.
    package var looked = 0
    /// Entries that joined a person who was there.
    package var joined = 0
    /// People minted.
    package var minted = 0
    /// New lines of the worklist.
    package var nearMatches = 0

    package init() {}
}

extension Desk {
    /// Gives entries that have no person one, in the order they came in.
    ///
    /// An entry joins a person by itself only where the locator is certain; whoever is merely near
    /// goes onto the worklist. Protected entries and hearsay belong to nobody.
    ///
    /// May be called by several processes over one store, and after a cut: each step is one
    /// transaction and is done once.
    package func groupEntries(atMost limit: Int = 200) async throws -> GroupingStep {
        // What the locator does not know yet it does not find: two entries of one child would
        // become two people.
        let known = try await finder.takeUp()
        let (after, changes) = try await read { transaction in
            let after = try transaction.session.groupedUpTo()
            let changes = try transaction.session.locatorChanges(after: after, limit: limit)
            return (after, Array(changes.prefix { $0.sequence <= known }))
        }
        guard let last = changes.last else { return GroupingStep() }
        var findings: [GroupingFinding] = []
        var seen: Set<LocatorEntry.ID> = []
        for change in changes {
            guard let entry = change.entry, entry.mayBeGrouped, seen.insert(entry.id).inserted
            else { continue }
            let answer = await finder.find(LocatorQuery(entry))
            findings.append(GroupingFinding(entry: entry, answer: answer))
        }
        let found = findings
        return try await write { transaction in
            var grouping = Grouping(transaction: transaction)
            grouping.step.looked = changes.count
            // Another process may have done the same step meanwhile.
            guard try transaction.session.groupedUpTo() == after else { return grouping.step }
            for finding in found { try grouping.take(finding) }
            try transaction.session.setGroupedUpTo(last.sequence)
            return grouping.step
        }
    }

    /// Changes of the locator that are still to be looked at for their person.
    package func ungroupedChanges() async throws -> Int {
        try await read { transaction in
            let last = try transaction.session.lastLocatorChange()
            return Int(max(0, last - (try transaction.session.groupedUpTo())))
        }
    }
}

extension LocatorEntry {
    /// An entry that nobody may see has no person, and neither has what is only said.
    fileprivate var mayBeGrouped: Bool { person == nil && !isProtected && standing == .onFile }
}

/// What the locator says of an entry without a person.
private struct GroupingFinding: Sendable {
    let entry: LocatorEntry
    /// Entries that are certainly the same person's.
    let certain: [LocatorEntry]
    /// Entries that are probably the same person's, with the reasons.
    let near: [(entry: LocatorEntry, reasons: [MatchReason])]
    let certainReasons: [MatchReason]

    init(entry: LocatorEntry, answer: LocatorAnswer) {
        self.entry = entry
        var certain: [LocatorEntry] = []
        var near: [(entry: LocatorEntry, reasons: [MatchReason])] = []
        for person in answer.people {
            let isOwn = person.matches.contains { $0.entry.id == entry.id }
            for match in person.matches where match.entry.id != entry.id {
                if isOwn, answer.certain == person, match.grade == .certain {
                    certain.append(match.entry)
                } else if match.grade >= .probable {
                    near.append((match.entry, match.reasons))
                }
            }
        }
        self.certain = certain
        self.near = near
        certainReasons = answer.certain?.reasons ?? []
    }
}

/// One transaction's worth of grouping.
private struct Grouping {
    let transaction: CaseTransaction
    var step = GroupingStep()

    private var session: any CaseSession { transaction.session }

    init(transaction: CaseTransaction) {
        self.transaction = transaction
    }

    mutating func take(_ finding: GroupingFinding) throws {
        // What was changed since is looked at with that change.
        guard var entry = try session.locatorEntry(finding.entry.id), entry == finding.entry else {
            return
        }
        let candidates = try people(of: finding.certain)
        let person: PersonID
        // Where two people are certain, neither is: somebody must look.
        if candidates.count == 1, let only = candidates.first {
            person = only
            step.joined += 1
        } else {
            person = try transaction.mintPerson().id
            step.minted += 1
        }
        entry.person = person
        try session.save([entry])
        if candidates.count > 1 {
            for other in candidates { try note(person, other, finding.certainReasons) }
        }
        for near in finding.near {
            for other in try people(of: [near.entry]) { try note(person, other, near.reasons) }
        }
    }

    /// Whom these entries belong to now, as far as they have somebody.
    private func people(of entries: [LocatorEntry]) throws -> Set<PersonID> {
        var found: Set<PersonID> = []
        for entry in entries {
            // As it is now: one of this step's may just have got its person.
            guard let now = try session.locatorEntry(entry.id), !now.isProtected,
                let person = now.person
            else { continue }
            found.insert(person)
        }
        return found
    }

    private mutating func note(
        _ one: PersonID,
        _ other: PersonID,
        _ reasons: [MatchReason]
    ) throws {
        guard one != other, try session.nearMatch(of: one, and: other) == nil else { return }
        try session.save(
            NearMatch(
                id: transaction.secrets.makeIdentifier(),
                one,
                other,
                reasons: reasons,
                foundAt: transaction.now
            )
        )
        step.nearMatches += 1
    }
}

extension CaseTransaction {
    /// A new person with a number nobody has.
    func mintPerson() throws -> Person {
        var number: StudentRecordNumber
        repeat {
            number = StudentRecordNumber(
                bits: UInt64(truncatingIfNeeded: secrets.randomBits())
            )
        } while try session.person(numbered: number) != nil
        let person = Person(id: secrets.makeIdentifier(), number: number, mintedAt: now)
        try session.save(person)
        return person
    }
}
