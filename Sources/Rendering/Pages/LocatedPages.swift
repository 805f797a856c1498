package import Casework
package import Vocabulary

/// Whose entries are whose: near matches, proposals that wait, and a person by number.
///
/// Nobody's name is on it. The number is posted to `/locator/people/find`.
package struct NearMatchesPage: Page {
    package static let template = "near-matches"

    package let rows: [NearMatchRow]
    package let pager: Pager
    /// People whose entries may be two people's, longest first.
    package let doubts: [PersonDoubtRow]
    package let waiting: [ProposalRow]
    /// Of the whole list; empty where the page has all of it.
    package let allWaitingPath: String
    /// Newest first.
    package let decided: [ProposalRow]
    package let allDecidedPath: String
    package let purposes: [Choice<PeoplePurpose>]
    /// Changes of the locator whose people are not known yet.
    package let ungrouped: Int
    package let isGrouping: Bool
    package let form: Form

    package init(
        rows: [NearMatchRow],
        pager: Pager,
        doubts: [PersonDoubtRow] = [],
        waiting: [ProposalRow],
        allWaitingPath: String = "",
        decided: [ProposalRow],
        allDecidedPath: String = "",
        purposes: [Choice<PeoplePurpose>],
        ungrouped: Int = 0,
        form: Form = .empty
    ) {
        self.rows = rows
        self.pager = pager
        self.doubts = doubts
        self.waiting = waiting
        self.allWaitingPath = allWaitingPath
        self.decided = decided
        self.allDecidedPath = allDecidedPath
        self.purposes = purposes
        self.ungrouped = ungrouped
        isGrouping = ungrouped > 0
        self.form = form
    }
}

/// One person who may be two, without a name.
package struct PersonDoubtRow: Hashable, Sendable {
    package let path: String
    package let initials: String
    /// Names of states, as one text.
    package let states: String
    package let schools: Int
    package let foundOn: CivilDate
    package let doubts: [MatchReason]
    package let isProposed: Bool

    package init(
        path: String,
        initials: String,
        states: String,
        schools: Int,
        foundOn: CivilDate,
        doubts: [MatchReason],
        isProposed: Bool = false
    ) {
        self.path = path
        self.initials = initials
        self.states = states
        self.schools = schools
        self.foundOn = foundOn
        self.doubts = doubts
        self.isProposed = isProposed
    }
}

/// Proposals that wait, or all that were decided, newest first; nobody's name is on it.
package struct ProposalsPage: Page {
    package static let template = "proposals"

    package let backPath: String
    package let isDecided: Bool
    package let rows: [ProposalRow]
    /// Addresses; empty where there is no such page.
    package let newerPath: String
    package let olderPath: String

    package init(
        backPath: String,
        isDecided: Bool,
        rows: [ProposalRow],
        newerPath: String = "",
        olderPath: String = ""
    ) {
        self.backPath = backPath
        self.isDecided = isDecided
        self.rows = rows
        self.newerPath = newerPath
        self.olderPath = olderPath
    }
}

/// Two people who may be one, without names.
package struct NearMatchRow: Hashable, Sendable {
    package let path: String
    package let firstInitials: String
    package let secondInitials: String
    /// Names of states, as one text.
    package let states: String
    package let schools: Int
    package let foundOn: CivilDate
    package let reasons: [MatchReason]
    package let doubts: [MatchReason]
    package let isProposed: Bool

    package init(
        path: String,
        firstInitials: String,
        secondInitials: String,
        states: String,
        schools: Int,
        foundOn: CivilDate,
        reasons: [MatchReason],
        doubts: [MatchReason] = [],
        isProposed: Bool = false
    ) {
        self.path = path
        self.firstInitials = firstInitials
        self.secondInitials = secondInitials
        self.states = states
        self.schools = schools
        self.foundOn = foundOn
        self.reasons = reasons
        self.doubts = doubts
        self.isProposed = isProposed
    }
}

/// A proposal as lists show it.
package struct ProposalRow: Hashable, Sendable {
    package let path: String
    package let kind: ProposalKind
    package let initials: String
    package let status: PersonProposal.Status
    package let proposedBy: String
    package let at: LocalTime
    /// Empty while it is open.
    package let decidedBy: String
    /// It waits for somebody else than the reader.
    package let isOwn: Bool

    package init(
        path: String,
        kind: ProposalKind,
        initials: String,
        status: PersonProposal.Status,
        proposedBy: String,
        at: LocalTime,
        decidedBy: String = "",
        isOwn: Bool = false
    ) {
        self.path = path
        self.kind = kind
        self.initials = initials
        self.status = status
        self.proposedBy = proposedBy
        self.at = at
        self.decidedBy = decidedBy
        self.isOwn = isOwn
    }
}

/// What is proposed.
package enum ProposalKind: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "proposalKind"

    case merge, split, undo
}

extension PersonProposal.Status: Worded {
    package static let words = "proposalStatus"
}

/// Why somebody looks, asked before anybody is shown: a GET of `path` with `purpose`.
package struct LookPurposePage: Page {
    package static let template = "look-purpose"

    package let path: String
    package let purposes: [Choice<PeoplePurpose>]
    package let form: Form

    package init(path: String, purposes: [Choice<PeoplePurpose>], form: Form = .empty) {
        self.path = path
        self.purposes = purposes
        self.form = form
    }
}

