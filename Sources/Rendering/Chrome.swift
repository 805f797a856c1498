package import Vocabulary

/// The frame around every page: who is signed in, where they can go, which language, which day.
package struct Chrome: Sendable {
    package var language: Language
    /// Where the link to the other language leads, complete.
    package var otherLanguagePath: String
    /// The token that every form sends back; empty where a page has no form that changes anything.
    package var csrf: String
    package var person: SignedInPerson?
    package var doors: [DoorLink]
    package var demo: DemoBar?
    package var installation: Installation
    package var notice: Notice?

    package init(
        language: Language,
        otherLanguagePath: String,
        csrf: String = "",
        person: SignedInPerson? = nil,
        doors: [DoorLink] = [],
        demo: DemoBar? = nil,
        installation: Installation,
        notice: Notice? = nil
    ) {
        self.language = language
        self.otherLanguagePath = otherLanguagePath
        self.csrf = csrf
        self.person = person
        self.doors = doors
        self.demo = demo
        self.installation = installation
        self.notice = notice
    }
}

/// Who runs this gateway and how to reach them; stands under every page and letter.
package struct Installation: Hashable, Sendable {
    /// `Ayuda Department of Education`.
    package let name: String
    /// `records.ayuda.example`, without scheme.
    package let host: String
    package let phone: String
    package let email: String

    package init(name: String, host: String, phone: String, email: String) {
        self.name = name
        self.host = host
        self.phone = phone
        self.email = email
    }
}

/// The signed-in person as the frame shows them.
package struct SignedInPerson: Hashable, Sendable {
    package let name: String
    /// Where they work: `Yakima Valley High School`.
    package let organization: String

    package init(name: String, organization: String) {
        self.name = name
        self.organization = organization
    }
}

/// A place of the navigation.
package enum Door: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "door"

    case requests, answers, queue, reports, locator, contacts, people, audit

    package var path: String {
        switch self {
        case .requests: "/requests"
        case .answers: "/answers"
        case .queue: "/queue"
        case .reports: "/reports"
        case .locator: "/locator"
        case .contacts: "/contacts"
        case .people: "/people"
        case .audit: "/audit"
        }
    }

    /// The doors that open for someone with these roles, in the order they are shown.
    package static func doors(for roles: Set<RoleWord>) -> [Self] {
        allCases.filter { !$0.keyholders.isDisjoint(with: roles) }
    }

    private var keyholders: Set<RoleWord> {
        switch self {
        case .requests: [.registrar, .counselor]
        case .answers: [.registrar, .recordsClerk, .district]
        case .queue: [.stateContact]
        case .reports: [.registrar, .counselor, .recordsClerk, .stateContact, .administrator]
        case .locator: [.district, .stateContact, .administrator, .auditor]
        case .contacts: [.registrar, .recordsClerk, .district, .stateContact, .administrator]
        case .people: [.administrator, .district]
        case .audit: [.administrator, .auditor]
        }
    }
}

/// A door with its path, marked where the reader stands.
package struct DoorLink: Hashable, Sendable {
    package let door: Door
    package let path: String
    package let isCurrent: Bool

    package init(_ door: Door, isCurrent: Bool = false) {
        self.door = door
        self.path = door.path
        self.isCurrent = isCurrent
    }
}

/// The bar that shows and moves the demonstration's clock.
///
/// A real installation has none.
package struct DemoBar: Hashable, Sendable {
    package let today: CivilDate
    /// The July day the third button goes to; `nil` once it has passed.
    package let july: CivilDate?

    package init(today: CivilDate, july: CivilDate?) {
        self.today = today
        self.july = july
    }
}

/// What just happened, in one sentence at the top of the page.
package enum Notice: Hashable, Sendable, Worded {
    package static let words = "notice"

    case signedOut, signedIn, draftSaved, draftDiscarded, joined, cancelled, cancelAsked
    case reminded, rejected, accepted, reopened, questionAnswered, messageSent, locationAdded
    case merged, viewSaved, viewForgotten, contactAsked, mailboxConfirmed, successorAsked
    case claimConfirmed, claimApproved, claimDeclined
    case answered, callLogged, closed, contactSaved, contactConfirmed, contactEnded
    case calendarChanged, stateRuleSaved, limitsSaved, legendSaved, outcomeSaved
    case planSaved, planWithdrawn
    case invited(email: String)
    case approved, declined, disabled, passwordSet, secondFactorSet
    case clockMoved(day: CivilDate)
    case remindedMany(count: Int)
    case familyMailKept, familyMailForgotten
    case newLinkSent, deliveryRetried, feedRegistered, feedAgreed, feedDeclined
    case proposed, markedApart, keptAsOne, proposalApproved, proposalDeclined
    case copyTaken, recordsStopped, destructionSaid
    case extended, contactFound
    case nothingDone
}
