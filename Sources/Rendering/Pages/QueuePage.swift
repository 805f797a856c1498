package import Casework
package import RecordExchange
package import Vocabulary

/// The state queue (P18), grouped by school.
///
/// `inquiry` (many; a whole school's in one, between blanks) and `deed` post to `/queue/check`;
/// `viewName` with the filters to `/queue/views`.
package struct QueuePage: Page {
    package static let template = "queue"

    package let stateName: String
    package let today: CivilDate
    package let view: QueueView
    package let views: [QueueTab]
    package let groups: [QueueGroup]
    /// Records came, and nobody says that they opened.
    package let unconfirmed: [UnconfirmedRow]
    /// `searchName`: number or school.
    package let searchForm: Form
    package let orders: [Choice<QueueOrder>]
    package let sides: [Choice<QueueSide>]
    package let steps: [Choice<QueueStep>]
    package let ages: [QueueAge]
    package let bands: [Choice<GradeBand>]
    package let isUrgentOnly: Bool
    /// The filters stand open, since one of them leaves something out.
    package let isUnfolded: Bool
    /// Whose requests can be shown: everybody's, one's own, nobody's, another person's.
    package let people: [Choice<PersonWord>]
    /// What forms of this page send along, so that whoever acts stays in the list.
    package let kept: [KeptField]
    /// Which page of the list it is, for forms that lead back to it.
    package let place: [KeptField]
    /// What a row's address says of the list, so that its page leads back to it.
    package let rowQuery: String
    /// Where all of the view is, when something is left out; empty otherwise.
    package let widePath: String
    /// Where the list is as a file; empty where there is nothing in it.
    package let filePath: String
    /// Where nobody's requests are, when the chosen one's account was closed; empty otherwise.
    package let freePath: String
    /// Views that the reader named.
    package let own: [OwnView]
    /// `viewName`.
    package let form: Form
    package let pager: Pager

    package init(
        stateName: String,
        today: CivilDate,
        view: QueueView,
        views: [QueueTab],
        groups: [QueueGroup],
        unconfirmed: [UnconfirmedRow] = [],
        searchForm: Form = .empty,
        orders: [Choice<QueueOrder>] = Choice.list(QueueOrder.allCases, chosen: [.waiting]),
        sides: [Choice<QueueSide>] = Choice.list(QueueSide.allCases, chosen: [.holding]),
        steps: [Choice<QueueStep>] = Choice.list(QueueStep.allCases, chosen: []),
        ages: [QueueAge] = [],
        bands: [Choice<GradeBand>] = Choice.list(GradeBand.allCases, chosen: []),
        isUrgentOnly: Bool = false,
        isUnfolded: Bool = false,
        people: [Choice<PersonWord>] = [],
        kept: [KeptField] = [],
        place: [KeptField] = [],
        rowQuery: String = "",
        widePath: String = "",
        filePath: String = "",
        freePath: String = "",
        own: [OwnView] = [],
        form: Form = .empty,
        pager: Pager
    ) {
        self.stateName = stateName
        self.today = today
        self.view = view
        self.views = views
        self.groups = groups
        self.unconfirmed = unconfirmed
        self.searchForm = searchForm
        self.orders = orders
        self.sides = sides
        self.steps = steps
        self.ages = ages
        self.bands = bands
        self.isUrgentOnly = isUrgentOnly
        self.isUnfolded = isUnfolded
        self.people = people
        self.kept = kept
        self.place = place
        self.rowQuery = rowQuery
        self.widePath = widePath
        self.filePath = filePath
        self.freePath = freePath
        self.own = own
        self.form = form
        self.pager = pager
    }
}

/// What a form sends along.
package struct KeptField: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// The fewest working days that a request has waited.
package struct QueueAge: Hashable, Sendable {
    package let days: Int
    package let isChosen: Bool

    package init(days: Int, isChosen: Bool) {
        self.days = days
        self.isChosen = isChosen
    }
}

extension QueueSide: Worded {
    package static let words = "queueSide"
}

extension QueueStep: Worded {
    package static let words = "queueStep"
}

extension GradeBand: Worded {
    package static let words = "gradeBand"
}

/// A request whose records nobody has confirmed, at `path`.
package struct UnconfirmedRow: Hashable, Sendable {
    package let path: String
    package let number: RequestNumber
    package let askedBy: String
    package let phone: String

    package init(path: String, number: RequestNumber, askedBy: String, phone: String) {
        self.path = path
        self.number = number
        self.askedBy = askedBy
        self.phone = phone
    }
}

