package import RecordExchange
package import Vocabulary

/// A bundle that holds another student's record: what that means before somebody says so, and who
/// took something of it.
///
/// Posts `note` to `{path}/recall`, and `copies` to `{path}/destroyed`.
package struct RecallPage: Page {
    package static let template = "recall"

    /// `/requests/{number}/bundles/{bundle}`.
    package let path: String
    package let backPath: String
    package let number: RequestNumber
    package let sequence: Int
    package let holder: String
    package let requester: String
    package let answeredAt: LocalTime
    /// Absent while nobody has said so.
    package let recall: RecallSaid?
    package let rows: [OpeningRow]
    /// Copies of which nobody said that they are destroyed.
    package let open: Int
    package let canRecall: Bool
    package let canConfirm: Bool
    package let canConfirmForSchool: Bool
    package let form: Form

    package init(
        path: String,
        backPath: String,
        number: RequestNumber,
        sequence: Int,
        holder: String,
        requester: String,
        answeredAt: LocalTime,
        recall: RecallSaid? = nil,
        rows: [OpeningRow],
        open: Int = 0,
        canRecall: Bool = false,
        canConfirm: Bool = false,
        canConfirmForSchool: Bool = false,
        form: Form = .empty
    ) {
        self.path = path
        self.backPath = backPath
        self.number = number
        self.sequence = sequence
        self.holder = holder
        self.requester = requester
        self.answeredAt = answeredAt
        self.recall = recall
        self.rows = rows
        self.open = open
        self.canRecall = canRecall
        self.canConfirm = canConfirm
        self.canConfirmForSchool = canConfirmForSchool
        self.form = form
    }
}

/// Who said that it is another student's, and when.
package struct RecallSaid: Hashable, Sendable {
    package let at: LocalTime
    package let side: Recall.Side
    package let person: String
    package let note: String

    package init(at time: LocalTime, side: Recall.Side, person: String, note: String) {
        self.at = time
        self.side = side
        self.person = person
        self.note = note
    }
}

extension Recall.Side: Worded {
    package static let words = "recallSide"
}

/// Who took something of a bundle.
package struct OpeningRow: Hashable, Sendable {
    /// The first and the last time; the same where there was one.
    package let firstAt: LocalTime
    package let lastAt: LocalTime?
    /// Empty where a system took it.
    package let person: String
    package let recipient: String
    package let way: Delivery.Way
    package let taken: [TakenWord]
    package let destroyed: DestroyedWord

    package init(
        firstAt: LocalTime,
        lastAt: LocalTime? = nil,
        person: String,
        recipient: String,
        way: Delivery.Way,
        taken: [TakenWord],
        destroyed: DestroyedWord
    ) {
        self.firstAt = firstAt
        self.lastAt = lastAt
        self.person = person
        self.recipient = recipient
        self.way = way
        self.taken = taken
        self.destroyed = destroyed
    }
}

/// What was taken, by its kind: the names of files often hold the student's.
package enum TakenWord: Hashable, Sendable, Worded {
    package static let words = "taken"

    case file(kind: String)
    case everything
    case sealed
    case familyCopy
    case copy
}

/// Whether a copy is destroyed.
package enum DestroyedWord: Hashable, Sendable, Worded {
    package static let words = "destroyed"

    /// Nobody is asked yet.
    case notAsked
    case notYet
    case said(person: String, day: CivilDate)
    /// Another school's: it has a recall of its own.
    case elsewhere
}

/// The same for whoever answers by a link: how many took something, and nobody's name.
///
/// Posts `recalled` and `note` to `{base}/recall`.
package struct RecallAnswerPage: Page {
    package static let template = "recall-answer"

    package let base: String
    package let number: RequestNumber
    package let requester: String
    package let rows: [SentRow]
    /// There is one that can still be recalled.
    package let canRecall: Bool
    /// The right records can be sent at once.
    package let canAnswer: Bool
    package let form: Form

    package init(
        base: String,
        number: RequestNumber,
        requester: String,
        rows: [SentRow],
        canRecall: Bool,
        canAnswer: Bool = true,
        form: Form = .empty
    ) {
        self.base = base
        self.number = number
        self.requester = requester
        self.rows = rows
        self.canRecall = canRecall
        self.canAnswer = canAnswer
        self.form = form
    }
}

/// What was sent, after the end of its request, and the files that take its place.
///
/// Posts `corrected`, `files`, `note`, `name` and `title` to `{base}/correct`.
package struct CorrectAnswerPage: Page {
    package static let template = "correct-answer"

    package let base: String
    package let number: RequestNumber
    package let requester: String
    /// Empty where nothing can be corrected any more.
    package let rows: [CorrigibleRow]
    package let fileLimit: ByteCount
    package let form: Form

    package init(
        base: String,
        number: RequestNumber,
        requester: String,
        rows: [CorrigibleRow],
        fileLimit: ByteCount,
        form: Form = .empty
    ) {
        self.base = base
        self.number = number
        self.requester = requester
        self.rows = rows
        self.fileLimit = fileLimit
        self.form = form
    }
}

/// A correction arrived; what of it takes the old answer's place, and what does not.
package struct CorrectionDonePage: Page {
    package static let template = "correct-done"

    package let number: RequestNumber
    package let receipt: String
    package let outcome: AnswerOutcome
    /// How many of its files are locked up.
    package let held: Int
    package let isHeld: Bool
    /// What of the files could not be read as data.
    package let problems: ProblemList

    package init(
        number: RequestNumber,
        receipt: String,
        outcome: AnswerOutcome,
        held: Int = 0,
        problems: ProblemList = ProblemList()
    ) {
        self.number = number
        self.receipt = receipt
        self.outcome = outcome
        self.held = held
        isHeld = held > 0
        self.problems = problems
    }
}

/// One answer that was sent; `bundle` is its identifier.
package struct SentRow: Hashable, Sendable {
    package let bundle: String
    package let answeredAt: LocalTime
    package let files: Int
    package let openings: Int
    package let isRecalled: Bool
    /// The first that can be recalled, to which an error leads.
    package let isFirst: Bool
    package let isChosen: Bool
    /// Where the names are, for whoever is signed in; empty for a link.
    package let path: String

    package init(
        bundle: String,
        answeredAt: LocalTime,
        files: Int,
        openings: Int,
        isRecalled: Bool,
        isFirst: Bool = false,
        isChosen: Bool = false,
        path: String = ""
    ) {
        self.bundle = bundle
        self.answeredAt = answeredAt
        self.files = files
        self.openings = openings
        self.isRecalled = isRecalled
        self.isFirst = isFirst
        self.isChosen = isChosen
        self.path = path
    }
}

/// The way from a request to one of its answers that is, or may be, another student's.
package struct RecallLink: Hashable, Sendable {
    package let path: String
    package let sequence: Int
    package let isRecalled: Bool

    package init(path: String, sequence: Int, isRecalled: Bool) {
        self.path = path
        self.sequence = sequence
        self.isRecalled = isRecalled
    }
}
