package import RecordExchange
package import Vocabulary

/// Who answers for whom.
///
/// The search is a GET of `/contacts` with `searchName`, `searchState`.
package struct ContactsPage: Page {
    package static let template = "contacts"

    package let search: SchoolSearch
    package let mine: [OrganizationRow]
    /// Whoever keeps many schools looks for one of them.
    package let canSearch: Bool
    /// Schools whose office mailboxes claim, for the reader to decide on.
    package let claimed: [ClaimedOffice]

    package init(
        search: SchoolSearch,
        mine: [OrganizationRow],
        canSearch: Bool = true,
        claimed: [ClaimedOffice] = []
    ) {
        self.search = search
        self.mine = mine
        self.canSearch = canSearch
        self.claimed = claimed
    }
}

/// The mailboxes that claim one school's office.
package struct ClaimedOffice: Hashable, Sendable {
    /// Where the school's contacts are kept.
    package let path: String
    package let school: String
    /// The directory's number, to call before deciding; empty where it has none.
    package let schoolPhone: String
    /// How many mailboxes the school has now.
    package let contacts: Int
    package let claims: [ClaimRow]
    /// How many more wait than are shown.
    package let more: Int

    package init(
        path: String,
        school: String,
        schoolPhone: String,
        contacts: Int,
        claims: [ClaimRow],
        more: Int = 0
    ) {
        self.path = path
        self.school = school
        self.schoolPhone = schoolPhone
        self.contacts = contacts
        self.claims = claims
        self.more = more
    }
}

/// A mailbox that claims an office; its `id` is posted to `/contacts/claims/approve` or `decline`.
package struct ClaimRow: Hashable, Sendable {
    package let id: String
    package let name: String
    package let title: String
    package let email: String
    package let phone: String
    package let isAtKnownDomain: Bool

    package init(
        id: String,
        name: String,
        title: String,
        email: String,
        phone: String,
        isAtKnownDomain: Bool
    ) {
        self.id = id
        self.name = name
        self.title = title
        self.email = email
        self.phone = phone
        self.isAtKnownDomain = isAtKnownDomain
    }
}

/// Saying that a mailbox is a school's records office, without an account.
///
/// Posts `name`, `title`, `email`, `phone` and `organization` to `/claim`; the school search is a
/// GET of the same path with `searchName` and `searchState`.
package struct ClaimPage: Page {
    package static let template = "claim"

    package let form: Form
    package let search: SchoolSearch
    /// What was chosen before, in words.
    package let organization: String
    /// The school's identifier, sent along once it was chosen.
    package let organizationID: String

    package init(
        form: Form = .empty,
        search: SchoolSearch,
        organization: String = "",
        organizationID: String = ""
    ) {
        self.form = form
        self.search = search
        self.organization = organization
        self.organizationID = organizationID
    }
}

/// The thank-you; the same whoever is on the list.
package struct ClaimSentPage: Page {
    package static let template = "claim-sent"

    package init() {}
}

/// An organisation whose contacts the reader keeps, at `/contacts/{id}`.
package struct OrganizationRow: Hashable, Sendable {
    package let id: String
    package let name: String
    package let contacts: Int
    package let unconfirmed: Int

    package init(id: String, name: String, contacts: Int, unconfirmed: Int) {
        self.id = id
        self.name = name
        self.contacts = contacts
        self.unconfirmed = unconfirmed
    }
}

