package import Casework
package import Vocabulary

/// The systems whose extracts become locator entries, at `/locator/feeds`.
///
/// Registering posts there too.
package struct FeedsPage: Page {
    package static let template = "feeds"

    package let systems: [FeedSystemRow]
    /// Whom a system may belong to.
    package let owners: [NamedChoice]
    package let problems: [MappingWord]
    package let form: Form

    package init(
        systems: [FeedSystemRow],
        owners: [NamedChoice],
        problems: [MappingWord] = [],
        form: Form = .empty
    ) {
        self.systems = systems
        self.owners = owners
        self.problems = problems
        self.form = form
    }
}

/// One source system, at `/locator/feeds/{name}`.
package struct FeedSystemRow: Hashable, Sendable {
    package let name: String
    package let title: String
    package let owner: String
    package let last: FeedUploadRow?

    package init(name: String, title: String, owner: String, last: FeedUploadRow?) {
        self.name = name
        self.title = title
        self.owner = owner
        self.last = last
    }
}

/// One upload of the history.
package struct FeedUploadRow: Hashable, Sendable {
    package let file: String
    package let at: LocalTime
    package let mode: FeedMode
    package let status: FeedUpload.Status
    package let counts: FeedCountsView

    package init(
        file: String,
        at: LocalTime,
        mode: FeedMode,
        status: FeedUpload.Status,
        counts: FeedCountsView
    ) {
        self.file = file
        self.at = at
        self.mode = mode
        self.status = status
        self.counts = counts
    }
}

/// What an upload did or would do.
package struct FeedCountsView: Hashable, Sendable {
    package let rows: Int
    package let added: Int
    package let changed: Int
    package let unchanged: Int
    package let withdrawn: Int
    package let refused: Int

    package init(_ counts: FeedCounts) {
        rows = counts.rows
        added = counts.added
        changed = counts.changed
        unchanged = counts.unchanged
        withdrawn = counts.withdrawn
        refused = counts.refused
    }
}

/// One source system: a file to hand in, what it would do, how far it is, and what was before.
package struct FeedPage: Page {
    package static let template = "feed"

    package let name: String
    package let title: String
    package let owner: String
    package let stage: FeedStageView?
    /// The reader's file is on its way: another one waits.
    package let isBusy: Bool
    package let modes: [Choice<FeedMode>]
    package let fileLimit: ByteCount
    package let history: [FeedUploadRow]
    /// What the organisation's system dropped by SFTP, newest first.
    package let drops: [FeedDropRow]
    package let form: Form

    package init(
        name: String,
        title: String,
        owner: String,
        stage: FeedStageView?,
        modes: [Choice<FeedMode>],
        fileLimit: ByteCount,
        history: [FeedUploadRow],
        drops: [FeedDropRow] = [],
        form: Form = .empty
    ) {
        self.name = name
        self.title = title
        self.owner = owner
        self.stage = stage
        isBusy = stage?.isMoving ?? false
        self.modes = modes
        self.fileLimit = fileLimit
        self.history = history
        self.drops = drops
        self.form = form
    }
}

/// A file that a partner's system dropped; posts to `{path}/agree` and `{path}/decline`.
package struct FeedDropRow: Hashable, Sendable {
    package let path: String
    package let file: String
    package let at: LocalTime
    package let mode: FeedMode
    package let status: FeedDrop.Status
    /// A person has to look at it.
    package let isHeld: Bool
    package let counts: FeedCountsView?
    package let trouble: FeedTrouble?
    package let changedNothing: Bool
    package let confirmation: FeedConfirmationView?
    package let hasRefusals: Bool

    package init(
        path: String,
        file: String,
        at: LocalTime,
        mode: FeedMode,
        status: FeedDrop.Status,
        counts: FeedCountsView? = nil,
        trouble: FeedTrouble? = nil,
        confirmation: FeedConfirmationView? = nil,
        hasRefusals: Bool = false
    ) {
        self.path = path
        self.file = file
        self.at = at
        self.mode = mode
        self.status = status
        isHeld = status == .held
        self.counts = counts
        self.trouble = trouble
        changedNothing = trouble?.changedNothing ?? true
        self.confirmation = status == .held ? confirmation : nil
        self.hasRefusals = hasRefusals
    }
}

extension FeedDrop.Status: Worded {
    package static let words = "feedDropStatus"
}

