package import RecordExchange
package import Vocabulary

/// No records, or nothing more of them (P15).
///
/// Posts `reason`, `keptBy` and `note` to `{base}/none`.
package struct NoRecordsPage: Page {
    package static let template = "answer-none"

    package let base: String
    package let number: RequestNumber
    package let studentName: String
    /// What is said most.
    package let reasons: [Choice<ReasonCode>]
    /// What is said seldom, folded until one of them is chosen.
    package let others: [Choice<ReasonCode>]
    /// What the school that asks never learns, folded with the others.
    package let concealed: [Choice<ReasonCode>]
    package let hasOthers: Bool
    /// Who may keep the records of a school that closed; none where that is not asked.
    package let keepers: [Choice<Keeper>]
    /// Some was sent already: only the rest will not come.
    package let isRest: Bool
    package let form: Form

    package init(
        base: String,
        number: RequestNumber,
        studentName: String,
        reasons: [Choice<ReasonCode>],
        others: [Choice<ReasonCode>] = [],
        concealed: [Choice<ReasonCode>] = [],
        keepers: [Choice<Keeper>] = [],
        isRest: Bool = false,
        form: Form = .empty
    ) {
        self.base = base
        self.number = number
        self.studentName = studentName
        self.reasons = reasons
        self.others = others
        self.concealed = concealed
        hasOthers = (others + concealed).contains(where: \.isChosen)
        self.keepers = keepers
        self.isRest = isRest
        self.form = form
    }
}

/// Who keeps the records of a school that closed.
package enum Keeper: String, Sendable, CaseIterable, Worded {
    package static let words = "keeper"

    case district, elsewhere
}

/// The student moved on (P15).
///
/// Posts `school` (12 digits) or nothing, and `note`, to `{base}/moved`;
/// the search is a GET of it.
package struct MovedOnPage: Page {
    package static let template = "answer-moved"

    package let base: String
    package let number: RequestNumber
    package let studentName: String
    package let search: SchoolSearch
    package let form: Form

    package init(
        base: String,
        number: RequestNumber,
        studentName: String,
        search: SchoolSearch,
        form: Form = .empty
    ) {
        self.base = base
        self.number = number
        self.studentName = studentName
        self.search = search
        self.form = form
    }
}

/// Need more time (P15).
///
/// Posts what it waits for, the day and `note` to `{base}/later`.
package struct MoreTimePage: Page {
    package static let template = "answer-later"

    package let base: String
    package let number: RequestNumber
    package let studentName: String
    /// The latest day that can be promised.
    package let latest: CivilDate
    /// Only time, or something that must happen first.
    package let waits: [Choice<HoldCondition.Code>]
    package let form: Form

    package init(
        base: String,
        number: RequestNumber,
        studentName: String,
        latest: CivilDate,
        waits: [Choice<HoldCondition.Code>],
        form: Form = .empty
    ) {
        self.base = base
        self.number = number
        self.studentName = studentName
        self.latest = latest
        self.waits = waits
        self.form = form
    }
}

/// The records are on paper and travel by post (P15).
///
/// Posts the day and `note` to `{base}/paper`.
package struct PaperPage: Page {
    package static let template = "answer-paper"

    package let base: String
    package let number: RequestNumber
    package let studentName: String
    package let form: Form

    package init(base: String, number: RequestNumber, studentName: String, form: Form = .empty) {
        self.base = base
        self.number = number
        self.studentName = studentName
        self.form = form
    }
}

/// What lies on top of papers in the post: to whom and for which request, and no student.
package struct CoverSheetPage: Page {
    package static let template = "cover-sheet"

    package let base: String
    package let number: RequestNumber
    package let barcode: Barcode?
    package let holder: String
    package let holderPlace: String
    package let holderPhone: String
    package let requester: String
    package let requesterPlace: String
    package let requesterPhone: String
    package let attention: String

    package init(
        base: String,
        number: RequestNumber,
        barcode: Barcode?,
        holder: String,
        holderPlace: String,
        holderPhone: String,
        requester: String,
        requesterPlace: String,
        requesterPhone: String,
        attention: String
    ) {
        self.base = base
        self.number = number
        self.barcode = barcode
        self.holder = holder
        self.holderPlace = holderPlace
        self.holderPhone = holderPhone
        self.requester = requester
        self.requesterPlace = requesterPlace
        self.requesterPhone = requesterPhone
        self.attention = attention
    }
}

/// Nobody is in the office for a while.
///
/// Posts the day to `{base}/away`.
package struct AwayPage: Page {
    package static let template = "answer-away"

    package let base: String
    package let number: RequestNumber
    package let holder: String
    package let form: Form

    package init(base: String, number: RequestNumber, holder: String, form: Form = .empty) {
        self.base = base
        self.number = number
        self.holder = holder
        self.form = form
    }
}

/// A question to the requester.
///
/// Posts `note` to `{base}/question`.
package struct AskBackPage: Page {
    package static let template = "answer-question"

    package let base: String
    package let number: RequestNumber
    package let studentName: String
    package let requester: String
    package let form: Form

    package init(
        base: String,
        number: RequestNumber,
        studentName: String,
        requester: String,
        form: Form = .empty
    ) {
        self.base = base
        self.number = number
        self.studentName = studentName
        self.requester = requester
        self.form = form
    }
}

/// After an answer without files; also what a link shows once everything is over.
package struct AnswerDonePage: Page {
    package static let template = "answer-done"

    package let base: String
    package let number: RequestNumber
    package let outcome: AnswerOutcome
    /// A late answer is a good answer.
    package let canAnswerStill: Bool
    package let student: Bool
    /// The sheet to print; empty where nothing goes by post.
    package let coverPath: String

    package init(
        base: String,
        number: RequestNumber,
        outcome: AnswerOutcome,
        canAnswerStill: Bool,
        student: Bool = false,
        coverPath: String = ""
    ) {
        self.base = base
        self.number = number
        self.outcome = outcome
        self.canAnswerStill = canAnswerStill
        self.student = student
        self.coverPath = coverPath
    }
}

/// What the clerk said.
package enum AnswerOutcome: Hashable, Sendable, Worded {
    package static let words = "outcome"

    case noRecords(requester: String)
    case restNotComing(requester: String)
    case movedOn(school: String)
    case movedOnSomewhere(requester: String)
    case movedOnPerhaps(school: String, requester: String)
    case keptElsewhere(keeper: String)
    case askedFirst(requester: String)
    case promised(day: CivilDate)
    case paperMailed(day: CivilDate)
    case away(day: CivilDate)
    case onHold(day: CivilDate)
    case cancelConfirmed(requester: String)
    case questionAsked(requester: String)
    case wrongPerson
    case passedOn(colleague: String)
    case sent(requester: String)
    case corrected(requester: String)
    case closed(requester: String)
}
