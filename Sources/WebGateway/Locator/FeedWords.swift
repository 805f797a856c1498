import Casework
import Rendering
import Tabular

/// What feeds say, in the pages' words.
extension FeedStageView {
    /// Rows of refusals on one page.
    private static let pageSize = 50

    init(_ job: FeedWorker.Job, from first: Int) {
        let report = job.report
        let refusals = report?.refusals ?? []
        let start = min(first, max(0, refusals.count - 1))
        let end = min(refusals.count, start + Self.pageSize)
        func path(_ row: Int) -> String {
            StaffRoute.feed.path(job.system, query: ["row": String(row)]).description
        }
        var canApply = false
        if case .checked(let report) = job.stage { canApply = report.alreadyApplied == nil }
        var trouble: FeedTrouble?
        if case .failed(let failure) = job.stage { trouble = FeedTrouble(failure) }
        if case .interrupted = job.stage { trouble = .ours }
        self.init(
            job: job.id,
            file: job.file.name,
            mode: job.mode,
            word: FeedStageWord(job.stage),
            isMoving: job.isMoving,
            canApply: canApply,
            trouble: trouble,
            counts: report.map { FeedCountsView($0.counts) },
            confirmation: canApply
                ? report?.confirmation.map { FeedConfirmationView($0) } : nil,
            refusals: refusals.isEmpty
                ? []
                : refusals[start..<end].map { refusal in
                    RefusalRow(row: refusal.row, column: refusal.column, reason: refusal.reason)
                },
            olderPath: end < refusals.count ? path(end) : "",
            newerPath: start > 0 ? path(max(0, start - Self.pageSize)) : ""
        )
    }
}

extension FeedWorker.Job {
    /// Of the dry run, or of what was applied.
    var report: FeedReport? {
        switch stage {
        case .checked(let report), .applied(let report): report
        case .waiting, .moving, .failed, .interrupted: nil
        }
    }
}

extension FeedStageWord {
    fileprivate init(_ stage: FeedWorker.Stage) {
        switch stage {
        case .waiting: self = .waiting
        case .moving(let progress):
            switch progress.step {
            case .reading: self = .reading(megabytes: progress.done / 1_000_000)
            case .checking: self = .checking(rows: progress.done)
            case .applying: self = .applying(rows: progress.done)
            case .withdrawing: self = .withdrawing(rows: progress.done)
            }
        case .checked(let report): self = report.alreadyApplied == nil ? .checked : .sameAgain
        case .applied(let report): self = report.alreadyApplied == nil ? .applied : .sameAgain
        case .failed: self = .failed
        case .interrupted: self = .interrupted
        }
    }
}

extension FeedConfirmationView {
    init(_ confirmation: FeedConfirmation) {
        self.init(
            withdrawals: confirmation.withdrawals,
            entries: confirmation.entries,
            grounds: confirmation.grounds.map(ConfirmationGround.init)
        )
    }
}

extension ConfirmationGround {
    fileprivate init(_ ground: FeedConfirmation.Ground) {
        switch ground {
        case .tooMany: self = .tooMany
        case .unreadableKeys(let rows): self = .unreadableKeys(rows: rows)
        case .endsWithoutLineEnd: self = .endsEarly
        case .manyRefused(let rows): self = .manyRefused(rows: rows)
        case .fewerRows(let rows, let before): self = .fewerRows(rows: rows, before: before)
        }
    }
}

extension FeedTrouble {
    init(_ failure: FeedFailure) {
        switch failure {
        case .systemUnknown, .notAllowed: self = .notYours
        case .nameUnusable: self = .nameUnusable
        case .mappingUnusable: self = .mappingUnusable
        case .unreadable(.empty): self = .empty
        case .unreadable(.notText): self = .notText
        case .unreadable(.mixed): self = .twoEncodings
        case .encodingDiffers: self = .encodingDiffers
        case .columnsMissing(let names):
            self = .columnsMissing(names: names.joined(separator: ", "))
        case .columnRepeated(let name): self = .columnRepeated(name: name)
        case .noRows: self = .noRows
        case .malformed(.quoteNeverClosed(let row, _)): self = .quoteNeverClosed(row: row)
        case .malformed(.rowTooLong(let row, _)), .malformed(.tooManyColumns(let row, _)):
            self = .rowTooLong(row: row)
        case .lastRowShort(let row, _, _): self = .cutOff(row: row)
        case .trailerMissing: self = .trailerMissing
        case .trailerCountDiffers(let said, let found):
            self = .trailerDiffers(said: said, found: found)
        case .rowAfterTrailer(let row): self = .cutOff(row: row)
        case .needsConfirmation, .changedWhileRead: self = .changedWhileRead
        case .overtaken: self = .overtaken
        case .tooManyWait: self = .tooManyWait
        }
    }
}

extension MappingWord {
    init(_ problem: MappingProblem) {
        switch problem {
        case .keyMissing: self = .keyMissing
        case .fieldMissing(let field): self = .fieldMissing(field: field.rawValue)
        case .columnAmbiguous(let field):
            self = .columnAmbiguous(field: field?.rawValue ?? "school")
        case .datePatternUnknown(let pattern): self = .datePattern(pattern: pattern)
        case .codeListUnknown(let name): self = .codeList(name: name)
        case .gradeUnknown(let grade): self = .grade(grade: grade)
        case .percentOutOfRange: self = .percent
        case .refusePercentOutOfRange: self = .refusePercent
        case .countColumnOutOfRange: self = .countColumn
        case .digitsOutOfRange: self = .digits
        case .titleTooLong: self = .title
        case .schoolNumbersMissing: self = .schoolNumbers
        case .separatorInHeaderless: self = .headerless
        }
    }
}
