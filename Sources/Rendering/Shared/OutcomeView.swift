package import RecordExchange
import StudentRecords
package import Vocabulary

extension CreditLine.Reason: Worded {
    package static let words = "creditReason"
}

/// What a receiving school said of the credits of one answer, for either side.
package struct OutcomeView: Hashable, Sendable {
    /// One course, or the whole record where the title is empty.
    package struct Line: Hashable, Sendable {
        package let title: String
        package let detail: String
        /// In Carnegie units; empty where the sender gave none.
        package let sent: String
        package let accepted: String
        package let verdict: CourseVerdictWord
        package let reason: CreditLine.Reason?
        package let said: String

        init(_ line: CreditLine) {
            title = line.title
            detail = line.detail
            sent = line.sent?.description ?? ""
            accepted = line.accepted?.description ?? ""
            verdict = CourseVerdictWord(line.verdict)
            reason = line.reason
            said = line.note
        }
    }

    /// Tells several on one page apart.
    package let index: Int
    package let requester: String
    package let on: LocalTime
    package let person: String
    package let verdict: VerdictWord
    /// Both empty where no amount was decided.
    package let sentTotal: String
    package let acceptedTotal: String
    package let enrolledOn: CivilDate?
    package let placedOn: CivilDate?
    /// From the day of asking to the day of placement; absent where it lies before.
    package let days: DaysWord?
    package let lines: [Line]

    /// What was decided; all of it, or only the verdict where `isBrief`.
    ///
    /// Brief for whoever is known by a mailbox alone: courses and days are a record's, and a link
    /// reads none.
    package init(
        _ outcome: CreditOutcome,
        index: Int,
        requester: String,
        askedOn: CivilDate,
        at local: LocalTime,
        isBrief: Bool = false
    ) {
        self.index = index
        self.requester = requester
        on = local
        person = outcome.person
        verdict = VerdictWord(outcome.verdict)
        sentTotal = outcome.hasAmounts && !isBrief ? outcome.sent.description : ""
        acceptedTotal = outcome.hasAmounts && !isBrief ? outcome.accepted.description : ""
        enrolledOn = isBrief ? nil : outcome.enrolledOn
        placedOn = isBrief ? nil : outcome.placedOn
        let waited = (placedOn ?? enrolledOn).map { askedOn.days(to: $0) }
        days = waited.flatMap { $0 < 0 ? nil : .afterAsking(days: $0) }
        lines = isBrief ? [] : outcome.lines.map(Line.init)
    }
}

/// What was decided, in words.
package enum VerdictWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "verdict"

    case accepted, partly, notAccepted, undecided

    package init(_ verdict: CreditLine.Verdict?) {
        self =
            switch verdict {
            case .accepted: .accepted
            case .partly: .partly
            case .notAccepted: .notAccepted
            case nil: .undecided
            }
    }
}

/// What was decided of one course, in words.
package enum CourseVerdictWord: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "courseVerdict"

    case accepted, partly, notAccepted, undecided

    init(_ verdict: CreditLine.Verdict?) {
        self =
            switch verdict {
            case .accepted: .accepted
            case .partly: .partly
            case .notAccepted: .notAccepted
            case nil: .undecided
            }
    }
}

/// How long it took until a record was of use.
package enum DaysWord: Hashable, Sendable, Worded {
    package static let words = "outcomeDays"

    case afterAsking(days: Int)
}