/// Who has a request, from where the reader stands.
package enum PersonWord: Hashable, Sendable, Worded {
    package static let words = "queuePerson"

    case everybody, nobody
    case reader(name: String)
    case other(name: String)
    /// Whose account was closed.
    case left(name: String)
}

/// How the queue is sorted.
package enum QueueOrder: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "queueOrder"

    case waiting, next, law, place
}

/// The saved views of the queue.
package enum QueueView: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "queueView"

    case mine, closedSchools, mailFailed, noSchool, all
}

/// A view with its count, at `/queue?view=…` with the other filters kept.
package struct QueueTab: Hashable, Sendable {
    package let view: QueueView
    package let count: Int
    package let path: String
    package let isCurrent: Bool

    package init(view: QueueView, count: Int, path: String, isCurrent: Bool) {
        self.view = view
        self.count = count
        self.path = path
        self.isCurrent = isCurrent
    }
}

/// The rows of one school.
package struct QueueGroup: Hashable, Sendable {
    /// Counts the groups of the page from 1.
    package let index: Int
    /// Empty for requests without a school.
    package let school: String
    package let district: String
    package let phone: String
    /// The number as a telephone takes it.
    package let dial: String
    /// Where the school's contacts are kept; empty where the reader may not.
    package let contactsPath: String
    package let closedUntil: CivilDate?
    package let rows: [QueueRow]
    package let size: Int
    /// One tick is for all of them.
    package let isSeveral: Bool

    package init(
        index: Int,
        school: String,
        district: String,
        phone: String,
        contactsPath: String = "",
        closedUntil: CivilDate?,
        rows: [QueueRow]
    ) {
        self.index = index
        self.school = school
        self.district = district
        self.phone = phone
        dial = phone.filter { $0.isASCII && ($0.isWholeNumber || $0 == "+") }
        self.contactsPath = contactsPath
        self.closedUntil = closedUntil
        self.rows = rows
        size = rows.count
        isSeveral = rows.count > 1 && !school.isEmpty
    }
}

/// One inquiry, or one request without a school.
package struct QueueRow: Hashable, Sendable {
    /// `/queue/{inquiry}` or `/queue/requests/{number}`.
    package let path: String
    /// Empty where no school is asked.
    package let inquiry: String
    package let number: RequestNumber
    /// Initials.
    package let student: String
    package let grade: Grade?
    package let askedBy: String
    package let age: AgeBar
    package let status: StatusWord
    package let why: StuckReason
    package let next: NextStep
    package let isUrgent: Bool
    /// What the law gives the school.
    package let law: LawTag?
    /// The same school asks for the same student a second time.
    package let hasTwin: Bool
    package let who: PersonWord
    /// Whom to call; empty where the directory has no number.
    package let phone: String

    package init(
        path: String,
        inquiry: String,
        number: RequestNumber,
        student: String,
        grade: Grade?,
        askedBy: String,
        age: AgeBar,
        status: StatusWord,
        why: StuckReason,
        next: NextStep,
        isUrgent: Bool,
        law: LawTag? = nil,
        hasTwin: Bool = false,
        who: PersonWord = .nobody,
        phone: String = ""
    ) {
        self.path = path
        self.inquiry = inquiry
        self.number = number
        self.student = student
        self.grade = grade
        self.askedBy = askedBy
        self.age = age
        self.status = status
        self.why = why
        self.next = next
        self.isUrgent = isUrgent
        self.law = law
        self.hasTwin = hasTwin
        self.who = who
        self.phone = phone
    }
}

/// Working days since the school was asked, drawn to scale.
package struct AgeBar: Hashable, Sendable {
    package let days: Int
    /// 0 to 100.
    package let width: Int
    /// Where the due day stands, 0 to 100.
    package let tick: Int
    package let tone: Tone

    package init(days: Int, width: Int, tick: Int, tone: Tone) {
        self.days = days
        self.width = width
        self.tick = tick
        self.tone = tone
    }
}

/// The colour of a bar.
///
/// Nothing is red against a school that is closed.
package enum Tone: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "tone"

    case ok, warn, bad
}

/// Why it is stuck.
package enum StuckReason: Hashable, Sendable, Worded {
    package static let words = "stuck"

    case closedUntil(day: CivilDate)
    case closedNoDate
    case mailBounced
    case mailDelayed
    case openedNotAnswered
    case onHold
    case partlySent
    case noReceipt
    case notOpened
    case noContact
    case noSchool
    case schoolUnknown
    case severalSchools
    case waitingForRequester
    case promised(day: CivilDate)
    case extended(day: CivilDate)
    case outsideUnitedStates
    case pushFailing
}