/// The contacts of one organisation, and when it is closed.
///
/// Posts to `/contacts/{organizationID}`; `confirm` and `end` beneath it take an `id`; `closed`
/// takes a stretch, `open` the first and last day of one.
package struct ContactPage: Page {
    package static let template = "contact"

    package let organizationID: String
    package let name: String
    package let closedUntil: CivilDate?
    package let rows: [ContactRow]
    package let canEdit: Bool
    package let roles: [Choice<Contact.Role>]
    package let isChecked: Bool
    /// The language the office is written to in.
    package let isSpanish: Bool
    /// It can have a contact for the summer, with the days on which that is there.
    package let hasSummer: Bool
    /// Absent where the organisation has no calendar, such as a project.
    package let calendar: CalendarSection?
    /// Where a state's rule is entered; empty for everything that is no state.
    package let rulePath: String
    /// Where what stands on transcripts is entered; empty for what is no school or district.
    package let legendPath: String
    /// Where graduation plans are entered; empty for what has no graduates.
    package let plansPath: String
    /// Whom those who were asked by mistake named instead.
    package let suggested: [SuggestedRow]
    package let form: Form

    package init(
        organizationID: String,
        name: String,
        closedUntil: CivilDate?,
        rows: [ContactRow],
        canEdit: Bool,
        roles: [Choice<Contact.Role>],
        isChecked: Bool = false,
        isSpanish: Bool = false,
        hasSummer: Bool = false,
        calendar: CalendarSection? = nil,
        rulePath: String = "",
        legendPath: String = "",
        plansPath: String = "",
        suggested: [SuggestedRow] = [],
        form: Form = .empty
    ) {
        self.organizationID = organizationID
        self.name = name
        self.closedUntil = closedUntil
        self.rows = rows
        self.canEdit = canEdit
        self.roles = roles
        self.isChecked = isChecked
        self.isSpanish = isSpanish
        self.hasSummer = hasSummer
        self.calendar = calendar
        self.rulePath = rulePath
        self.legendPath = legendPath
        self.plansPath = plansPath
        self.suggested = suggested
        self.form = form
    }
}

/// Whom somebody who was asked by mistake named as the right person.
package struct SuggestedRow: Hashable, Sendable {
    package let name: String
    /// As it was typed.
    package let email: String
    package let note: String
    /// Where a new contact's form is filled in with it.
    package let takePath: String

    package init(name: String, email: String, note: String, takePath: String) {
        self.name = name
        self.email = email
        self.note = note
        self.takePath = takePath
    }
}

/// When an organisation is closed.
package struct CalendarSection: Hashable, Sendable {
    /// Whose calendar it goes by, where it has none of its own; empty otherwise.
    package let inheritedFrom: String
    /// Those that are not over, earliest first.
    package let closures: [ClosureRow]
    package let kinds: [Choice<SchoolCalendar.Recess.Kind>]

    package init(
        inheritedFrom: String,
        closures: [ClosureRow],
        kinds: [Choice<SchoolCalendar.Recess.Kind>]
    ) {
        self.inheritedFrom = inheritedFrom
        self.closures = closures
        self.kinds = kinds
    }
}

/// A closed stretch.
package struct ClosureRow: Hashable, Sendable {
    package let name: String
    package let kind: SchoolCalendar.Recess.Kind
    package let first: CivilDate
    package let last: CivilDate
    /// The days as the form sends them back, `2026-06-15`.
    package let firstValue: String
    package let lastValue: String

    package init(_ closure: SchoolCalendar.Recess) {
        name = closure.name
        kind = closure.kind
        first = closure.first
        last = closure.last
        firstValue = closure.first.description
        lastValue = closure.last.description
    }
}

/// A mailbox is asked about itself, behind the link that was mailed to it.
///
/// Posts `linkCode`, `mailboxChoice` (`yes` or `other`), `name` and `email` to `path`.
package struct MailboxPage: Page {
    package static let template = "mailbox"

    package let path: String
    package let organization: String
    package let role: Contact.Role
    package let name: String
    /// Somebody named it: it can say yes, and nobody else.
    package let takesOver: Bool
    /// Somebody said that it is the office's; others decide.
    package let isClaim: Bool
    package let domains: [String]
    package let isOther: Bool
    package let form: Form

    package init(
        path: String,
        organization: String,
        role: Contact.Role,
        name: String,
        takesOver: Bool,
        isClaim: Bool = false,
        domains: [String],
        isOther: Bool = false,
        form: Form = .empty
    ) {
        self.path = path
        self.organization = organization
        self.role = role
        self.name = name
        self.takesOver = takesOver
        self.isClaim = isClaim
        self.domains = domains
        self.isOther = isOther
        self.form = form
    }
}

/// A mailbox's link that was answered, is too old or never was one.
package struct MailboxOverPage: Page {
    package static let template = "mailbox-over"

    package init() {}
}