/// Where the reader's file is.
package struct FeedStageView: Hashable, Sendable {
    package let job: String
    package let file: String
    package let mode: FeedMode
    package let word: FeedStageWord
    /// It goes on by itself: the page loads again.
    package let isMoving: Bool
    /// The dry run is done and waits for a yes.
    package let canApply: Bool
    package let trouble: FeedTrouble?
    package let changedNothing: Bool
    package let counts: FeedCountsView?
    /// What must be agreed to before entries are withdrawn.
    package let confirmation: FeedConfirmationView?
    /// The page of the refused rows.
    package let refusals: [RefusalRow]
    package let hasRefusals: Bool
    package let olderPath: String
    package let newerPath: String

    package init(
        job: String,
        file: String,
        mode: FeedMode,
        word: FeedStageWord,
        isMoving: Bool = false,
        canApply: Bool = false,
        trouble: FeedTrouble? = nil,
        counts: FeedCountsView? = nil,
        confirmation: FeedConfirmationView? = nil,
        refusals: [RefusalRow] = [],
        olderPath: String = "",
        newerPath: String = ""
    ) {
        self.job = job
        self.file = file
        self.mode = mode
        self.word = word
        self.isMoving = isMoving
        self.canApply = canApply
        self.trouble = trouble
        changedNothing = trouble?.changedNothing ?? true
        self.counts = counts
        self.confirmation = confirmation
        self.refusals = refusals
        hasRefusals = !refusals.isEmpty
        self.olderPath = olderPath
        self.newerPath = newerPath
    }
}

/// What a snapshot would withdraw, and why that looks wrong.
package struct FeedConfirmationView: Hashable, Sendable {
    package let withdrawals: Int
    package let entries: Int
    package let grounds: [ConfirmationGround]

    package init(withdrawals: Int, entries: Int, grounds: [ConfirmationGround]) {
        self.withdrawals = withdrawals
        self.entries = entries
        self.grounds = grounds
    }
}

/// One reason why a row was refused; never what stood there.
package struct RefusalRow: Hashable, Sendable {
    package let row: Int
    package let column: String
    package let reason: RefusedRow.Reason

    package init(row: Int, column: String, reason: RefusedRow.Reason) {
        self.row = row
        self.column = column
        self.reason = reason
    }
}

/// How far a file is.
package enum FeedStageWord: Hashable, Sendable, Worded {
    package static let words = "feedStage"

    case waiting
    case reading(megabytes: Int)
    case checking(rows: Int)
    case checked
    case applying(rows: Int)
    case withdrawing(rows: Int)
    case applied, sameAgain, failed, interrupted
}

/// Why a whole file was refused.
package enum FeedTrouble: Hashable, Sendable, Worded {
    package static let words = "feedTrouble"

    case notYours, nameUnusable, mappingUnusable, notText, empty, encodingDiffers
    case twoEncodings
    case columnsMissing(names: String)
    case columnRepeated(name: String)
    case noRows
    case quoteNeverClosed(row: Int)
    case rowTooLong(row: Int)
    case cutOff(row: Int)
    case trailerMissing
    case trailerDiffers(said: Int, found: Int)
    case changedWhileRead, overtaken, tooManyWait, ours

    /// The others are found out before the first row goes in.
    var changedNothing: Bool {
        switch self {
        case .changedWhileRead, .overtaken, .ours: false
        default: true
        }
    }
}

/// What is wrong with a mapping, by the key of its file.
package enum MappingWord: Hashable, Sendable, Worded {
    package static let words = "mappingTrouble"

    case unreadable(why: String)
    case keyMissing
    case fieldMissing(field: String)
    case columnAmbiguous(field: String)
    case datePattern(pattern: String)
    case codeList(name: String)
    case grade(grade: String)
    case percent, refusePercent, countColumn, digits, title, schoolNumbers, headerless
}

/// Why a snapshot's withdrawals look wrong.
package enum ConfirmationGround: Hashable, Sendable, Worded {
    package static let words = "confirmationGround"

    case tooMany
    case unreadableKeys(rows: Int)
    case endsEarly
    case manyRefused(rows: Int)
    case fewerRows(rows: Int, before: Int)
}

extension FeedMode: Worded {
    package static let words = "feedMode"
}

extension FeedUpload.Status: Worded {
    package static let words = "feedStatus"
}

extension RefusedRow.Reason: Worded {
    package static let words = "refusedRow"
}
