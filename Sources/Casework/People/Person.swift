package import RecordExchange
package import RecordLocator
package import Vocabulary

/// A person of the locator: the one whose entries belong together.
package struct Person: Hashable, Sendable, Codable {
    package let id: PersonID
    /// Minted once; a merged person's number leads to the one it was merged into.
    package let number: StudentRecordNumber
    package let mintedAt: Instant
    package var mergedInto: PersonID?

    package init(id: PersonID, number: StudentRecordNumber, mintedAt: Instant) {
        self.id = id
        self.number = number
        self.mintedAt = mintedAt
    }
}

/// Two people who may be one: a line of the worklist.
package struct NearMatch: Hashable, Sendable, Codable {
    package typealias ID = Identifier<NearMatch>

    /// What became of it.
    package enum Status: String, Sendable, CaseIterable, Codable {
        case open
        /// They were one person.
        case merged
        /// Somebody looked: they are two.
        case apart
    }

    package let id: ID
    /// The one with the lower identifier.
    package let first: PersonID
    package let second: PersonID
    package let reasons: [MatchReason]
    package let foundAt: Instant
    package var status: Status

    package init(
        id: ID,
        _ one: PersonID,
        _ other: PersonID,
        reasons: [MatchReason],
        foundAt: Instant
    ) {
        self.id = id
        first = min(one, other)
        second = max(one, other)
        self.reasons = reasons
        self.foundAt = foundAt
        status = .open
    }
}

/// A change of who is who: proposed by one person, decided by another, kept for ever.
package struct PersonProposal: Hashable, Sendable, Codable {
    package typealias ID = Identifier<PersonProposal>

    /// What is proposed.
    package enum Change: Hashable, Sendable, Codable {
        /// The entries of `from` become those of `into`.
        case merge(from: PersonID, into: PersonID)
        /// These entries become a person of their own.
        case split(PersonID, entries: [LocatorEntry.ID])
        /// An approved merge or split is taken back.
        case undo(ID)
    }

    /// How far it is.
    package enum Status: String, Sendable, CaseIterable, Codable {
        case open, approved, rejected
        /// Approved, and taken back by another proposal.
        case undone
    }

    package let id: ID
    package let change: Change
    /// Everybody whom it is about.
    package let people: [PersonID]
    package let note: String
    package let proposedBy: StaffID
    package let proposedAt: Instant
    package var status: Status
    package var decidedBy: StaffID?
    package var decidedAt: Instant?
    package var decisionNote: String
    /// Entries that the approval moved.
    package var moved: [LocatorEntry.ID]
    /// The person a split made.
    package var made: PersonID?

    package init(
        id: ID,
        change: Change,
        people: [PersonID],
        note: String,
        proposedBy: StaffID,
        proposedAt: Instant
    ) {
        self.id = id
        self.change = change
        self.people = people
        self.note = note
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
        status = .open
        decisionNote = ""
        moved = []
    }

    /// Its place in the lists of proposals: newest first.
    package var position: ListPosition {
        ListPosition(proposedAt.millisecondsSince1970, id: id.description)
    }
}
