package import RecordExchange
package import Vocabulary

/// What an action does to many rows of the queue: before it is done, and afterwards.
///
/// Posts `inquiry` (many), `deed` and, to close, `reason` and `note`, to mark schools closed the day
/// on which they open again (`backMonth`, `backDay`, `backYear`), to give them to somebody `who` and,
/// for each, who was `seen` to have it, to `/queue/do`.
package struct BulkPage: Page {
    package static let template = "queue-bulk"

    package let deed: BulkDeed
    /// It was done; otherwise this is what would be.
    package let isDone: Bool
    package let possible: [BulkRow]
    package let impossible: [BulkRow]
    package let reasons: [Choice<ReasonCode>]
    /// Whom they can be given to.
    package let people: [Choice<PersonWord>]
    /// What takes back that they were given to somebody, posted to `/queue/give-back` as
    /// `handover`; empty where there is nothing to take back.
    package let handovers: [String]
    /// The list that the reader came from, with its filters; forms send it along as `list`.
    package let listPath: String
    package let form: Form

    package init(
        deed: BulkDeed,
        isDone: Bool,
        possible: [BulkRow],
        impossible: [BulkRow],
        reasons: [Choice<ReasonCode>] = [],
        people: [Choice<PersonWord>] = [],
        handovers: [String] = [],
        listPath: String = "/queue",
        form: Form = .empty
    ) {
        self.deed = deed
        self.isDone = isDone
        self.possible = possible
        self.impossible = impossible
        self.reasons = reasons
        self.people = people
        self.handovers = handovers
        self.listPath = listPath
        self.form = form
    }
}

package enum BulkDeed: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "bulkDeed"

    case remind, call, close, markClosed, assign
}

/// One request, at `path`, and what happens to it.
package struct BulkRow: Hashable, Sendable {
    package let number: RequestNumber
    package let path: String
    package let school: String
    package let outcome: BulkWord
    /// Who was seen to have it, as the form sends it along; empty where that is not asked.
    package let seen: String

    package init(
        number: RequestNumber,
        path: String,
        school: String,
        outcome: BulkWord,
        seen: String = ""
    ) {
        self.number = number
        self.path = path
        self.school = school
        self.outcome = outcome
        self.seen = seen
    }
}

/// What happens to one of many.
package enum BulkWord: Hashable, Sendable, Worded {
    package static let words = "bulk"

    case mails(count: Int)
    case ends, noted, schoolCloses
    case isHeld(name: String)
    case goesTo(name: String)
    case takenSince(name: String)
    case freedSince
    case isNobodys, goesToNobody
    case notYours, notNow, askedJustNow, calledJustNow, nobodyToAsk, closedAlready, noSchool
    case hasAlready, hasLeft, tooLate
}

/// A view of the queue that the reader named, with what is in it.
package struct OwnView: Hashable, Sendable {
    package let name: String
    /// How much is in it, as a number; empty where nobody counted.
    package let counted: String
    package let path: String

    package init(name: String, count: Int?, path: String) {
        self.name = name
        counted = count.map { "\($0)" } ?? ""
        self.path = path
    }
}

/// Contacts from a list: what each row would do, or did.
///
/// Posts `contactList`, and `apply` once it was looked at, to `/contacts/import`.
package struct ContactImportPage: Page {
    package static let template = "contact-import"

    /// Absent before a list was given.
    package let result: ContactImportResult?
    package let isDone: Bool
    package let form: Form

    package init(result: ContactImportResult? = nil, isDone: Bool = false, form: Form = .empty) {
        self.result = result
        self.isDone = isDone
        self.form = form
    }
}

package struct ContactImportResult: Hashable, Sendable {
    package let added: Int
    package let changed: Int
    package let same: Int
    package let rows: [ContactImportRow]
    package let refused: [ContactImportRow]

    package init(
        added: Int,
        changed: Int,
        same: Int,
        rows: [ContactImportRow],
        refused: [ContactImportRow]
    ) {
        self.added = added
        self.changed = changed
        self.same = same
        self.rows = rows
        self.refused = refused
    }
}

package struct ContactImportRow: Hashable, Sendable {
    package let line: Int
    package let organization: String
    package let name: String
    package let outcome: ContactImportWord

    package init(line: Int, organization: String, name: String, outcome: ContactImportWord) {
        self.line = line
        self.organization = organization
        self.name = name
        self.outcome = outcome
    }
}

/// What becomes of a row.
package enum ContactImportWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "contactRow"

    case added, changed, same
    case organizationUnknown, notYours, roleUnknown, roleNotThere, nameMissing, tooLong
    case addressMalformed, phoneMalformed, languageUnknown, termMalformed, twice
}
