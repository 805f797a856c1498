package import RecordExchange
package import Vocabulary

/// My requests (P8); the tabs are `?show=open`, `questions`, `ready`, `closed`.
package struct RequestsPage: Page {
    package static let template = "requests"

    package let tab: RequestsTab
    package let tabs: [TabLink]
    package let rows: [RequestRow]
    package let drafts: [DraftRow]
    /// The rows are what was searched for, of all tabs.
    package let isSearch: Bool
    /// There may be more than what was found.
    package let isPart: Bool
    /// `requestSearch` posts to `/requests/find`: a student's name stands in no address.
    package let form: Form
    package let pager: Pager

    package init(
        tab: RequestsTab,
        tabs: [TabLink],
        rows: [RequestRow],
        drafts: [DraftRow] = [],
        isSearch: Bool = false,
        isPart: Bool = false,
        form: Form = .empty,
        pager: Pager
    ) {
        self.tab = tab
        self.tabs = tabs
        self.rows = rows
        self.drafts = drafts
        self.isSearch = isSearch
        self.isPart = isPart
        self.form = form
        self.pager = pager
    }
}

/// Which requests are listed.
package enum RequestsTab: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "tab"

    case open, questions, ready, closed
}

/// A tab with its count.
package struct TabLink: Hashable, Sendable {
    package let tab: RequestsTab
    package let count: Int
    package let isCurrent: Bool

    package init(tab: RequestsTab, count: Int, isCurrent: Bool) {
        self.tab = tab
        self.count = count
        self.isCurrent = isCurrent
    }
}

/// One request of a list.
package struct RequestRow: Hashable, Sendable {
    package let number: RequestNumber
    package let studentName: String
    package let holder: String
    package let filedOn: CivilDate
    package let status: StatusWord
    package let due: DueWord
    package let next: NextStep

    package init(
        number: RequestNumber,
        studentName: String,
        holder: String,
        filedOn: CivilDate,
        status: StatusWord,
        due: DueWord,
        next: NextStep
    ) {
        self.number = number
        self.studentName = studentName
        self.holder = holder
        self.filedOn = filedOn
        self.status = status
        self.due = due
        self.next = next
    }
}
