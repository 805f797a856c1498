package import RecordExchange
import StudentRecords
package import Vocabulary

/// What became of the credits of one answer.
///
/// Posts to `/requests/{number}/bundles/{bundle}/outcome`; per course `accepted-{index}`,
/// `reason-{index}` and `said-{index}`.
package struct OutcomePage: Page {
    package static let template = "became"

    package let number: RequestNumber
    package let bundle: String
    package let studentName: String
    /// Who sent the record, and reads what is written here.
    package let holder: String
    package let choices: [Choice<CreditChoice>]
    package let reasons: [Choice<CreditLine.Reason>]
    package let groups: [OutcomeGroup]
    /// More courses came than one page can judge one by one.
    package let hasTooMany: Bool
    /// The courses stand in files that cannot be read as data, or are too many.
    package let takesTotal: Bool
    /// What counts now; absent at first.
    package let latest: [OutcomeView]
    /// What counted before, newest first.
    package let earlier: [OutcomeView]
    package let form: Form

    package init(
        number: RequestNumber,
        bundle: String,
        studentName: String,
        holder: String,
        choices: [Choice<CreditChoice>],
        reasons: [Choice<CreditLine.Reason>],
        groups: [OutcomeGroup],
        hasTooMany: Bool = false,
        takesTotal: Bool = false,
        latest: [OutcomeView] = [],
        earlier: [OutcomeView] = [],
        form: Form = .empty
    ) {
        self.number = number
        self.bundle = bundle
        self.studentName = studentName
        self.holder = holder
        self.choices = choices
        self.reasons = reasons
        self.groups = groups
        self.hasTooMany = hasTooMany
        self.takesTotal = takesTotal
        self.latest = latest
        self.earlier = earlier
        self.form = form
    }
}

/// What can be said of all courses at once; the raw value is what the form sends.
package enum CreditChoice: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "creditChoice"

    case asSent = "as-sent"
    /// As sent, but for the courses of which something else is typed.
    case except
    case byCourse = "by-course"
    case partly
    case none
    case undecided
}

/// The courses of one school and year; folded away where there are many.
package struct OutcomeGroup: Hashable, Sendable {
    /// The most courses of a page that stand open together.
    package static let mostOpen = 12

    package let title: String
    /// In Carnegie units.
    package let credits: String
    package let count: Int
    package let courses: [OutcomeCourse]
    package let isOpen: Bool

    /// Whatever was typed, or is wrong, is seen; `isShort` where the page has few courses.
    package init(title: String, credits: String, courses: [OutcomeCourse], isShort: Bool) {
        self.title = title
        self.credits = credits
        self.courses = courses
        count = courses.count
        isOpen = isShort || courses.contains { $0.isOpen || $0.isTyped }
    }
}

/// One course, and what was typed about it.
package struct OutcomeCourse: Hashable, Sendable {
    package let index: Int
    package let title: String
    package let detail: String
    /// In Carnegie units; empty where the sender gave none.
    package let sent: String
    package let accepted: String
    package let reasons: [Choice<CreditLine.Reason>]
    package let said: String
    package let troubles: [FieldTrouble]

    /// Something is wrong with it.
    package let isOpen: Bool
    /// Something is said of it.
    package var isTyped: Bool { !accepted.isEmpty || !said.isEmpty }

    package init(
        index: Int,
        title: String,
        detail: String,
        sent: String,
        accepted: String = "",
        reasons: [Choice<CreditLine.Reason>],
        said: String = "",
        troubles: [FieldTrouble] = []
    ) {
        self.index = index
        self.title = title
        self.detail = detail
        self.sent = sent
        self.accepted = accepted
        self.reasons = reasons
        self.said = said
        self.troubles = troubles
        isOpen = !troubles.isEmpty
    }

    /// The input of the amount, to which its problems lead.
    package static func input(_ index: Int) -> String { "accepted-\(index)" }
    package static func reasonInput(_ index: Int) -> String { "reason-\(index)" }
    package static func saidInput(_ index: Int) -> String { "said-\(index)" }
}
