package import RecordExchange
package import Vocabulary

/// To answer (P11); rows lead to `/answers/{inquiry}/records`.
package struct InboxPage: Page {
    package static let template = "answers"

    package let organizations: String
    package let rows: [InboxRow]
    package let pager: Pager
    /// `searchName`: number or school.
    package let searchForm: Form
    package let orders: [Choice<QueueOrder>]
    package let isUrgentOnly: Bool
    /// Where all of it is, when something is left out; empty otherwise.
    package let widePath: String
    /// What became of what was sent from here, newest first.
    package let sent: [SentOutcomeRow]

    package init(
        organizations: String,
        rows: [InboxRow],
        pager: Pager,
        searchForm: Form = .empty,
        orders: [Choice<QueueOrder>] = Choice.list(QueueOrder.allCases, chosen: [.waiting]),
        isUrgentOnly: Bool = false,
        widePath: String = "",
        sent: [SentOutcomeRow] = []
    ) {
        self.organizations = organizations
        self.rows = rows
        self.pager = pager
        self.searchForm = searchForm
        self.orders = orders
        self.isUrgentOnly = isUrgentOnly
        self.widePath = widePath
        self.sent = sent
    }
}

/// What a school said last of the credits of one answer; leads to `/answers/{inquiry}/receipt`.
package struct SentOutcomeRow: Hashable, Sendable {
    package let inquiry: String
    package let number: RequestNumber
    package let requester: String
    package let on: LocalTime
    package let verdict: VerdictWord
    /// Both empty where no amount was decided.
    package let sentTotal: String
    package let acceptedTotal: String
    package let enrolledOn: CivilDate?
    package let placedOn: CivilDate?

    package init(
        inquiry: String,
        number: RequestNumber,
        requester: String,
        on instant: LocalTime,
        verdict: VerdictWord,
        sentTotal: String = "",
        acceptedTotal: String = "",
        enrolledOn: CivilDate? = nil,
        placedOn: CivilDate? = nil
    ) {
        self.inquiry = inquiry
        self.number = number
        self.requester = requester
        on = instant
        self.verdict = verdict
        self.sentTotal = sentTotal
        self.acceptedTotal = acceptedTotal
        self.enrolledOn = enrolledOn
        self.placedOn = placedOn
    }
}

/// One inquiry that waits.
package struct InboxRow: Hashable, Sendable {
    package let inquiry: String
    package let number: RequestNumber
    /// Initials.
    package let student: String
    package let grade: Grade?
    package let requester: String
    package let requesterPlace: String
    package let askedOn: CivilDate
    package let answerBy: CivilDate?
    package let due: DueWord
    package let level: ClockLevel
    package let isUrgent: Bool
    package let law: LawTag?

    package init(
        inquiry: String,
        number: RequestNumber,
        student: String,
        grade: Grade?,
        requester: String,
        requesterPlace: String,
        askedOn: CivilDate,
        answerBy: CivilDate?,
        due: DueWord,
        level: ClockLevel,
        isUrgent: Bool,
        law: LawTag? = nil
    ) {
        self.inquiry = inquiry
        self.number = number
        self.student = student
        self.grade = grade
        self.requester = requester
        self.requesterPlace = requesterPlace
        self.askedOn = askedOn
        self.answerBy = answerBy
        self.due = due
        self.level = level
        self.isUrgent = isUrgent
        self.law = law
    }
}

/// Check a message (P17).
///
/// Posts `number` to `/check`.
package struct CheckNumberPage: Page {
    package static let template = "check"

    package let form: Form
    package let found: CheckedNumber?
    package let receipt: ShownReceipt?
    package let proof: ShownProof?

    package init(
        form: Form = .empty,
        found: CheckedNumber? = nil,
        receipt: ShownReceipt? = nil,
        proof: ShownProof? = nil
    ) {
        self.form = form
        self.found = found
        self.receipt = receipt
        self.proof = proof
    }
}

/// What anyone may know of a request.
package struct CheckedNumber: Hashable, Sendable {
    package let number: RequestNumber
    package let requester: String
    /// Empty while a school is looked for.
    package let holder: String
    package let filedOn: CivilDate
    package let status: StatusWord

    package init(
        number: RequestNumber,
        requester: String,
        holder: String,
        filedOn: CivilDate,
        status: StatusWord
    ) {
        self.number = number
        self.requester = requester
        self.holder = holder
        self.filedOn = filedOn
        self.status = status
    }
}