/// A person with the entries that are theirs.
package struct PersonSide: Hashable, Sendable {
    /// Tells the sides of a page apart, from 1.
    package let index: Int
    /// Of the person's own page; empty on it, and where the reader may not open it.
    package var path: String
    package let number: StudentRecordNumber
    package let checkCharacter: String
    package let name: String
    package let entries: [SideEntry]

    package init(
        index: Int,
        path: String,
        number: StudentRecordNumber,
        name: String,
        entries: [SideEntry]
    ) {
        self.index = index
        self.path = path
        self.number = number
        checkCharacter = number.description.last.map(String.init) ?? ""
        self.name = name
        self.entries = entries
    }
}

/// One entry, as much of it as tells two children apart.
package struct SideEntry: Hashable, Sendable {
    package let id: String
    package let name: String
    package let birthDate: CivilDate?
    package let school: String
    package let place: String
    package let grade: Grade?
    package let from: CivilDate?
    package let until: CivilDate?
    package let hasStateNumber: Bool
    package let source: String
    package let receivedOn: CivilDate
    /// A split is to take it away, or the form came back with it chosen.
    package let isMoved: Bool

    package init(
        id: String,
        name: String,
        birthDate: CivilDate?,
        school: String,
        place: String,
        grade: Grade?,
        from: CivilDate?,
        until: CivilDate?,
        hasStateNumber: Bool,
        source: String,
        receivedOn: CivilDate,
        isMoved: Bool = false
    ) {
        self.id = id
        self.name = name
        self.birthDate = birthDate
        self.school = school
        self.place = place
        self.grade = grade
        self.from = from
        self.until = until
        self.hasStateNumber = hasStateNumber
        self.source = source
        self.receivedOn = receivedOn
        self.isMoved = isMoved
    }
}

/// Two people side by side; posts to `{path}/merge` and `{path}/apart`.
package struct NearMatchPage: Page {
    package static let template = "near-match"

    package let path: String
    package let backPath: String
    package let purpose: PeoplePurpose
    package let sides: [PersonSide]
    package let reasons: [MatchReason]
    package let doubts: [MatchReason]
    /// What waits for a decision; empty where nothing does.
    package let proposalPath: String
    package let form: Form

    package init(
        path: String,
        backPath: String,
        purpose: PeoplePurpose,
        sides: [PersonSide],
        reasons: [MatchReason],
        doubts: [MatchReason],
        proposalPath: String = "",
        form: Form = .empty
    ) {
        self.path = path
        self.backPath = backPath
        self.purpose = purpose
        self.sides = sides
        self.reasons = reasons
        self.doubts = doubts
        self.proposalPath = proposalPath
        self.form = form
    }
}

/// One person, their entries and history; posts to `{path}/split`, `{path}/merge` and, where the
/// entries may be two people's, `{path}/keep`.
package struct LocatedPersonPage: Page {
    package static let template = "located"

    package let path: String
    package let backPath: String
    package let purpose: PeoplePurpose
    package let side: PersonSide
    package let history: [ProposalRow]
    package let proposalPath: String
    /// What speaks against one person; empty where nothing does.
    package let doubts: [MatchReason]
    package let isDoubtful: Bool
    /// There is more than one entry and nothing waits.
    package let canSplit: Bool
    package let form: Form

    package init(
        path: String,
        backPath: String,
        purpose: PeoplePurpose,
        side: PersonSide,
        history: [ProposalRow],
        proposalPath: String = "",
        doubts: [MatchReason] = [],
        form: Form = .empty
    ) {
        self.path = path
        self.backPath = backPath
        self.purpose = purpose
        self.side = side
        self.history = history
        self.doubts = doubts
        isDoubtful = !doubts.isEmpty
        self.proposalPath = proposalPath
        canSplit = proposalPath.isEmpty && side.entries.count > 1
        self.form = form
    }
}

/// A proposal and whom it is about; posts to `{path}/approve`, `/decline` and `/undo`.
package struct ProposalPage: Page {
    package static let template = "proposal"

    package let path: String
    package let backPath: String
    package let purpose: PeoplePurpose
    package let row: ProposalRow
    package let reason: String
    package let decidedAt: LocalTime?
    package let decisionNote: String
    package let sides: [PersonSide]
    package let mayDecide: Bool
    package let mayUndo: Bool
    package let form: Form

    package init(
        path: String,
        backPath: String,
        purpose: PeoplePurpose,
        row: ProposalRow,
        reason: String,
        decidedAt: LocalTime?,
        decisionNote: String,
        sides: [PersonSide],
        mayDecide: Bool,
        mayUndo: Bool,
        form: Form = .empty
    ) {
        self.path = path
        self.backPath = backPath
        self.purpose = purpose
        self.row = row
        self.reason = reason
        self.decidedAt = decidedAt
        self.decisionNote = decisionNote
        self.sides = sides
        self.mayDecide = mayDecide
        self.mayUndo = mayUndo
        self.form = form
    }
}
